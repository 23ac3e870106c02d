"""What a schema document says of itself: its namespace, its version, its defaults, what it imports."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final, Literal

from integrationlint.checks.xsd_documents import written
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.rule import Problem

_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+\Z")
# A version at the end of a namespace: `…/v1`, `…:Invoice-2`, `…/5.0/`, `…camt.053.001.08`, `…/2024-05`, `…-v1.2#`.
_VERSION: Final = re.compile(r"(?:[/:_.-]|(?<=[a-z]))[vV]?(\d{1,4})(?:[._-]\w{1,8})*[/#]?\Z|[/:]v(\d{1,4})[/:#]")
_MAJOR: Final = re.compile(r"\s*[vV]?(\d{1,4})(?:\D|\Z)")
_TARGET: Final = "targetNamespace"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_REMOTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_PREFIX: Final = re.compile(r"([\w.-]+):(?!:)")


def target_namespace(element: Element, *, like: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The schema has a target namespace, which is an absolute URI (RFC 3986, section 4.3) and fits one of `like`.

    `like` holds globs: `urn:example:*`. A schema that only imports others needs none (WS-I Basic Profile 1.1, R2105).
    """
    name = element.name
    if not name:
        if any(one.kind != "import" for one in element.children):
            yield Problem({"problem": "the schema has no target namespace"})
    elif not _URI.match(name):
        yield Problem({"problem": f"the target namespace '{name}' is no absolute URI"}, at=written(element, _TARGET))
    elif like and not any(fnmatchcase(name, one) for one in like):
        told = f"the target namespace '{name}' is none of {', '.join(like)}"
        yield Problem({"problem": told}, at=written(element, _TARGET))


def version(
    element: Element, *, require: Literal["either", "namespace", "attribute", "both"] = "either", agree: bool = True
) -> Iterator[Problem]:
    """The schema says which version it is: the major one in its namespace, the full one in `version`.

    `agree`: where both are said, the major version is the same.
    """
    if not element.name and not element.children:
        return
    found = _VERSION.search(element.name)
    major = (found[1] or found[2]) if found else ""
    said = str(element.facts.get("version", "")).strip()
    missing = {"either": not (major or said), "namespace": not major, "attribute": not said}
    missing["both"] = missing["namespace"] or missing["attribute"]
    if missing[require]:
        yield Problem({"problem": _unsaid(major, require)})
    elif agree and major and said and (number := _MAJOR.match(said)) and int(number[1]) != int(major):
        told = f"version '{said}' and the namespace '{element.name}' differ in the major version"
        yield Problem({"problem": told}, at=written(element, "version"))


def _unsaid(major: str, require: str) -> str:
    if require == "either":
        return "neither the target namespace nor a version attribute says which version this is"
    if not major and require != "attribute":
        return "the target namespace does not say the major version"
    return "there is no version attribute"


def form_default(
    element: Element,
    *,
    elements: Literal["qualified", "unqualified"] = "qualified",
    attributes: Literal["qualified", "unqualified"] = "unqualified",
) -> Iterator[Problem]:
    """`elementFormDefault` and `attributeFormDefault` are as agreed, in a schema with local declarations."""
    wanted = {"elementFormDefault": (elements, False), "attributeFormDefault": (attributes, True)}
    for name, (value, attribute) in wanted.items():
        if element.facts.get(name) != value and element.name and _local(element, attribute=attribute):
            yield Problem({"name": name, "value": element.facts.get(name), "wanted": value}, at=written(element, name))


def _local(schema: Element, *, attribute: bool) -> bool:
    """Whether there is a declaration whose name the default qualifies: local, and not a reference."""
    kinds = ("element:", "attribute:")
    return any(
        one.kind == "field"
        and one.facts.get("attribute") is attribute
        and not any(use.role == "contains" and use.key.startswith(kinds) for use in one.uses)
        for one in schema.walk()
    )


def imports(element: Element, *, unused: bool = True) -> Iterator[Problem]:
    """Each import names a namespace and a file beside it, once, and is used (`unused`)."""
    seen: set[tuple[object, ...]] = set()
    used = _used(element) if unused and any(one.kind != "import" for one in element.children) else None
    for one in element.of("import"):
        construct, location = one.facts["construct"], str(one.facts.get("schemaLocation", "")).strip()
        namespace = str(one.facts.get("namespace", "")).strip()
        for problem in _location(str(construct), location, namespace):
            yield Problem({"problem": problem}, element=one, at=written(one, "schemaLocation"))
        if (construct, namespace, location) in seen:
            told, repairs = f"the same {construct} is written twice", _without(one)
            yield Problem({"problem": told}, element=one, repairs=repairs)
        seen.add((construct, namespace, location))
        if construct == "import":
            if not namespace:
                yield Problem({"problem": "the import names no namespace"}, element=one)
            elif used is not None and namespace not in used:
                yield Problem({"problem": f"nothing of the namespace '{namespace}' is used"}, element=one)


def _without(repeated: Element) -> tuple[Repair, ...]:
    """Take a repeated construct away, unless there is something in it: documentation, redefinitions."""
    node = repeated.document.at(repeated.pointer)
    return (Repair("remove", repeated.pointer),) if isinstance(node, XmlNode) and not node.children else ()


def _location(construct: str, location: str, namespace: str) -> Iterator[str]:
    if not location:
        if construct != "import" or namespace not in ("", _XML):
            yield f"the {construct} says no schemaLocation: each tool has to find the schema by itself"
    elif "\\" in location:
        yield f"'{location}' is no URI: it has backslashes"
    elif location.startswith("/") or _REMOTE.match(location):
        yield f"'{location}' is not beside this file: without the network or on another machine it is not there"


def _used(schema: Element) -> set[str]:
    """The namespaces that the declarations of a schema refer to, by name or in a path."""
    prefixes = schema.facts.get("prefixes")
    known = prefixes if isinstance(prefixes, dict) else {}
    found = {_XML}
    for one in schema.walk():
        for use in one.uses:
            _, _, name = use.key.partition(":")
            found.add(name[1:].partition("}")[0] if name.startswith("{") else "")
        if one.kind == "wildcard":
            found.update(str(one.facts.get("namespace", "")).split())
        for text in (str(one.facts[fact]) for fact in ("identity", "assertions", "alternatives") if fact in one.facts):
            found.update(known.get(prefix, "") for prefix in _PREFIX.findall(text))
    return found
