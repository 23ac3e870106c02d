"""Methods and the paths that they belong to: items, collections, and actions that are neither."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from integrationlint.checks.resolved import body, responses, title
from integrationlint.checks.templates import VARIABLE, segments, template
from integrationlint.checks.words import words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

Style = Literal["consistent", "sub-resource", "colon-verb", "underscore"]

_COLON: Final = re.compile(r"(?:.*\}|[^:{}]+):([a-z][A-Za-z0-9-]*)\Z")
_SHAPES: Final = {
    "sub-resource": "as a segment of its own, as in /orders/{id}/cancel",
    "colon-verb": "behind a colon, as in /orders/{id}:cancel",
    "underscore": "as a segment with an underscore, as in /orders/{id}/_cancel",
}


def style(
    element: Element, *, style: Style, verbs: tuple[str, ...], doubtful: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """What is done to a resource beyond create, read, update and delete is written in one way, and with POST or GET.

    An action is the last segment when it is a verb behind a variable (`sub-resource`), or a verb behind a colon or an
    underscore. A `doubtful` one may be a noun, and counts where it is posted to. `consistent`: all in the way that most
    of them are.
    """
    found = [(path, *_action(path, verbs, doubtful)) for path in element.of("path")]
    actions = [(path, way, verb) for path, way, verb in found if way]
    ways = [way for _, way, _ in actions]
    chosen = max(_SHAPES, key=ways.count) if style == "consistent" else style
    for path, way, verb in actions:
        if way != chosen:
            problem = f"is written {_SHAPES[way].partition(',')[0]}, and not {_SHAPES[chosen]}"
            yield Problem({"value": verb, "problem": problem}, element=path)
            continue
        for operation in path.of("operation"):
            # What may be a noun may be put there, and taken away again.
            if operation.facts.get("method") in ("PUT", "PATCH", "DELETE") and words(verb)[0] not in doubtful:
                problem = f"is done by {operation.facts['method']} instead of POST"
                yield Problem({"value": verb, "problem": problem}, element=operation)


def _action(path: Element, verbs: tuple[str, ...], doubtful: tuple[str, ...]) -> tuple[str, str]:
    """The way in which the last segment of a path is an action, and its verb; two empty texts where it is none."""
    parts = segments(template(path))
    if not parts:
        return "", ""
    last = parts[-1]
    colon = _COLON.fullmatch(last)
    if colon is not None:
        return "colon-verb", colon[1]
    if last.startswith("_") and last[1:2].isalpha():
        return "underscore", last[1:]
    behind = len(parts) > 1 and VARIABLE.fullmatch(parts[-2]) is not None
    said = words(last)
    if behind and "{" not in last and said:
        posted = any(one.facts.get("method") == "POST" for one in path.of("operation"))
        if said[0] in verbs or (posted and said[0] in doubtful):
            return "sub-resource", last
    return "", ""


def target(
    element: Element, *, collection: tuple[str, ...] = ("PUT", "PATCH", "DELETE"), item: tuple[str, ...] = ("POST",)
) -> Iterator[Problem]:
    """No method in `collection` is used on a path that has items below it, and none in `item` on one of the items.

    A collection is a path that is there as well with a variable behind it.
    """
    paths = {path.name: path for path in element.of("path") if template(path)}
    for name, path in paths.items():
        above = name.removesuffix("/{}")
        is_item = above != name and above in paths
        is_collection = not name.endswith("}") and f"{name}/{{}}" in paths
        refused = item if is_item else collection if is_collection else ()
        for operation in path.of("operation"):
            if operation.facts.get("method") in refused:
                where = "one item" if is_item else "a whole collection"
                yield Problem({"value": title(operation), "where": where}, element=operation)


def one_model(element: Element, links: Links) -> Iterator[Problem]:
    """What reads a resource and what writes it answer with one schema.

    Compared are the named schemas of successful responses of GET, PUT and PATCH on one path, and of POST on the path
    above it.
    """
    paths = {path.name: path for path in element.of("path") if template(path)}
    for name, path in paths.items():
        if not name.endswith("}"):
            continue
        above = paths.get(name.rpartition("/")[0])
        models = {operation: _model(operation, links) for operation in _writers(path, above)}
        read = next((found for one, found in models.items() if found and one.facts.get("method") == "GET"), None)
        for operation, model in models.items():
            if read is not None and model is not None and model is not read:
                words_ = {"value": title(operation), "found": model.name, "read": read.name}
                yield Problem(words_, element=operation)


def _writers(path: Element, above: Element | None) -> Iterator[Element]:
    yield from (one for one in path.of("operation") if one.facts.get("method") in ("GET", "PUT", "PATCH"))
    if above is not None:
        yield from (one for one in above.of("operation") if one.facts.get("method") == "POST")


def _model(operation: Element, links: Links) -> Element | None:
    """The named schema of the first successful JSON response; None where there is none, or one without a name."""
    for _status, response in responses(operation, links, "200", "201"):
        shape = body(response, links)
        if shape is not None:
            return shape if shape.kind == "type" and links.fields(shape) else None
    return None
