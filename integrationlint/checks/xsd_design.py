"""How a schema is built: which constructs it uses, and which it had better not."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final, Literal

from integrationlint.checks.xsd_documents import files, schema_at
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_ANYTHING: Final = frozenset(["xs:anyType", "xs:anySimpleType", "xs:anyAtomicType"])
_IDENTITIES: Final = frozenset(["xs:ID", "xs:IDREF", "xs:IDREFS"])
_ENTITIES: Final = frozenset(["xs:ENTITY", "xs:ENTITIES", "xs:NOTATION"])

Construct = Literal[
    "redefine",
    "override",
    "chameleon",
    "notation",
    "all",
    "substitution",
    "mixed",
    "identity-type",
    "entity-type",
    "repeated-choice",
    "group",
    "attributeGroup",
]


def named_types(
    element: Element, *, constructs: tuple[Literal["complexType", "simpleType"], ...] = ("complexType", "simpleType")
) -> Iterator[Problem]:
    """The type of a declaration has a name of its own, instead of being written inside the declaration."""
    construct = element.facts.get("anonymous")
    if construct in constructs:
        yield Problem({"value": element.name, "construct": construct})


def wildcards(element: Element, *, allow: tuple[str, ...] = (), open_ended: bool = False) -> Iterator[Problem]:
    """No wildcard and no declaration that takes anything, save below names that fit one of `allow` (globs).

    `open_ended`: a wildcard for other namespaces (`##other`), which no own element can hide in, is an extension point.
    """
    if element.kind != "wildcard":
        yield from _untyped(element, allow)
        return
    owner = element.above("type", "field", "schema-document")
    names = [one.name for one in (owner, owner.above("type") if owner is not None else None) if one is not None]
    if any(fnmatchcase(name, one) for name in names for one in allow):
        return
    if open_ended and element.facts.get("namespace") == "##other" and element.facts.get("processContents") != "skip":
        return
    written = "xs:anyAttribute" if element.facts.get("attribute") is True else "xs:any"
    yield Problem({"value": written, "owner": next(filter(None, names), "the schema")})


def _untyped(element: Element, allow: tuple[str, ...]) -> Iterator[Problem]:
    # An abstract head of a substitution group may have no type: its members have them.
    facts = element.facts
    if facts.get("base") not in _ANYTHING or facts.get("derivation") or facts.get("abstract") is True:
        return
    if not any(fnmatchcase(element.name, one) for one in allow):
        yield Problem({"value": facts["base"], "owner": element.name})


def constructs(element: Element, links: Links, *, forbidden: tuple[Construct, ...]) -> Iterator[Problem]:
    """None of the `forbidden` constructs is used."""
    finder = _of_import if element.kind == "import" else _of_declaration
    for construct, told, at in finder(element, links):
        if construct in forbidden:
            yield Problem({"construct": told, "owner": element.name}, at=at)


_Found = Iterator[tuple[str, str, str | None]]


def _of_import(element: Element, links: Links) -> _Found:
    construct = str(element.facts.get("construct"))
    yield construct, f"xs:{construct}", None
    if construct == "include" and element.parent is not None and element.parent.name:
        for path, pointer in files(element):
            target = schema_at(path, links)
            if target is not None and not target.name:
                yield "chameleon", "the inclusion of a schema without a namespace", pointer


def _of_declaration(element: Element, _links: Links) -> _Found:
    facts = element.facts
    construct = facts.get("construct")
    if construct in ("notation", "group", "attributeGroup"):
        yield str(construct), f"xs:{construct}", None
    if facts.get("mixed") is True:
        yield "mixed", "mixed content", None
    if facts.get("substitutionGroup"):
        yield "substitution", "a substitution group", child(element.pointer, "@substitutionGroup")
    base = facts.get("base")
    if base in _IDENTITIES:
        yield "identity-type", str(base), None
    elif base in _ENTITIES:
        yield "entity-type", str(base), None
    if "contentModel" in facts:
        yield from _of_model(facts["contentModel"])


def _of_model(model: object) -> _Found:
    waiting = [model]
    said: set[str] = set()
    while waiting:
        one = waiting.pop()
        if not isinstance(one, list) or len(one) != 4 or not isinstance(one[3], list):
            continue
        waiting.extend(one[3])
        if one[0] == "all":
            said.add("all")
        elif one[0] == "choice" and one[2] == "unbounded":
            said.add("repeated-choice")
    words = {"all": "xs:all", "repeated-choice": 'xs:choice maxOccurs="unbounded"'}
    yield from ((one, words[one], None) for one in sorted(said))
