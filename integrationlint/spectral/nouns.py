"""What the room speaks of: rules as a Spectral ruleset has them, what a function is given, and what it finds."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from integrationlint.dialects.javascript import UNDEFINED as UNDEFINED
from integrationlint.dialects.javascript import Undefined as Undefined
from integrationlint.model.location import Location

# A path into a tree of plain values: member names and list indexes, from the root.
Path = tuple[str | int, ...]


class Severity(NamedTuple):
    """Spectral's levels by name and number: error 0, warn 1, info 2, hint 3, off -1."""

    name: str
    number: int


SEVERITIES: Final = {
    one.name: one
    for one in (
        Severity("error", 0),
        Severity("warn", 1),
        Severity("info", 2),
        Severity("hint", 3),
        Severity("off", -1),
    )
}


@dataclass(frozen=True, slots=True)
class Then:
    """What is asked of each match: a function with its options, of the match itself or of a `field` of it."""

    function: str
    options: Any = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """One meaning of an alias: the expressions that it stands for in documents of these formats, () for all."""

    given: tuple[str, ...]
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpectralRule:
    """One rule as it stands after all that is extended: `given` as written, aliases of its ruleset beside it.

    `skipped` says why the rule cannot run here, in a few words; empty where it can. `origin` is where it is written.
    """

    id: str
    given: tuple[str, ...]
    then: tuple[Then, ...]
    severity: Severity = SEVERITIES["warn"]
    description: str = ""
    message: str = ""
    formats: tuple[str, ...] = ()
    resolved: bool = True
    recommended: bool = True
    enabled: bool = True
    url: str = ""
    aliases: Mapping[str, tuple[Target, ...]] = field(default_factory=dict)
    skipped: str = ""
    source: str = ""
    origin: Location | None = None


@dataclass(slots=True, eq=False)
class Context:
    """What a function may know beside the value: where it stands, in which tree, in which formats, for which rule.

    Nobody changes one; it is not frozen because there is one for each value, and a frozen one takes thrice as long.
    `path` leads from `root` to the value; `root` is the tree the rule runs over, `raw` the document as written.
    `references()` gives the places that something in the document refers to, each as `FILE#/json/pointer`, the
    document's own as `#/json/pointer`. `memory` is for what functions work out once for the tree; it ends with it.
    """

    path: Path
    root: Any
    raw: Any
    formats: frozenset[str]
    rule: SpectralRule
    references: Callable[[], frozenset[str]] = frozenset
    memory: dict[Any, Any] = field(default_factory=dict)


class Found(NamedTuple):
    """What a function found: a message, and the path from the root if it is not that of the value."""

    message: str
    path: Path | None = None


# A function of Spectral: the value, the options as written (None without), the context.
Function = Callable[[Any, Any, Context], Iterable[Found]]
