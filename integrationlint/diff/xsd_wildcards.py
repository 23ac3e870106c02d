"""Wildcards of XML Schema as sets of names (Part 1, section 3.10): which names one takes, and how it checks them."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from integrationlint.diff.xsd_schemas import Name
from integrationlint.model.element import Element

# The more is checked, the less is taken.
CHECKS: Final = ("strict", "lax", "skip")


class Wildcard(NamedTuple):
    """The namespaces that are taken, or those that are not where `negated`; names that are not taken; the check.

    `unclear` where `##defined` or `##definedSibling` of 1.1 refuse more, which is not looked into.
    """

    namespaces: frozenset[str] = frozenset()
    negated: bool = True
    refused: frozenset[Name] = frozenset()
    check: str = "lax"
    unclear: bool = False

    def takes(self, name: Name) -> bool:
        """Whether an element or attribute of that name may stand here."""
        return (name[0] in self.namespaces) is not self.negated and name not in self.refused


ANYTHING: Final = Wildcard()


def wildcard(element: Element) -> Wildcard:
    """What a wildcard element of the tree takes; `##other` is any namespace but the schema's own and none."""
    facts = element.facts
    schema = element.root if element.root.kind == "schema-document" else element.above("schema-document")
    own = schema.name if schema is not None else ""
    stated = facts.get("processContents")
    check = stated if stated in CHECKS else "strict"
    refused = str(facts.get("notQName", ""))
    names, unclear = _names(element, refused)
    if "notNamespace" in facts:
        return Wildcard(
            _spaces(str(facts["notNamespace"]), own), negated=True, refused=names, check=check, unclear=unclear
        )
    text = str(facts.get("namespace", "##any"))
    if text in ("##any", "##other"):
        spaces = frozenset([own, ""]) if text == "##other" else frozenset()
        return Wildcard(spaces, negated=True, refused=names, check=check, unclear=unclear)
    return Wildcard(_spaces(text, own), negated=False, refused=names, check=check, unclear=unclear)


def _spaces(text: str, own: str) -> frozenset[str]:
    known = {"##targetNamespace": own, "##local": ""}
    return frozenset(known.get(one, one) for one in text.split())


def _names(element: Element, text: str) -> tuple[frozenset[Name], bool]:
    """The names of `notQName`, and whether there are some that only the validator knows."""
    found = set()
    unclear = False
    prefixes: Any = element.root.facts.get("prefixes", {})
    for one in text.split():
        prefix, _, local = one.rpartition(":")
        if one.startswith("##") or not isinstance(prefixes, dict):
            unclear = True
        else:
            found.add((str(prefixes.get(prefix, "")), local))
    return frozenset(found), unclear


def representatives(cards: Iterable[Wildcard], names: Iterable[Name]) -> list[Name]:
    """A name that nobody declares for every namespace that somebody tells apart from the others."""
    known = set(names)
    spaces = {space for card in cards for space in card.namespaces} | {space for space, _ in known} | {""}
    free, local = "urn:any", "any"
    while free in spaces:
        free += "-"
    while any((space, local) in known for space in spaces):
        local += "-"
    return [(space, local) for space in sorted(spaces)] + [(free, local)]


def union(one: Wildcard, other: Wildcard) -> Wildcard | None:
    """What either takes, by the check of the first (Part 1, section 3.4.2); None where that is no wildcard."""
    if one.refused or other.refused or one.unclear or other.unclear:
        return None
    if one.negated and other.negated:
        return one._replace(namespaces=one.namespaces & other.namespaces)
    if one.negated or other.negated:
        outside, inside = (one, other) if one.negated else (other, one)
        return one._replace(namespaces=outside.namespaces - inside.namespaces, negated=True)
    return one._replace(namespaces=one.namespaces | other.namespaces)


def intersection(one: Wildcard, other: Wildcard) -> Wildcard:
    """What both take, by the check of the first."""
    refused, unclear = one.refused | other.refused, one.unclear or other.unclear
    if one.negated and other.negated:
        return Wildcard(
            one.namespaces | other.namespaces, negated=True, refused=refused, check=one.check, unclear=unclear
        )
    if one.negated or other.negated:
        outside, inside = (one, other) if one.negated else (other, one)
        return Wildcard(
            inside.namespaces - outside.namespaces, negated=False, refused=refused, check=one.check, unclear=unclear
        )
    return Wildcard(one.namespaces & other.namespaces, negated=False, refused=refused, check=one.check, unclear=unclear)


def includes(outer: Wildcard, inner: Wildcard) -> bool:
    """Whether a wildcard takes every name that another one takes, whatever is checked."""
    names = {*outer.refused, *inner.refused}
    return all(outer.takes(one) for one in [*representatives((outer, inner), names), *names] if inner.takes(one))
