"""The path form of rules: `each: node` with `at`, a JSONPath into the plain values of YAML and JSON documents."""

from collections.abc import Iterable, Iterator, Sequence

from integrationlint.dialects.jsonpath.select import PathError, compiled, select
from integrationlint.engine.select import Bound, predicate
from integrationlint.model.element import Element
from integrationlint.model.location import child


def nodes(bounds: Iterable[Bound], root: Element) -> Iterator[tuple[Bound, Sequence[Element]]]:
    """For each rule with a path: what its path finds in the document of a root, all paths in one pass.

    Each find is an element of the kind `node` whose name is its last key and whose fact `value` is the value; for a
    path that ends with `~` that is the key. PathError for a path that `path_fault` refuses.
    """
    asked = [one for one in bounds if one.rule.at]
    value = root.document.value
    if not asked or not isinstance(value, dict | list):
        return
    found: list[list[Element]] = [[] for _ in asked]
    # They hang on a root of their own: nobody who walks the document meets them.
    top = Element(root.kind, root.name, root.document)
    for number, path, one in select([compiled(bound.rule.at) for bound in asked], value):
        pointer = ""
        for key in path:
            pointer = child(pointer, key)
        name = str(path[-1]) if path else ""
        found[number].append(Element("node", name, root.document, pointer, parent=top, facts={"value": one}))
    for bound, elements in zip(asked, found, strict=True):
        matches = predicate(bound.rule.when)
        yield bound, elements if matches is None else [one for one in elements if matches(one.facts)]


def path_fault(path: str) -> str:
    """Why a path cannot be read; empty where it can."""
    try:
        compiled(path)
    except PathError as error:
        return f"{error.message}, at character {error.offset + 1}"
    return ""
