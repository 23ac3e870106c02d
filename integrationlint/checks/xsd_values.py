"""Which values a schema lets in: unbounded texts and repetitions, amounts, times, defaults, code lists."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final

from integrationlint.checks.effective import fact, layers
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_STRINGS: Final = frozenset(["xs:string", "xs:normalizedString", "xs:token"])
_LIMITS: Final = ("maxLength", "enum", "pattern", "fixed", "assertions")
_FLOATS: Final = frozenset(["xs:float", "xs:double"])
_TIMES: Final = frozenset(["xs:dateTime", "xs:time"])
_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_ZONE: Final = re.compile(r"Z|\[\+-\]|\[-\+\]|[+-]\\d|\\\+")


def bounded_text(element: Element, links: Links) -> Iterator[Problem]:
    """A declaration of text has a longest length, a pattern or a list of values, by itself or by its type."""
    if element.facts.get("construct") in ("complexType", "simpleType", "list"):
        return
    found = list(layers(element, links))
    if not any(one.facts.get("base") in _STRINGS for one in found) or not _is_simple(found):
        return
    if not any(one.facts.get(limit) is not None for one in found for limit in _LIMITS):
        yield Problem({"value": element.name})


def _is_simple(found: list[Element]) -> bool:
    """Whether the layers are those of a text: no elements inside, no list, no union."""
    kinds = {part.kind for one in found for part in one.children}
    return not kinds & {"items", "variant"} and all(one.facts.get("type") != ("object",) for one in found)


def bounded_occurrence(element: Element, *, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """`maxOccurs` is a number, save for the names that fit one of `allow` (globs)."""
    if element.facts.get("maxOccurs") == "unbounded" and not any(fnmatchcase(element.name, one) for one in allow):
        yield Problem({"value": element.name})


def exact_amounts(element: Element, links: Links, *, words: tuple[str, ...]) -> Iterator[Problem]:
    """What is named like an amount of money is an exact number with its digits said.

    (W3C XML Schema Part 2, sections 3.3.3 to 3.3.5: `xs:decimal` is exact, `xs:float` and `xs:double` are not.)
    """
    if element.facts.get("construct") in ("complexType", "simpleType"):
        return
    named = {one.lower() for one in _WORD.findall(element.name)}
    if named.isdisjoint(words):
        return
    base = next((one.facts["base"] for one in layers(element, links) if str(one.facts.get("base")) in _NUMBERS), None)
    if base in _FLOATS:
        yield Problem({"value": element.name, "problem": f"is {base}, which rounds"})
    elif base == "xs:decimal" and fact(element, "fractionDigits", links) is None:
        yield Problem({"value": element.name, "problem": "does not say how many decimals it has (fractionDigits)"})


_NUMBERS: Final = _FLOATS | {"xs:decimal"}


def time_zone(element: Element, links: Links) -> Iterator[Problem]:
    """A date-time says whether it has a time zone: by a pattern, by `explicitTimezone`, or as `xs:dateTimeStamp`."""
    if element.facts.get("construct") in ("complexType", "simpleType"):
        return
    found = list(layers(element, links))
    if not any(one.facts.get("base") in _TIMES for one in found):
        return
    for one in found:
        pattern = one.facts.get("pattern")
        if one.facts.get("explicitTimezone") in ("required", "prohibited"):
            return
        if isinstance(pattern, str) and _ZONE.search(pattern):
            return
    yield Problem({"value": element.name})


def one_absence(element: Element) -> Iterator[Problem]:
    """An element that may be left out is not nillable as well: there is one way to say that there is no value."""
    facts = element.facts
    if facts.get("nullable") is True and facts.get("required") is False and facts.get("attribute") is False:
        yield Problem({"value": element.name}, at=child(element.pointer, "@nillable"))


def no_hidden_value(element: Element) -> Iterator[Problem]:
    """No declaration has a default or fixed value, which a reader only sees if it has the schema.

    A fixed value of a required attribute stands in the message, and is left alone.
    """
    for name in ("default", "fixed"):
        if name in element.facts and not (element.facts.get("required") is True and element.facts.get("attribute")):
            yield Problem({"value": element.name, "fact": name}, at=child(element.pointer, f"@{name}"))


def code_list(element: Element, *, longest: int = 50, source: bool = False) -> Iterator[Problem]:
    """A list of codes is short enough to stand in the schema; `source`: its documentation says where it comes from."""
    values = element.facts.get("enum")
    if not isinstance(values, tuple) or element.kind != "type":
        return
    if len(values) > longest:
        yield Problem({"value": element.name, "problem": f"lists {len(values)} codes, more than {longest}"})
    elif source and not str(element.facts.get("description") or "").strip():
        yield Problem({"value": element.name, "problem": "does not say whose codes these are, and of which version"})


def pattern_anchors(element: Element) -> Iterator[Problem]:
    """No pattern begins with `^` or ends with `$`: in XML Schema they are ordinary characters.

    (W3C XML Schema Part 2, appendix F: a pattern stands for the whole value, and there are no anchors.)
    """
    joined = element.facts.get("pattern")
    if not isinstance(joined, str) or not ("^" in joined or "$" in joined):
        return
    for pointer, pattern in _patterns(element):
        if pattern.startswith("^") or (pattern.endswith("$") and not pattern.endswith(r"\$")):
            yield Problem({"value": pattern}, at=pointer)


def _patterns(element: Element) -> Iterator[tuple[str, str]]:
    """The pattern facets of a declaration, and not those of the declarations inside it."""
    waiting = [element.document.at(element.pointer)]
    while waiting:
        one = waiting.pop()
        for node in one.children if isinstance(one, XmlNode) else ():
            if node.local == "pattern" and "value" in node.attributes:
                yield f"{node.pointer}/@value", node.attributes["value"]
            elif node.local not in ("element", "attribute"):
                waiting.append(node)
