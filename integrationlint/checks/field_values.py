"""What values of fields mean: moments with their offset, codes of standards, and nothing at all."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from integrationlint.checks.field_reports import once
from integrationlint.checks.names import endings
from integrationlint.checks.reach import received, sent
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

# RFC 3339 section 5.6 without the offset that it requires.
_LOCAL: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?")
_OFFSET: Final = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?[+-]\d{2}:?\d{2}")
_LOCAL_FORMATS: Final = ("date-time-local", "local-date-time", "datetime-local", "localdatetime")


def offset(element: Element, *, utc_only: bool = False) -> Iterable[Problem]:
    """A moment has an offset: no format for local ones, and no example without `Z` or an offset.

    With `utc_only` examples end with `Z`. Fields whose name or description says local are left alone.
    """
    facts = element.facts
    form = facts.get("format")
    if form in _LOCAL_FORMATS:
        words = {"problem": f"has the format {form}, which has no offset"}
        return (Problem(words, at=f"{element.pointer}/format", key=False),)
    # What is no date-time at all is told where examples are compared with their schemas.
    pattern = _OFFSET if utc_only and form == "date-time" else _LOCAL if form is None else None
    if pattern is None or not ("example" in facts or "examples" in facts or "default" in facts):
        return ()
    return _shifted(element, pattern, "is not in UTC" if form else "has no offset")


def _shifted(element: Element, pattern: re.Pattern[str], problem: str) -> Iterator[Problem]:
    facts = element.facts
    if "pattern" in facts or "local" in f"{element.name} {facts.get('description') or ''}".lower():
        return
    for at, value in _examples(element):
        if isinstance(value, str) and pattern.fullmatch(value):
            yield Problem({"problem": f"{problem} in the example '{value}'"}, at=at, key=False)
            return


def _examples(element: Element) -> Iterator[tuple[str, object]]:
    for fact in ("example", "default"):
        if fact in element.facts:
            yield f"{element.pointer}/{fact}", element.facts[fact]
    listed = element.facts.get("examples")
    yield from (
        (f"{element.pointer}/examples/{at}", one) for at, one in enumerate(listed if isinstance(listed, list) else ())
    )


def codes(element: Element, *, fields: Mapping[str, str], allow: tuple[str, ...] = ()) -> Iterable[Problem]:
    """A text whose name ends with a key of `fields` says which codes it holds, as the standard that is the value does.

    By a format, a pattern, an enumeration, a length of two or three, or by naming the standard in its description.
    Each name is reported once.
    """
    if element.parent is not None:
        return ()
    return once(element, lambda one: _uncoded(one, fields) if one.name not in allow else {})


def _uncoded(field: Element, fields: Mapping[str, str]) -> dict[str, object]:
    facts = field.facts
    if facts.get("type") != ("string",) or any(fact in facts for fact in ("format", "pattern", "enum", "const")):
        return {}
    found = next((standard for name, standard in fields.items() if name in endings(field.name)), "")
    text = str(facts.get("description") or "").lower()
    if facts.get("maxLength") in (2, 3) or any(mark in text for mark in ("iso", "bcp", "rfc", "ietf", "code list")):
        return {}
    return {"standard": found} if found else {}


def absent_or_null(element: Element) -> Iterable[Problem]:
    """A field that may be left out and may be null says in its description what null means; each name once."""
    return once(element, _undecided) if element.parent is None else ()


_TOLD: Final = ("null", "absent", "unset", "omitted", "not set", "missing", "unknown", "empty")


def _undecided(field: Element) -> dict[str, object]:
    facts = field.facts
    if facts.get("nullable") is not True or facts.get("required") is True:
        return {}
    text = str(facts.get("description") or "").lower()
    return {} if any(word in text for word in _TOLD) else {"fact": "null"}


def maps(element: Element) -> Iterable[Problem]:
    """An object without named fields says what its values are, and one with named fields is no map as well."""
    facts = element.facts
    if facts.get("type") != ("object",) or element.uses or "enum" in facts or "const" in facts:
        return ()
    kinds = {one.kind for one in element.children}
    if "variant" in kinds or facts.get("composition") == "allOf":
        return ()
    if "field" in kinds:
        mixed = facts.get("additionalProperties") == "schema" and any(one.name == "*" for one in element.of("items"))
        at = f"{element.pointer}/additionalProperties"
        return (Problem({"problem": "has named fields and is a map as well"}, at=at),) if mixed else ()
    if "items" in kinds or facts.get("additionalProperties") is False or facts.get("maxProperties") == 0:
        return ()
    return (Problem({"problem": "says nothing of what is in it: neither properties nor additionalProperties"}),)


def given(element: Element, links: Links) -> Iterable[Problem]:
    """No object that an API receives requires this field, which only the server sets (`readOnly`)."""
    holder = element.parent
    if holder is None or not received(holder, links) or sent(holder, links):
        return ()
    return (Problem({"value": element.name}),)


def kept(element: Element, links: Links, *, names: frozenset[str]) -> Iterable[Problem]:
    """A field that the server sets, by its name, is `readOnly` where one schema is both received and sent."""
    if endings(element.name).isdisjoint(names) or element.facts.get("readOnly") is True:
        return ()
    if not (received(element, links) and sent(element, links)):
        return ()
    return (Problem({"value": element.name}),)
