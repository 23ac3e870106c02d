"""Whether the values of a mapping line arrive: right type, not cut, not missing, not one of many, no unknown code."""

import re
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.effective import fact, is_array, lowest
from integrationlint.checks.mapping_paths import Place, only, target_pointer
from integrationlint.checks.mapping_types import declared, kind_of, longest
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

# Words of expressions that say what happens when there is no value.
_NULLS: Final = re.compile(
    r"default|coalesce|nvl|if_?null|is_?null|\bnull|isempty|\?\?|\belse\b|\bexists|\bempty|otherwise|\bwhen\b|\bcase\b"
    r"|\bif\b|\biif\b|\?.*:|missing|absent|optional",
    re.IGNORECASE,
)
_FORMAT: Final = re.compile(
    r"zone|utc|gmt|\btz\b|offset|[yY]{2,4}|%[YymdHMS]|iso|rfc|format|epoch|unix|midnight|[+-]\d\d:\d\d|['\"]P\d"
    r"|trunc|at_?time|local",
    re.IGNORECASE,
)
_LONGEST: Final = 2_000
_MOMENTS: Final = frozenset(["date", "date-time", "time"])
_COPIES: Final = frozenset(["copy", "function", "lookup", "concat", "split", "expression"])


def conversion_named(
    element: Element, links: Links, *, implicit: tuple[str, ...] = ("integer -> number",)
) -> Iterator[Problem]:
    """A line that only copies joins values of one kind; `implicit` lists what may be copied all the same."""
    if element.facts.get("operation") != "copy":
        return
    source, target = kind_of(element, "reads", links), kind_of(element, "writes", links)
    if (
        source
        and target
        and source != target
        and f"{source} -> {target}" not in implicit
        and "array" not in (source, target)
    ):
        yield Problem({"source": source, "target": target}, at=target_pointer(element))


def nothing_lost(element: Element, links: Links) -> Iterator[Problem]:
    """What a line copies or joins fits into the target: its length, its digits, its bounds."""
    if element.facts.get("operation") not in ("copy", "concat"):
        return
    source, target = longest(element, "reads", links), longest(element, "writes", links)
    if source is not None and target is not None and source > target and _both_texts(element, links):
        told = f"up to {source} characters go into {target}"
        yield Problem({"problem": told}, at=target_pointer(element))
    if element.facts.get("operation") == "copy":
        yield from _digits(element, links)
    fallback = element.facts.get("default")
    if isinstance(fallback, str) and target is not None and len(fallback) > target and _both_texts(element, links):
        yield Problem(
            {"problem": f"the default '{fallback}' is longer than {target} characters"}, at=target_pointer(element)
        )


def _both_texts(line: Element, links: Links) -> bool:
    return {kind_of(line, "reads", links) or "string", kind_of(line, "writes", links) or "string"} == {"string"}


def _digits(line: Element, links: Links) -> Iterator[Problem]:
    source, target = only(line, "reads", links), only(line, "writes", links)
    for name, claimed, noun in (("totalDigits", "precision", "digits"), ("fractionDigits", "scale", "decimals")):
        have = _limit(line, source, name, claimed, links)
        take = _limit(line, target, name, claimed, links, target=True)
        if have is not None and take is not None and have > take:
            yield Problem({"problem": f"{have} {noun} go into {take}"}, at=target_pointer(line))
    if source is None or target is None:
        return
    numbers = {"integer", "number"}
    if {kind_of(line, "reads", links), kind_of(line, "writes", links)} <= numbers:
        top, most = lowest(source.edge.target, "maximum", links), lowest(target.edge.target, "maximum", links)
        if top is not None and most is not None and top > most:
            yield Problem({"problem": f"values up to {top} go into one of at most {most}"}, at=target_pointer(line))
        formats = fact(source.edge.target, "format", links), fact(target.edge.target, "format", links)
        if formats == ("int64", "int32") and (top is None or top > _INT32):
            yield Problem({"problem": "64 bits go into 32"}, at=target_pointer(line))


_INT32: Final = 2**31 - 1


def _limit(
    line: Element, place: Place | None, name: str, claimed: str, links: Links, *, target: bool = False
) -> int | None:
    found = lowest(place.edge.target, name, links) if place is not None else None
    if found is not None:
        return int(found)
    said = declared(line, "writes" if target else "reads")
    value = getattr(said, claimed, None) if said is not None else None
    return value if isinstance(value, int) else None


def absence_handled(element: Element, links: Links) -> Iterator[Problem]:
    """A source that may be missing fills a required target only where the line says what happens then."""
    facts = element.facts
    if facts.get("operation") not in _COPIES or facts.get("default") is not None or facts.get("condition"):
        return
    if _NULLS.search(str(facts.get("expression", ""))[:_LONGEST]):
        return
    if any(one.facts.get("default") is not None for one in element.of("lookup")):
        return
    source, target = only(element, "reads", links), only(element, "writes", links)
    if source is None or target is None or not _needed(target, links) or _filled(target, links):
        return
    gap = next((one for one in _within_item(source, links) if _may_miss(one, links)), None)
    if gap is not None:
        yield Problem({"value": ".".join(source.names), "gap": gap.name}, at=source.use.pointer or None)


def _within_item(place: Place, links: Links) -> list[Element]:
    """The elements of the way below the last repeated one: what one item holds."""
    own = list(place.trail[1:])
    for index in range(len(own) - 2, -1, -1):
        if is_array(own[index], links):
            return own[index + 1 :]
    return own


def _needed(place: Place, links: Links) -> bool:
    return all(one.facts.get("required") is True for one in _within_item(place, links))


def _filled(place: Place, links: Links) -> bool:
    facts = place.edge.target.facts
    nullable = fact(place.edge.target, "nullable", links) is True
    return nullable or facts.get("default") is not None or facts.get("fixed") is not None


def _may_miss(element: Element, links: Links) -> bool:
    optional = element.facts.get("required") is False and element.facts.get("default") is None
    return optional or fact(element, "nullable", links) is True


def moment_explained(element: Element, links: Links) -> Iterator[Problem]:
    """Where a date or time becomes another kind of value, the line says in which format and time zone."""
    source, target = kind_of(element, "reads", links), kind_of(element, "writes", links)
    if source == target or source is None or target is None or not {source, target} & _MOMENTS:
        return
    if not {source, target} <= _MOMENTS | {"string", "integer", "number"}:
        return
    facts = element.facts
    said = " ".join(str(facts.get(name, "")) for name in ("expression", "description", "condition"))
    if facts.get("operation") in ("function", "expression", "conditional", "split", "concat") and not _FORMAT.search(
        said
    ):
        yield Problem({"source": source, "target": target}, at=target_pointer(element))
