"""A rule: a standard as data. What it selects, what it asks, and what it says to the person who must act."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.location import Location


class Severity(StrEnum):
    """How bad a finding is; `off` means that the rule does not run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """3 for error, 2 for warning, 1 for info, 0 for off."""
        return {"error": 3, "warning": 2, "info": 1}.get(self.value, 0)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a finding."""

    message: str
    location: Location


_NO_WORDS: Mapping[str, object] = MappingProxyType({})


class Problem(NamedTuple):
    """What a check saw, without rule, severity or place.

    `words` fill the placeholders of the rule's message. `at` is a pointer into the document of `element` (by default
    the checked element's own); `key` asks for the member name (True) or the value (False) there. `repairs` make the
    problem go away without changing what anything means; most problems need a person instead.
    """

    words: Mapping[str, object] = _NO_WORDS
    at: str | None = None
    element: Element | None = None
    key: bool | None = None
    related: tuple[Related, ...] = ()
    repairs: tuple[Repair, ...] = ()


# A check is a plain function `(element[, links], *, options) -> Iterable[Problem]`; bound, its options are filled in.
Check = Callable[..., Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Reference:
    """A clause of a published standard."""

    standard: str
    clause: str


@dataclass(frozen=True, slots=True)
class Example:
    """Files that show the rule: `finds` lists the pointers or addresses found, empty for a good example.

    `before` holds the files of the base side, for rules over changes; a file `.integrationlint.yaml` is the
    configuration, `today` the day of the run.
    """

    files: Mapping[str, str]
    finds: tuple[str, ...] = ()
    before: Mapping[str, str] | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    today: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule file as data. `id` is its path below the rules folder, `each` its kinds, groups already spelled out.

    `has` names facts, or kinds of parts, of which an element must have one. `presets` maps a preset's name to what it
    sets there: `severity`, `with`.
    """

    id: str
    title: str
    why: str
    fix: str
    each: tuple[str, ...]
    check: str
    message: str
    severity: Severity
    concern: str
    formats: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    when: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    presets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    refs: tuple[Reference, ...] = ()
    examples: tuple[Example, ...] = ()
    at: str = ""
    source: str = "builtin"
    replaces: tuple[str, ...] = ()
    url: str = ""
