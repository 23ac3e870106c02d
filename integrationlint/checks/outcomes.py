"""Success and failure told apart, and the codes by which failures are told."""

from collections.abc import Iterator

from integrationlint.checks.errors import ERRORS
from integrationlint.checks.resolved import bodies, followed, received, title
from integrationlint.checks.words import bare
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem


def apart(element: Element, links: Links) -> Iterator[Problem]:
    """No successful response has the body of an error: a problem document, or the schema of the operation's errors."""
    for written in element.of("response"):
        response = followed(written, links)
        media = next(response.of("media"), None) if response is not None and written.name[:1] == "2" else None
        if response is not None and media is not None and media.name.lower().startswith("application/problem+"):
            yield Problem({"status": written.name, "problem": f"has the content {media.name}"}, element=written)
    wrong = {id(shape): (status, shape) for status, _, shape in bodies(element, links, *ERRORS) if shape.name}
    for status, response, shape in bodies(element, links, "2XX"):
        if id(shape) in wrong and shape.kind == "type" and links.fields(shape):
            problem = f"has the same schema, {shape.name}, as the response {wrong[id(shape)][0]}"
            yield Problem({"status": status, "problem": problem}, element=response)


def codes(element: Element, links: Links, *, names: tuple[str, ...]) -> Iterator[Problem]:
    """The codes of errors are listed: the field of the error body that holds them has an enumeration or a text.

    Every such field is named once.
    """
    wanted = frozenset(map(bare, names))
    seen: set[int] = set()
    for operation in received(element, links):
        for status, _response, shape in bodies(operation, links, *ERRORS):
            for field in _coded(shape, wanted, links):
                if id(field) not in seen and not _listed(field) and not _listed(links.shape(field)):
                    words = {"value": field.name, "status": status, "operation": title(operation)}
                    yield Problem(words, element=field)
                seen.add(id(field))


def _coded(shape: Element, wanted: frozenset[str], links: Links) -> Iterator[Element]:
    """The fields for codes in an error body, in the object of its own that holds the error, and in a list of errors."""
    for name, field in links.fields(shape).items():
        if bare(name) in wanted:
            yield field
        elif bare(name) in ("error", "errors"):
            inner = links.shape(field)
            inner = next((links.shape(one) for one in inner.of("items")), inner)
            yield from (one for key, one in links.fields(inner).items() if bare(key) in wanted)


def _listed(shape: Element) -> bool:
    facts = shape.facts
    extensions = facts.get("extensions")
    if isinstance(extensions, dict) and "x-extensible-enum" in extensions:
        return True
    # A number is the status again, and registered.
    if facts.get("type") in (("integer",), ("number",)):
        return True
    return any(fact in facts for fact in ("enum", "const", "pattern", "examples")) or bool(facts.get("description"))
