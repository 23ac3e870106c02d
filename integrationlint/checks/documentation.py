"""Whether texts tell something, and examples show something."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from integrationlint.checks.words import words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

# Words that say nothing beside the name: `The id of the order` says no more of `Order.id` than its name.
_EMPTY: Final = frozenset(
    "a an the of for to in is this that it its and or field property value attribute parameter object schema type"
    " response request contains holds represents represent describes describe string number integer boolean array list"
    " definition model data description info information body payload result".split()
)
_SCALARS: Final = frozenset({"string", "integer", "number"})
_HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+(.+?)\s*#*\s*$|^(.+?)\n\s{0,3}(?:=+|-+)\s*$", re.MULTILINE)


def tells(element: Element, *, least: int = 1) -> Iterable[Problem]:
    """A description says more than the name of what it describes: it has `least` words that are not in the name."""
    text = element.facts.get("description")
    if not isinstance(text, str) or not text.strip() or text.count(" ") > _MANY or not text.isascii():
        return ()
    names = [element.name.rpartition(":")[2], element.parent.name if element.parent is not None else ""]
    known = {_stem(word) for name in names for word in words(name)} | _EMPTY
    said = [word for word in words(text) if len(word) > 1 and _stem(word) not in known and word not in known]
    if len(said) >= least or not words(names[0]):
        return ()
    return (
        Problem({"value": names[0], "text": text.strip()[:60]}, at=child(element.pointer, "description"), key=False),
    )


# So many words are not those of a name alone.
_MANY: Final = 12


def _stem(word: str) -> str:
    return word.removesuffix("s") if len(word) > 2 else word


def shown(element: Element, links: Links) -> Iterable[Problem]:
    """The fields of an object that have one plain value show one, or the object has an example as a whole.

    An enumeration, a constant, a default and some formats show one as well. One problem an object.
    """
    if not element.children or not any(one.kind == "field" for one in element.children) or _shows_all(element):
        return ()
    lacking = [one.name for one in element.of("field") if _is_bare(one, links)]
    more = f" and {len(lacking) - _LISTED} more" if len(lacking) > _LISTED else ""
    return (Problem({"value": ", ".join(lacking[:_LISTED]) + more}),) if lacking else ()


_LISTED: Final = 5


def _shows_all(element: Element) -> bool:
    one: Element | None = element
    while one is not None and one.kind in ("type", "schema", "field", "items", "variant", "media"):
        if "example" in one.facts or "examples" in one.facts:
            return True
        one = one.parent
    return False


def _is_bare(field: Element, links: Links) -> bool:
    facts = links.shape(field).facts if field.uses else field.facts
    types = facts.get("type")
    if not isinstance(types, tuple) or len(types) != 1 or types[0] not in _SCALARS or facts.get("format") in _OBVIOUS:
        return False
    return not any(fact in facts or fact in field.facts for fact in ("example", "examples", "enum", "const", "default"))


_OBVIOUS: Final = ("date", "date-time", "uuid", "email", "uri", "time", "ipv4", "ipv6", "binary", "password")


def sections(element: Element, *, wanted: tuple[str, ...], shortest: int = 0) -> Iterator[Problem]:
    """The description of an interface has a Markdown heading (or a paragraph's title) with each of the words.

    One of several words that mean the same is written `errors|problems`. Descriptions below `shortest` characters are
    left alone.
    """
    text = str(element.facts.get("description") or "")
    if element.parent is not None or len(text) < shortest:
        return
    headings = " ".join(found[0] or found[1] for found in _HEADING.findall(text[:200_000])).lower()
    missing = [one for one in wanted if not any(word in headings for word in one.lower().split("|"))]
    if missing:
        names = [one.partition("|")[0] for one in missing]
        yield Problem({"missing": names}, at="/info/description" if text else "/info")
