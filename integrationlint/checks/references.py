"""What is referred to exists, and what exists is referred to."""

from collections.abc import Iterator
from typing import Final

from integrationlint.checks.resolved import operations
from integrationlint.model.element import Element, Use
from integrationlint.model.errors import did_you_mean
from integrationlint.model.fix import Repair
from integrationlint.model.links import Links
from integrationlint.model.location import child, parent, tokens
from integrationlint.model.rule import Problem
from integrationlint.model.vocabulary import KIND_GROUPS

_SHAPES: Final = KIND_GROUPS["shape"]
_FITTING: Final = {
    "schema": frozenset(_SHAPES),
    "parameter": frozenset({"parameter", "request"}),
    "request": frozenset({"request"}),
    "response": frozenset({"response"}),
    "header": frozenset({"header"}),
    "link": frozenset({"link"}),
    "callback": frozenset({"callback"}),
    "path": frozenset({"path", "webhook", "callback"}),
}
# Nobody misses these where nothing refers to them; of schemas, which may describe events, clients generate code.
_MECHANICAL: Final = ("parameter", "response", "header", "link")
_REUSABLE: Final = ("type", "parameter", "request", "response", "header", "link", "callback")


# What a hint may cost, since a broken document may have thousands of references that lead nowhere.
_MOST_NAMES: Final = 3_000
_MOST_NEAR: Final = 10
_NEAR: Final = 3


def resolves(element: Element, links: Links, *, keys: tuple[str, ...] = ("pointer:", "anchor:")) -> Iterator[Problem]:
    """Every use whose key begins with one of `keys` finds something; references to the outside world are left alone."""
    if not element.uses:
        return
    found = {id(edge.use) for edge in links.edges(element)}
    for use in element.uses:
        if id(use) not in found and use.key.startswith(keys) and not _is_elsewhere(use, links):
            words = {"value": _written(element, use), "problem": _missing(element, use, links)}
            yield Problem(words, at=use.pointer or None, key=False)


def _is_elsewhere(use: Use, links: Links) -> bool:
    kind, _, rest = use.key.partition(":")
    return kind in ("pointer", "anchor", "file") and links.is_elsewhere(rest.partition("#")[0])


def _written(element: Element, use: Use) -> object:
    """The reference as the author wrote it."""
    try:
        value = element.document.at(use.pointer)
    except KeyError:
        value = None
    return value if isinstance(value, str) else use.key.partition(":")[2].rpartition("#")[2]


def _missing(element: Element, use: Use, links: Links) -> str:
    """What is not there, with the closest name that is."""
    kind, _, rest = use.key.partition(":")
    path, _, place = rest.partition("#")
    if kind in ("pointer", "anchor", "file") and path != element.document.path and not links.has_file(path):
        return f"there is no file '{path}'"
    if kind == "pointer":
        return f"there is no '{place}' in {path}{_hint(element, path, place)}"
    if kind == "anchor":
        return f"there is no anchor '{place}' in {path}"
    return f"there is no {kind.replace('-', ' ')} '{place or path}'"


def _hint(element: Element, path: str, place: str) -> str:
    """The name beside which the missing one may have been meant, looked for among a few that begin alike."""
    if path != element.document.path or not place:
        return ""
    try:
        around = element.document.at(parent(place))
    except KeyError:
        return ""
    if not isinstance(around, dict) or len(around) > _MOST_NAMES:
        return ""
    name = tokens(place)[-1]
    start, length = name[:2].lower(), len(name)
    near = [one for one in around if one[:2].lower() == start and -_NEAR <= len(one) - length <= _NEAR]
    return did_you_mean(name, frozenset(near[:_MOST_NEAR]))


def fits(element: Element, links: Links) -> Iterator[Problem]:
    """A `$ref` refers to a thing of the kind that its place takes: a parameter where a parameter goes.

    A whole file may be read as anything.
    """
    if not element.uses:
        return
    for edge in links.edges(element):
        wanted = _FITTING.get(edge.use.expects)
        if wanted is not None and edge.target.kind not in wanted and edge.target.kind != "document":
            words = {"value": _written(element, edge.use), "wanted": edge.use.expects, "found": edge.target.kind}
            yield Problem(words, at=edge.use.pointer or None, key=False)


