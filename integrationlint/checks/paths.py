"""Path templates: their segments, their variables, and how they stand to each other."""

import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from itertools import pairwise
from typing import Final, Literal

from integrationlint.checks.plurals import ends_plural, is_singular
from integrationlint.checks.resolved import followed, parameter_name, parameters
from integrationlint.checks.templates import VARIABLE, segments, template
from integrationlint.checks.words import words
from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

_VERSION: Final = re.compile(r"[vV]?[0-9][0-9a-z.-]*\Z")
# RFC 3986 section 3.3: what a path segment may hold, percent-encoding and template braces left aside.
_SEGMENT: Final = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@%{}-]*\Z")
# So many different patterns of variables and words of one length are compared; beyond, a contract is hardly real.
_MOST_PATTERNS: Final = 64


Shape = Literal["trailing-slash", "empty-segment", "query", "characters", "adjacent-variables", "extension"]


def well_formed(element: Element, *, shape: Shape, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """A path has none of what `shape` names; segments in `allow` may."""
    text = template(element)
    found = _SHAPES[shape](text) if len(text) > 1 else ""
    if found and found not in allow:
        yield Problem({"value": found})


def _trailing_slash(text: str) -> str:
    return "/" if text.endswith("/") else ""


def _empty_segment(text: str) -> str:
    return "//" if "//" in re.split(r"[?#]", text, maxsplit=1)[0].rstrip("/") else ""


def _query(text: str) -> str:
    plain = VARIABLE.sub("", text)
    return next((f"{mark}{text.partition(mark)[2]}" for mark in "?#" if mark in plain), "")


def _characters(text: str) -> str:
    parts = segments(VARIABLE.sub("", text))
    return next((one for one in parts if not _SEGMENT.match(one)), "")


def _adjacent_variables(text: str) -> str:
    found = re.search(r"/(\{[^{}/]*\}/\{[^{}/]*\})(?=/|$)", text)
    return found[1] if found else ""


def _extension(text: str) -> str:
    last = (segments(text) or [""])[-1]
    found = re.search(r"\.(json|xml|yaml|yml|html?|php|aspx?|jsp|cgi|do|action)\Z", last, re.IGNORECASE)
    return last if found else ""


_SHAPES: Final = {
    "trailing-slash": _trailing_slash,
    "empty-segment": _empty_segment,
    "query": _query,
    "characters": _characters,
    "adjacent-variables": _adjacent_variables,
    "extension": _extension,
}


def depth(element: Element, *, most: int) -> Iterator[Problem]:
    """At most so many levels of sub-resources: `/a/{}/b/{}/c` has two."""
    parts = segments(template(element))
    levels = sum(not one.startswith("{") and before.endswith("}") for before, one in pairwise(parts))
    if levels > most:
        yield Problem({"levels": levels, "most": most})


def tokens(element: Element, *, forbid: tuple[str, ...], first: bool = False) -> Iterator[Problem]:
    """No literal segment (with `first`: not the first one) of a path is one of the words."""
    parts = segments(template(element))
    for one in parts[:1] if first else parts:
        if one.lower() in forbid:
            yield Problem({"value": one})
            return


def no_verbs(
    element: Element, *, verbs: tuple[str, ...], doubtful: tuple[str, ...] = (), allow: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """No literal segment is one of `verbs`, or begins with one (or with a `doubtful` one) before another word.

    A doubtful verb may be a noun: `update-requests`, with its plural at the end, is a collection.
    """
    for segment in segments(template(element)):
        if "{" in segment or segment in allow:
            continue
        found = words(segment.partition(":")[0])
        if not found:
            continue
        alone = len(found) == 1
        if found[0] in verbs or (not alone and found[0] in doubtful and not ends_plural(found[-1])):
            yield Problem({"value": segment, "verb": found[0]})
            return


def parameters_match(element: Element, links: Links) -> Iterator[Problem]:
    """The variables of a path and the declared path parameters are the same (OAS 3.1.1 section 4.8.8.2)."""
    text = template(element)
    item = followed(element, links)
    if not text or item is None:
        return
    names = VARIABLE.findall(text)
    for name in sorted(name for name, times in Counter(names).items() if times > 1):
        yield Problem({"problem": f"names the variable '{name}' more than once"})
    shared: list[str] | None = []
    for one in (element,) if item is element else (element, item):
        shared = yield from _declared(one, names, links, shared)
    for one in (element,) if item is element else (element, item):
        for operation in one.of("operation"):
            known = yield from _declared(operation, names, links, shared)
            for name in dict.fromkeys(names) if known is not None else ():
                if known is not None and name not in known:
                    method = operation.facts.get("method")
                    said = {"problem": f"has a variable '{{{name}}}' that {method} declares no parameter for"}
                    yield Problem(said, element=operation)


def _declared(
    holder: Element, names: list[str], links: Links, above: list[str] | None
) -> Generator[Problem, None, list[str] | None]:
    """The path parameters of a path item or operation and those `above`; None when a reference is not found."""
    found: list[str] | None = above
    for written, parameter in parameters(holder, links):
        if parameter is None:
            found = None
        elif parameter.facts.get("in") == "path":
            name = parameter_name(parameter)
            found = [*found, name] if found is not None else None
            if name not in names:
                yield Problem({"problem": f"has no variable '{{{name}}}' for this parameter"}, element=written)
    return found


def parameters_unique(element: Element, links: Links) -> Iterator[Problem]:
    """No two parameters of one list have the same name and location, whatever their case."""
    seen: dict[str, str] = {}
    for written, parameter in parameters(element, links):
        if parameter is None or not parameter_name(parameter):
            continue
        first = seen.setdefault(parameter.name.lower(), parameter.name)
        if first != parameter.name or seen.setdefault(f"#{parameter.name}", written.pointer) != written.pointer:
            location, _, name = parameter.name.partition(":")
            words_ = {"value": name, "location": location, "other": first.partition(":")[2]}
            yield Problem(words_, element=written)


def unique(element: Element) -> Iterator[Problem]:
    """No two paths of an API are the same but for the names of their variables."""
    first: dict[str, Element] = {}
    for path in element.of("path"):
        text = template(path)
        if text and first.setdefault(path.name, path) is not path:
            yield Problem({"value": text, "other": template(first[path.name])}, element=path)


def unambiguous(element: Element) -> Iterator[Problem]:
    """No request path fits two templates of which neither is the more concrete: `/{kind}/mine` and `/books/{id}`."""
    by_length: dict[int, dict[tuple[bool, ...], list[tuple[list[str], Element]]]] = {}
    for path in element.of("path"):
        parts = segments(template(path))
        fixed = tuple("{" not in one for one in parts)
        by_length.setdefault(len(parts), {}).setdefault(fixed, []).append((parts, path))
    for patterns in by_length.values():
        known = list(patterns.items())[:_MOST_PATTERNS]
        for index, (one, paths) in enumerate(known):
            for other, others in known[:index]:
                if _crossing(one, other):
                    yield from _ambiguous(one, other, paths, others)


def _crossing(one: tuple[bool, ...], other: tuple[bool, ...]) -> bool:
    pairs = list(zip(one, other, strict=True))
    return (True, False) in pairs and (False, True) in pairs


def _ambiguous(
    one: tuple[bool, ...],
    other: tuple[bool, ...],
    paths: Iterable[tuple[list[str], Element]],
    others: Iterable[tuple[list[str], Element]],
) -> Iterator[Problem]:
    places = [index for index, both in enumerate(zip(one, other, strict=True)) if all(both)]
    known = {tuple(parts[place] for place in places): path for parts, path in others}
    for parts, path in paths:
        found = known.get(tuple(parts[place] for place in places))
        if found is not None and _meet(path, found):
            yield Problem({"value": template(path), "other": template(found)}, element=path)


def _meet(one: Element, other: Element) -> bool:
    """They answer to a method that both have; a path item by reference may have any."""
    methods = {operation.facts.get("method") for operation in one.of("operation")}
    return bool(one.uses or other.uses) or any(op.facts.get("method") in methods for op in other.of("operation"))


def same_variable(element: Element) -> Iterator[Problem]:
    """One place in the paths has one variable name: not `/orders/{id}` here and `/orders/{orderId}/…` there."""
    names: dict[str, str] = {}
    for path in element.of("path"):
        place = ""
        for part in segments(template(path)):
            name = part[1:-1] if VARIABLE.fullmatch(part) else ""
            if name and names.setdefault(place, name) != name:
                yield Problem({"value": name, "other": names[place], "place": place or "/"}, element=path)
            place = f"{place}/{{}}" if name else f"{place}/{part}"


def required(element: Element) -> Iterator[Problem]:
    """A path parameter is required: without it there is no such path (OAS 3.1.1 section 4.8.12.1)."""
    if element.facts.get("required") is not True and not element.uses:
        place = child(element.pointer, "required")
        if "required" in element.facts:
            yield Problem({"value": parameter_name(element)}, at=place, repairs=(Repair("set", place, value=True),))
        else:
            yield Problem(
                {"value": parameter_name(element)}, repairs=(Repair("insert", place, value=True, beside="in"),)
            )


def plural(element: Element, *, uncountable: tuple[str, ...] = (), allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """A segment that stands before a variable, and is surely a collection, is a plural.

    Sure is what has operations of its own, or lends the variable its name: `/order/{orderId}`. English only; each
    segment is named once, at the first path that has it.
    """
    known = {path.name for path in element.of("path") if next(path.of("operation"), None) is not None}
    seen: set[str] = set()
    for path in element.of("path"):
        place = ""
        for part, following in pairwise(segments(template(path))):
            place = f"{place}/{VARIABLE.sub('{}', part)}"
            variable = VARIABLE.fullmatch(following)
            if "{" in part or place in seen or variable is None:
                continue
            seen.add(place)
            named = words(part)[-1:] == words(variable[1])[:1]
            if part not in allow and (named or place in known) and _singular(part, uncountable):
                yield Problem({"value": part}, element=path)


_NOT_NOUNS: Final = frozenset("by for from in of on to with find get search query lookup me self all".split())


def _singular(segment: str, uncountable: tuple[str, ...]) -> bool:
    found = words(segment)
    if not found or _VERSION.match(segment) or not segment.isascii() or not _NOT_NOUNS.isdisjoint(found):
        return False
    return is_singular(found[-1]) and found[-1] not in uncountable
