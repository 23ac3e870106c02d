"""What must be there."""

from collections.abc import Iterator

from integrationlint.checks.resolved import folded, operations, parameter_name, received, title
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem


def stated(element: Element, *, facts: tuple[str, ...]) -> Iterator[Problem]:
    """One of `facts` at least is stated and not empty; for a parameter or header, its schema may say it.

    What is only a reference says nothing of its own and is left alone.
    """
    if any(_said(element.facts.get(fact)) for fact in facts):
        return
    if element.uses and element.kind != "operation":
        return
    if element.kind in ("parameter", "header"):
        shape = next(element.of("schema"), None)
        if shape is not None and any(_said(shape.facts.get(fact)) for fact in facts):
            return
    name = parameter_name(element) if element.kind == "parameter" else element.name
    yield Problem({"missing": facts[0], "name": name})


def _said(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], {})


def short(element: Element, *, fact: str, longest: int, full_stop: bool = True) -> Iterator[Problem]:
    """The text of `fact`, where there is one, has at most `longest` characters, and no full stop unless allowed."""
    text = element.facts.get(fact)
    if not isinstance(text, str):
        return
    at = child(element.pointer, fact)
    if len(text) > longest:
        yield Problem({"problem": f"has {len(text)} characters, more than {longest}"}, at=at)
    elif not full_stop and text.rstrip().endswith(".") and not text.rstrip().endswith(".."):
        yield Problem({"problem": "ends with a full stop"}, at=at)


def tagged(element: Element, links: Links, *, fold: int = 0) -> Iterator[Problem]:
    """Every operation that an API answers has a tag. `fold`: see `resolved.folded`."""
    concerned = list(received(element, links))
    lacking = [one for one in concerned if not _said(one.facts.get("tags"))]
    yield from folded(len(concerned), lacking, fold, "has", "have")


def tags_declared(element: Element, links: Links) -> Iterator[Problem]:
    """Every tag of an operation is one of the tags that the document declares, when it declares any."""
    declared = {tag.name for tag in element.of("tag")}
    if not declared:
        return
    for operation in operations(element, links):
        tags = operation.facts.get("tags")
        for index, tag in enumerate(tags if isinstance(tags, list) else ()):
            if isinstance(tag, str) and tag not in declared:
                at = child(child(operation.pointer, "tags"), index)
                yield Problem({"value": tag}, element=operation, at=at)


def tags_used(element: Element, links: Links) -> Iterator[Problem]:
    """Every declared tag is used by an operation, or is the parent of one that is (OAS 3.2)."""
    used: set[object] = set()
    for operation in operations(element, links):
        tags = operation.facts.get("tags")
        used.update(one for one in tags if isinstance(one, str)) if isinstance(tags, list) else None
    if not used:
        return
    listed = element.facts.get("tags")
    for tag in listed if isinstance(listed, list) else ():
        parent = tag.get("parent") if isinstance(tag, dict) else None
        used.update([parent] if isinstance(parent, str) else [])
    for tag in element.of("tag"):
        if tag.name not in used and tag.facts.get("extensions") is None:
            yield Problem({"value": tag.name}, element=tag)


def unique_children(element: Element, *, kind: str) -> Iterator[Problem]:
    """No two children of one kind have the same name."""
    seen: set[str] = set()
    for one in element.of(kind):
        if one.name in seen:
            yield Problem({"value": one.name}, element=one)
        seen.add(one.name)


def unique_operation_ids(element: Element, links: Links) -> Iterator[Problem]:
    """No two operations of an API have the same operationId (OAS 3.1.1 section 4.8.10)."""
    seen: dict[str, Element] = {}
    for operation in operations(element, links):
        name = operation.facts.get("id")
        if isinstance(name, str) and name:
            first = seen.setdefault(name, operation)
            if first is not operation:
                words = {"value": name, "other": title(first)}
                yield Problem(words, element=operation, at=child(operation.pointer, "operationId"))
