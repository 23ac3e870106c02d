"""Where sensitive values of a mapping or a log step end up."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, Literal

from integrationlint.checks.dictionaries import CARD_AUTHENTICATION, CARD_NUMBER, PERSONAL, SECRET
from integrationlint.checks.mapping_paths import Place, stated
from integrationlint.checks.names import endings, words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

Data = Literal["contact", "identity", "government", "financial", "place", "special"]
_MASKS: Final = re.compile(
    r"mask|hash|sha-?\d|encrypt|tokeni[sz]e|pseudonym|anonym|redact|truncat|hmac|last_?4", re.IGNORECASE
)
# What people write in a column for personal data, without a level of its own.
_PERSONAL: Final = frozenset("pii personal phi gdpr sensitive privacy pci sensitivepersonal specialcategory".split())
_LOGS: Final = frozenset(
    "log logs logging logger logmessage logtext logentry trace tracing debug stacktrace errormessage errortext"
    " errordescription errordetail errordetails exceptionmessage filename header headers url uri querystring".split()
)


def not_lowered(
    element: Element,
    links: Links,
    *,
    levels: tuple[str, ...],
    names: tuple[str, ...],
    personal: str = "confidential",
) -> Iterator[Problem]:
    """No value goes from a field of a higher class to one of a lower, unless the line masks, hashes or encrypts it.

    The class of a source is what the line says, or an extension of `names` at the field; that of a target stands at
    the field or at its document. `levels` go upwards; a bare mark such as `PII` counts as `personal`.
    """
    if _MASKS.search(f"{element.facts.get('expression', '')} {element.facts.get('description', '')}"):
        return
    own = _level(str(element.facts.get("classification") or ""), levels, personal)
    sources = [_class(place, names, levels, personal) for place in stated(element, "reads", links)]
    highest = max((one for one in (own, *sources) if one is not None), default=None)
    if highest is None:
        return
    for place in stated(element, "writes", links):
        target = _class(place, names, levels, personal)
        if target is not None and target < highest:
            said = {"source": levels[highest], "target": levels[target], "value": element.facts.get("target")}
            yield Problem(said, at=place.use.pointer or None)


def _level(text: str, levels: tuple[str, ...], personal: str) -> int | None:
    said = words(text)
    found = [levels.index(one) for one in said if one in levels]
    if not found and not _PERSONAL.isdisjoint({*said, "".join(said)}) and personal in levels:
        return levels.index(personal)
    return max(found, default=None)


def _class(place: Place, names: tuple[str, ...], levels: tuple[str, ...], personal: str) -> int | None:
    """The class that the innermost element on the way states, or else its document."""
    for one in (*reversed(place.trail), place.root.root):
        extensions = one.facts.get("extensions")
        known = extensions if isinstance(extensions, Mapping) else {}
        for name in names:
            level = _level(str(known.get(name) or ""), levels, personal)
            if level is not None:
                return level
    return None


@lru_cache(maxsize=32)
def _dictionary(data: tuple[Data, ...]) -> frozenset[str]:
    return frozenset().union(SECRET, CARD_NUMBER, CARD_AUTHENTICATION, *(PERSONAL[one] for one in data))


def not_logged(
    element: Element, links: Links, *, data: tuple[Data, ...], also: frozenset[str] = frozenset()
) -> Iterator[Problem]:
    """No line writes a sensitive value where it is logged or shown, and no step logs one.

    Sensitive is what the line classifies, and what is named like a secret, a card number, one of the kinds of personal
    `data`, or a word in `also`.
    """
    wanted = _dictionary(data) | also
    if element.kind == "line":
        target = str(element.facts.get("target") or "")
        if _LOGS.isdisjoint(endings(_last(target))) or _MASKS.search(str(element.facts.get("expression", ""))):
            return
        sources = element.facts.get("sources")
        named = [one for one in sources if _is_sensitive(one, wanted)] if isinstance(sources, tuple) else []
        marked = not _PERSONAL.isdisjoint(words(str(element.facts.get("classification") or "")))
        if named or marked:
            value = named[0] if named else element.facts.get("source") or element.name
            place = next(iter(stated(element, "writes", links)), None)
            yield Problem({"value": value, "target": target}, at=place.use.pointer if place is not None else None)
    elif element.facts.get("step") == "log" and not _MASKS.search(str(element.facts.get("text", ""))):
        reads = element.facts.get("reads")
        for one in reads if isinstance(reads, tuple) else ():
            if _is_sensitive(one, wanted):
                yield Problem({"value": one, "target": f"the log ({element.name})"})


def _last(path: str) -> str:
    return re.split(r"[./\[\]@]+", path.rstrip("]/. "))[-1]


def _is_sensitive(path: object, wanted: frozenset[str]) -> bool:
    return isinstance(path, str) and not endings(_last(path)).isdisjoint(wanted)