def used(element: Element, links: Links) -> Iterator[Problem]:
    """Every reusable part of a contract with operations is referred to from outside itself, by whatever document."""
    if next(operations(element, links), None) is None:
        return
    parts = [part for part in element.children if part.kind in _REUSABLE]
    idle = [part for part in parts if not _in_use(part, links) and not _inherits(part, links)]
    mapped = _mapped(element) if idle else ()
    extended = _extended(element) if idle and "x-" in element.document.text else ()
    for part in idle:
        if part.name not in mapped and f"#{part.pointer}" not in extended:
            words = {"value": tokens(part.pointer)[-1], "what": _words(part)}
            repairs = (Repair("remove", part.pointer),) if part.kind in _MECHANICAL else ()
            yield Problem(words, element=part, repairs=repairs)


def _words(part: Element) -> str:
    return {"type": "schema", "request": "request body"}.get(part.kind, part.kind)


def _in_use(part: Element, links: Links) -> bool:
    """Referred to, itself or something inside it, from somewhere else."""
    for inner in part.walk():
        for edge in links.users(inner):
            if not _within(edge.source, part):
                return True
    return False


def _within(element: Element | None, part: Element) -> bool:
    while element is not None:
        if element is part:
            return True
        element = element.parent
    return False


def _extended(api: Element) -> frozenset[str]:
    """What extensions refer to in their document: tools that know them need it."""
    found: set[str] = set()
    waiting: list[tuple[object, bool]] = [(api.document.value, False)]
    while waiting:
        value, inside = waiting.pop()
        if isinstance(value, dict):
            reference = value.get("$ref")
            if inside and isinstance(reference, str):
                found.add(reference)
            waiting += [(one, inside or key.startswith("x-")) for key, one in value.items()]
        elif isinstance(value, list):
            waiting += [(one, inside) for one in value]
    return frozenset(found)


def _mapped(api: Element) -> frozenset[str]:
    """The schemas that discriminators name (OAS 3.1.1 section 4.8.25)."""
    found: set[str] = set()
    for one in api.walk():
        mapping = _mapping(one)
        found.update(str(value).rpartition("/")[2] for value in mapping.values())
    return frozenset(found)


def _mapping(element: Element) -> dict[str, object]:
    discriminator = element.facts.get("discriminator")
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    return mapping if isinstance(mapping, dict) else {}


def _inherits(part: Element, links: Links) -> bool:
    """Extends a schema with a discriminator: messages choose it by its name, so that nothing needs to refer to it."""
    for variant in part.of("variant"):
        for edge in links.edges(variant) if variant.facts.get("composition") == "allOf" else ():
            if edge.target.facts.get("discriminator") is not None:
                return True
    return False


def mapping_resolves(element: Element) -> Iterator[Problem]:
    """What a discriminator maps its values to exists: a schema by name, or a place in the document."""
    if "discriminator" not in element.facts:
        return
    for value, target in _mapping(element).items():
        if isinstance(target, str) and not _exists(element, target):
            at = child(f"{element.pointer}/discriminator/mapping", value)
            yield Problem({"value": value, "target": target}, at=at, key=False)


def _exists(element: Element, target: str) -> bool:
    if target.startswith("#"):
        place = target[1:]
    elif "/" in target or "." in target:
        return True  # another document, or a name that may as well be one (OAS 3.1.1 section 4.8.25.3)
    else:
        place = child("/components/schemas", target)
    try:
        element.document.at(place)
    except KeyError:
        return False
    return True


def operation_found(element: Element, links: Links) -> Iterator[Problem]:
    """The operationId of a link is that of an operation of the same document (OAS 3.1.1 section 4.8.20)."""
    name = element.facts.get("operationId")
    if name is None or (element.uses and links.edges(element)):
        return
    yield Problem({"value": name}, at=child(element.pointer, "operationId"))
