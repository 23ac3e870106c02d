"""Whether every code that may come has a translation, and every translation is one that the target takes."""

from collections.abc import Iterator, Mapping
from typing import Final

from integrationlint.checks.effective import fact
from integrationlint.checks.mapping_paths import only
from integrationlint.checks.mapping_types import texts
from integrationlint.model.element import Element
from integrationlint.model.errors import did_you_mean
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_SHOWN: Final = 5


def translated(element: Element, links: Links, *, policy: bool = True) -> Iterator[Problem]:
    """Every code of the source has a translation or a default, and the target takes what it is translated to.

    A line without a value map copies codes: then each must be one of the target's. `policy`: where any value may come
    (the source is no closed list), a value map says what becomes of an unknown one.
    """
    operation = element.facts.get("operation")
    if operation not in ("lookup", "copy", "constant"):
        return
    source, target = only(element, "reads", links), only(element, "writes", links)
    codes = texts(fact(source.edge.target, "enum", links)) if source is not None else ()
    taken = texts(fact(target.edge.target, "enum", links)) if target is not None else ()
    fallback = element.facts.get("default")
    if operation == "constant":
        yield from _not_taken([element.facts.get("expression")], taken, "the constant")
        return
    if isinstance(fallback, str):
        yield from _not_taken([fallback], taken, "the default")
    if operation == "copy":
        lost = [code for code in codes if taken and code not in taken]
        if lost:
            yield Problem({"problem": f"the target does not take {_listed(lost)}"})
        return
    found = _value_map(element)
    if found is not None:
        yield from _complete(found, codes, fallback, policy=policy)
        entries = found.facts.get("entries")
        yield from _not_taken([*_values(entries), found.facts.get("default")], taken, "the translation")


def _value_map(line: Element) -> Element | None:
    """The value map of a line: its own, or the one of that name beside the lines."""
    own = next(line.of("lookup"), None)
    name = line.facts.get("lookup")
    if own is not None or line.parent is None or not name:
        return own
    return next((one for one in line.parent.of("lookup") if one.name == name), None)


def _complete(found: Element, codes: tuple[str, ...], fallback: object, *, policy: bool) -> Iterator[Problem]:
    entries = found.facts.get("entries")
    known = entries if isinstance(entries, Mapping) else {}
    if fallback is not None or found.facts.get("default") is not None:
        return
    missing = [code for code in codes if code not in known]
    if missing:
        told = f"{_listed(missing)} {'has' if len(missing) == 1 else 'have'} no translation"
        yield Problem({"problem": f"{told}{did_you_mean(missing[0], set(map(str, known)))}"})
    elif not codes and policy:
        yield Problem({"problem": "the value map does not say what becomes of any other value"})


def _values(entries: object) -> list[object]:
    return list(entries.values()) if isinstance(entries, Mapping) else []


def _not_taken(values: list[object], taken: tuple[str, ...], noun: str) -> Iterator[Problem]:
    for value in dict.fromkeys(value for value in values if isinstance(value, str)):
        if taken and value not in taken:
            yield Problem({"problem": f"{noun} '{value}' is no value of the target{did_you_mean(value, set(taken))}"})


def _listed(values: list[str]) -> str:
    shown = ", ".join(f"'{one}'" for one in values[:_SHOWN])
    return f"{shown} and {len(values) - _SHOWN} more" if len(values) > _SHOWN else shown


def policy_stated(element: Element) -> Iterator[Problem]:
    """A value map says what becomes of a value that it does not list."""
    if element.facts.get("default") is None and element.facts.get("entries"):
        yield Problem({"value": element.name})
