"""How much a request may hold."""

import re
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.resolved import body, followed, is_array, meets
from integrationlint.checks.words import words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_BATCH: Final = frozenset({"batch", "bulk", "batches", "multi", "mass"})
_SIZE: Final = re.compile(r"\d\s*(?:[kKmMgG]i?)?[bB](?:ytes?)?\b|\d\s*(?:kilo|mega|giga)bytes?", re.IGNORECASE)
_BINARY: Final = ("image/", "audio/", "video/", "application/octet-stream", "application/pdf", "application/zip")


def batches(element: Element, links: Links) -> Iterator[Problem]:
    """A request body that is a list, and every list in the body of a batch operation, has a `maxItems`."""
    for written in element.of("request"):
        request = followed(written, links)
        shape = body(request, links) if request is not None else None
        if shape is None:
            continue
        if is_array(shape):
            if "maxItems" not in shape.facts:
                yield Problem({"value": "the request"}, element=shape)
        elif _is_batch(element):
            for name, field in links.fields(shape).items():
                if is_array(links.shape(field)) and "maxItems" not in links.shape(field).facts:
                    yield Problem({"value": f"'{name}'"}, element=field)


def _is_batch(operation: Element) -> bool:
    last = str(operation.facts.get("template")).rpartition("/")[2]
    return not _BATCH.isdisjoint(words(last)) or not _BATCH.isdisjoint(words(str(operation.facts.get("id") or "")))


def uploads(element: Element, links: Links, *, names: tuple[str, ...] = ("x-max-size",)) -> Iterator[Problem]:
    """An operation that takes files states how large they may be, and declares the answer to larger ones (413).

    The size is stated by `maxLength`, one of the extensions, or a text such as `10 MB`.
    """
    for written in element.of("request"):
        request = followed(written, links)
        if request is None or not any(_is_upload(media, links) for media in request.of("media")):
            continue
        missing = [] if _limited(element, request, links, names) else ["does not say how large a file may be"]
        if not any(meets(one.name, ("413", "4XX", "default")) for one in element.of("response")):
            missing.append(
                "declares no 413 for larger ones" if missing else "declares no 413 for files that are larger"
            )
        if missing:
            yield Problem({"problem": " and ".join(missing)})


def _is_upload(media: Element, links: Links) -> bool:
    name = media.name.lower()
    if name.startswith(_BINARY):
        return True
    return name.startswith("multipart/") and any(_is_file(one, links) for one in links.fields(media).values())


def _is_file(field: Element, links: Links) -> bool:
    facts = links.shape(field).facts
    media = str(facts.get("contentMediaType") or "")
    return facts.get("format") == "binary" or (bool(media) and not media.startswith("text/")) or _file_type(facts)


def _file_type(facts: dict[str, object]) -> bool:
    return facts.get("type") == ("file",)  # OpenAPI 2.0


def _limited(operation: Element, request: Element, links: Links, names: tuple[str, ...]) -> bool:
    for one in (operation, request, *request.walk()):
        if any(_SIZE.search(str(one.facts.get(fact) or "")) for fact in ("summary", "description")):
            return True
        extensions = one.facts.get("extensions")
        if isinstance(extensions, dict) and any(name in extensions for name in names):
            return True
    fields = [links.shape(one) for media in request.of("media") for one in links.fields(media).values()]
    shapes = [*fields, *(links.shape(media) for media in request.of("media"))]
    return any("maxLength" in one.facts or _SIZE.search(str(one.facts.get("description") or "")) for one in shapes)
