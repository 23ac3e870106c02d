"""Where the version of an API is written, and whether the places agree."""

import re
from collections.abc import Iterator
from typing import Final, Literal
from urllib.parse import urlsplit

from integrationlint.checks.resolved import operations, parameter_name, written_parameters
from integrationlint.checks.templates import segments, template
from integrationlint.checks.words import bare
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

Place = Literal["url", "query", "header", "media-type"]

_SEGMENT: Final = re.compile(r"v[0-9]+(?:[._-][0-9]+)*(?:-?(?:alpha|beta|rc|preview)[0-9]*)?\Z", re.IGNORECASE)
_MAJOR: Final = re.compile(r"v?([0-9]+)", re.IGNORECASE)
_MEDIA: Final = re.compile(r";\s*v(?:ersion)?=|[.+-]v[0-9]+(?=[.+;-]|\Z)|/vnd\.[\w.]*\.v[0-9]+", re.IGNORECASE)
_SEMANTIC: Final = re.compile(r"v?([0-9]{1,3})\.[0-9]+(?:\.[0-9]+)?", re.IGNORECASE)
_FORMS: Final = {
    "major": re.compile(r"v(?:0|[1-9][0-9]*)\Z"),
    "stability": re.compile(r"v(?:0|[1-9][0-9]*)(?:(?:alpha|beta)[0-9]*)?\Z"),
}
_QUERY_NAMES: Final = frozenset(("apiversion",))
_NAMES: Final = frozenset(("version", "apiversion", "xapiversion", "xmsversion", "acceptversion", "v"))


def specification(element: Element, *, allow: tuple[str, ...]) -> Iterator[Problem]:
    """The document is written in an allowed version of OpenAPI."""
    value = element.document.value
    for key in ("openapi", "swagger"):
        if isinstance(value, dict) and key in value:
            written = str(value[key])
            if not any(written == one or written.startswith(f"{one}.") for one in allow):
                yield Problem({"value": written, "allowed": allow}, at=f"/{key}", key=False)
            return


def _bases(api: Element) -> Iterator[tuple[str, Element, str]]:
    """The path part of every server, with the element and place where it is written."""
    base = api.facts.get("basePath")
    if isinstance(base, str):
        yield base, api, "/basePath"
    for server in api.of("server"):
        url = server.facts.get("url")
        if isinstance(url, str):
            try:
                path = urlsplit(re.sub(r"\{[^{}]*\}", "x", url)).path
            except ValueError:
                continue
            yield path, server, child(server.pointer, "url")


def _leading(api: Element) -> Iterator[tuple[str, Element, str]]:
    """Version segments in servers, and those at the beginning of paths if most paths have one."""
    for path, element, at in _bases(api):
        yield from ((one, element, at) for one in segments(path) if _SEGMENT.match(one))
    found: list[tuple[str, Element, str]] = []
    paths = [one for one in api.of("path") if template(one)]
    for item in paths:
        first = next((one for one in segments(template(item))[:2] if _SEGMENT.match(one)), "")
        found.extend([(first, item, item.pointer)] if first else [])
    if 2 * len(found) > len(paths):
        yield from found


def _in_urls(api: Element) -> Iterator[tuple[str, Element, str]]:
    """Version segments in servers and paths, each with where it is written."""
    for path, element, at in _bases(api):
        yield from ((one, element, at) for one in segments(path) if _SEGMENT.match(one))
    for item in api.of("path"):
        yield from ((one, item, item.pointer) for one in segments(template(item)) if _SEGMENT.match(one))


def url_format(element: Element, *, form: Literal["major", "stability"] = "major") -> Iterator[Problem]:
    """A version in a URL is the major version alone (`v1`), or that with its stability (`v1beta1`).

    Each wrong one is named once.
    """
    right = _FORMS[form]
    seen: set[str] = set()
    for segment, holder, at in _in_urls(element):
        if segment not in seen and not right.match(segment):
            seen.add(segment)
            yield Problem({"value": segment}, element=holder, at=at)


def location(
    element: Element, links: Links, *, allow: tuple[Place, ...] = ("url", "query", "header", "media-type")
) -> Iterator[Problem]:
    """The version is carried in an allowed place, and in one place only."""
    found: dict[Place, tuple[Element, str, str]] = {}
    for place, value, holder, at in _places(element, links):
        found.setdefault(place, (holder, at, value))
    kept = next((place for place in found if place in allow), None)
    for place, (holder, at, value) in found.items():
        if place not in allow:
            yield Problem({"problem": f"in the {place.replace('-', ' ')} ('{value}')"}, element=holder, at=at)
        elif place != kept and kept is not None:
            other = f"in the {place.replace('-', ' ')} ('{value}') as well as in the {kept.replace('-', ' ')}"
            yield Problem({"problem": other}, element=holder, at=at)


def _places(api: Element, links: Links) -> Iterator[tuple[Place, str, Element, str]]:
    for segment, holder, at in _leading(api):
        yield "url", segment, holder, at
        break
    for parameter in written_parameters(api, links):
        place = parameter.facts.get("in")
        if place in ("header", "query"):
            name = parameter_name(parameter)
            if bare(name) in (_NAMES if place == "header" else _QUERY_NAMES):
                yield "header" if place == "header" else "query", name, parameter, parameter.pointer
    for operation in operations(api, links):
        for part in operation.children:
            media = next((one for one in part.children if one.kind == "media" and _MEDIA.search(one.name)), None)
            if media is not None:
                yield "media-type", media.name, media, media.pointer


def consistent(element: Element) -> Iterator[Problem]:
    """The major version in the URLs is that of `info.version`; several majors in the paths are fine if one is."""
    version = element.facts.get("version")
    own = _SEMANTIC.match(version) if isinstance(version, str) else None
    if own is None or int(own[1]) == 0:
        return
    found: dict[str, tuple[Element, str, str]] = {}
    for segment, holder, at in _leading(element):
        major = _MAJOR.match(segment)
        if major is not None:
            found.setdefault(str(int(major[1])), (holder, at, segment))
    if found and str(int(own[1])) not in found:
        holder, at, segment = next(iter(found.values()))
        yield Problem({"value": segment, "version": version}, element=holder, at=at)
