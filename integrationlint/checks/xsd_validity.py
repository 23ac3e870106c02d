"""Whether a schema document is valid: what libxml2 finds in it, and whether what it refers to exists."""

import re
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.hints import Names, hint, names
from integrationlint.checks.xml_validity import faults
from integrationlint.checks.xsd_documents import files, schema_at
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem, Related

XSD: Final = "http://www.w3.org/2001/XMLSchema"
_LOADERS: Final = frozenset(["include", "redefine", "override"])
_NOUNS: Final = {"attributeGroup": "attribute group", "complexType": "type", "simpleType": "type"}
_LONGEST_CHAIN: Final = 200
# Constructs of XML Schema 1.1, which libxml2 does not know.
_NEW: Final = re.compile(
    r"<(?:[\w.-]+:)?(?:assert|assertion|alternative|openContent|defaultOpenContent|override|explicitTimezone)\b"
    r"|XMLSchema-versioning"
)


def valid(element: Element, links: Links) -> Iterator[Problem]:
    """A schema document is valid by itself, its files are there, and all that it refers to is declared.

    (XML Schema 1.0 Part 1, sections 3 to 5.) What would be declared in a file that is not there is not judged.
    """
    if not _NEW.search(element.document.text):
        for pointer, message in faults(element.document):
            yield Problem({"problem": message}, at=pointer)
    yield from _files(element, links)
    yield from _twice(element)
    yield from _circles(element, links)
    yield from _references(element, links)


def _files(schema: Element, links: Links) -> Iterator[Problem]:
    for one in schema.of("import"):
        for path, pointer in files(one):
            if not links.has_file(path):
                yield Problem({"problem": f"there is no file '{path}'"}, element=one, at=pointer)
                continue
            target = schema_at(path, links)
            found = "" if target is None else target.name
            wanted = one.facts.get("namespace", "")
            if target is not None and one.facts["construct"] == "import" and found != wanted:
                told = f"'{path}' has the target namespace '{found}', not '{wanted}'"
                yield Problem({"problem": told}, element=one, at=pointer)
            elif target is not None and one.facts["construct"] in _LOADERS and found not in ("", schema.name):
                told = f"'{path}' has another target namespace, '{found}': it takes an import"
                yield Problem({"problem": told}, element=one, at=pointer)


def _twice(schema: Element) -> Iterator[Problem]:
    seen: dict[str, Element] = {}
    for one in schema.of("type"):
        for key in one.keys:
            first = seen.setdefault(key, one)
            if first is not one:
                told = f"{_noun(key.partition(':')[0])} '{one.name}' is declared twice"
                yield Problem({"problem": told}, element=one, related=(Related("first here", first.location),))


def _circles(schema: Element, links: Links) -> Iterator[Problem]:
    """Types that are derived from themselves, and groups that contain themselves."""
    for one in schema.of("type"):
        seen: set[int] = set()
        waiting = list(_built_on(one, links))
        while waiting and len(seen) < _LONGEST_CHAIN:
            other = waiting.pop()
            if other is one:
                told = f"{_noun(str(one.facts.get('construct')))} '{one.name}' is built on itself"
                yield Problem({"problem": told}, element=one)
                break
            if id(other) not in seen:
                seen.add(id(other))
                waiting.extend(_built_on(other, links))


def _built_on(element: Element, links: Links) -> Iterator[Element]:
    """What a type is derived from, or the groups that a group contains."""
    own = element.facts.get("construct")
    for edge in links.edges(element) if element.uses else ():
        derived = edge.use.role == "extends" and own in ("complexType", "simpleType")
        if derived or (own == edge.target.facts.get("construct") and own in ("group", "attributeGroup")):
            yield edge.target


def _references(schema: Element, links: Links) -> Iterator[Problem]:
    imported = {
        one.facts.get("namespace", ""): one for one in schema.of("import") if one.facts["construct"] == "import"
    }
    closest: dict[str, Names] = {}
    for one in schema.walk():
        if not one.uses or one.kind == "import":
            continue
        found = {id(edge.use) for edge in links.edges(one)}
        for use in one.uses:
            if id(use) not in found:
                kind, _, name = use.key.partition(":")
                problem, open_to_hint = _missing(schema, kind, name, imported, links)
                if open_to_hint:
                    problem += _close(kind, name, closest, links)
                if problem:
                    yield Problem({"problem": problem}, element=one, at=use.pointer)


def _missing(schema: Element, kind: str, name: str, imported: dict[object, Element], links: Links) -> tuple[str, bool]:
    """What is wrong with a reference that nothing answers, empty where that cannot be known; and whether to hint."""
    namespace, _, local = name.rpartition("}")
    namespace = namespace.removeprefix("{")
    noun = _noun(kind)
    if namespace == XSD:
        return f"XML Schema has no {noun} '{local}'", False
    if not namespace and ":" in local:
        return f"the prefix of '{local}' is not declared", False
    if namespace == schema.name:
        return ("", False) if _open(schema, links) else (f"there is no {noun} '{local}'", True)
    if not schema.name:
        return "", False
    if namespace not in imported:
        return (
            f"the namespace '{namespace}' of {noun} '{local}' is not imported" if namespace else _bare(schema, local)
        ), False
    source = imported[namespace]
    known = [schema_at(path, links) for path, _ in files(source)]
    if not known or any(one is None or _open(one, links) for one in known):
        return "", False
    return f"'{source.name}' has no {noun} '{local}'", True


def _bare(schema: Element, local: str) -> str:
    return f"'{local}' has no prefix, and what has none is not in the namespace '{schema.name}'"


def _open(schema: Element, links: Links) -> bool:
    """Whether a part of the schema is in a file that is not there, or that nobody may fetch."""
    for one in schema.of("import"):
        if one.facts["construct"] in _LOADERS:
            paths = [path for path, _ in files(one)]
            if not paths or not all(map(links.has_file, paths)) or any(map(links.is_elsewhere, paths)):
                return True
    return False


def _close(kind: str, name: str, closest: dict[str, Names], links: Links) -> str:
    """The closest name that is declared; `closest` keeps the names of each namespace once they are collected."""
    front = f"{kind}:{name.rpartition('}')[0]}" + ("}" if "}" in name else "")
    if front not in closest:
        keys = (key for one in links.elements("type") for key in one.keys)
        closest[front] = names(key[len(front) :] for key in keys if key.startswith(front))
    return hint(name.rpartition("}")[2], closest[front])


def _noun(kind: str) -> str:
    return _NOUNS.get(kind, kind)
