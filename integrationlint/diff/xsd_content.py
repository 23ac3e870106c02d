"""What a complex type of XML Schema holds once derivations and groups are followed: a tree of particles."""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from integrationlint.diff.xsd_schemas import Schemas, derives, is_any, is_complex
from integrationlint.diff.xsd_wildcards import ANYTHING, Wildcard, wildcard
from integrationlint.model.element import Element

_DEEPEST: Final = 60
_MOST: Final = 3_000
_UNBOUNDED: Final = "unbounded"


class UnknownContentError(Exception):
    """The content of a type cannot be said: it is too large, too deep, or refers to itself."""


class Particle(NamedTuple):
    """A group (`sequence`, `choice`, `all`, or `mixture` for open content) of parts, or an element or wildcard.

    No upper bound is None. A `weak` wildcard yields to elements that take the same name (open content).
    """

    what: "str | Element | Wildcard"
    low: int = 1
    high: int | None = 1
    parts: "tuple[Particle, ...]" = ()
    weak: bool = False


NOTHING: Final = Particle("sequence")
_ANY_CONTENT: Final = Particle(ANYTHING, 0, None)


def content(definition: Element, schemas: Schemas) -> Particle:
    """The content of a type, the one without any for simple types. Raises UnknownContentError."""
    return _Reader(schemas).read(definition, 0)


class _Reader:
    """Reads one content, and counts what it copies."""

    __slots__ = ("_left", "_schemas")

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._left = _MOST

    def read(self, definition: Element, depth: int) -> Particle:
        self._spend(depth)
        if is_any(definition):
            return _ANY_CONTENT
        if definition.facts.get("construct") == "group":
            return self._own(definition, depth)
        if not is_complex(definition):
            return NOTHING
        own = self._own(definition, depth)
        base = self._schemas.base(definition) if derives(definition) == "extension" else None
        if base is not None:
            inherited = self.read(base, depth + 1)
            own = own if inherited == NOTHING else Particle("sequence", parts=(inherited, own))
        elif derives(definition) == "extension" and definition.facts.get("base") == "xs:anyType":
            own = Particle("sequence", parts=(_ANY_CONTENT, own))
        return self._opened(definition, own)

    def _spend(self, depth: int) -> None:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise UnknownContentError

    def _own(self, holder: Element, depth: int) -> Particle:
        model = holder.facts.get("contentModel")
        return self._particle(model, holder, depth) if isinstance(model, list) else NOTHING

    def _particle(self, model: Any, holder: Element, depth: int) -> Particle:
        self._spend(depth)
        what, low, high = model[0], model[1], model[2]
        bounds = (low, None if high == _UNBOUNDED else high)
        if isinstance(what, int):
            leaf = holder.children[what]
            return Particle(wildcard(leaf) if leaf.kind == "wildcard" else leaf, *bounds)
        if what.startswith("group:"):
            group = self._group(holder, what)
            return Particle("sequence", *bounds, parts=(self._own(group, depth + 1),))
        return Particle(what, *bounds, parts=tuple(self._particle(one, holder, depth + 1) for one in model[3]))

    def _group(self, holder: Element, key: str) -> Element:
        for use in holder.uses:
            if use.key == key:
                found = [one.target for one in self._schemas.links.resolve(holder, use) if one.target is not holder]
                if found:
                    return found[0]
        raise UnknownContentError

    def _opened(self, definition: Element, own: Particle) -> Particle:
        """Open content (1.1, section 3.4.2.3): the type's own, else the default of its schema."""
        holder = definition
        mode = holder.facts.get("openContent")
        if mode is None and own != NOTHING:
            holder = definition.root
            mode = holder.facts.get("openContent")
        if mode not in ("interleave", "suffix"):
            return own
        listed = set(_indexes(holder.facts.get("contentModel")))
        cards = [
            one
            for place, one in enumerate(holder.children)
            if one.kind == "wildcard" and place not in listed and not one.facts.get("attribute")
        ]
        if not cards:
            return own
        card = Particle(wildcard(cards[0]), 0, None, weak=True)
        return Particle("mixture" if mode == "interleave" else "sequence", parts=(own, card))


def _indexes(model: Any) -> Iterator[int]:
    waiting = [model] if isinstance(model, list) else []
    while waiting:
        one = waiting.pop()
        if isinstance(one[0], int):
            yield one[0]
        elif len(one) > 3:
            waiting.extend(one[3])


def leaves(particle: Particle) -> Iterator[Particle]:
    """The elements and wildcards of a content, in order."""
    waiting = [particle]
    while waiting:
        one = waiting.pop()
        if isinstance(one.what, str):
            waiting.extend(reversed(one.parts))
        else:
            yield one


class Occurrence(NamedTuple):
    """An element or wildcard of a content, and how often it may be there in all; no upper bound is None."""

    what: Element | Wildcard
    low: int
    high: int | None


def occurrences(particle: Particle) -> Iterator[Occurrence]:
    """The elements and wildcards of a content in order, with the products of the bounds around them."""
    waiting: list[tuple[Particle, int, int | None]] = [(particle, 1, 1)]
    while waiting:
        one, low, high = waiting.pop()
        most = 0 if 0 in (high, one.high) else None if high is None or one.high is None else high * one.high
        if isinstance(one.what, str):
            least = 0 if one.what == "choice" and len(one.parts) > 1 else low * one.low
            waiting.extend((part, least, most) for part in reversed(one.parts))
        else:
            yield Occurrence(one.what, low * one.low, most)


def spelled(particle: Particle) -> str:
    """A content as people write it in a DTD: `(id, note?, (a | b)*)`."""
    if isinstance(particle.what, Wildcard):
        return f"any{_times(particle)}"
    if isinstance(particle.what, Element):
        return f"{particle.what.name}{_times(particle)}"
    if particle.what == "choice" and not particle.parts:
        return f"nothing{_times(particle)}"
    parts = [spelled(one) for one in particle.parts if one.high != 0 and _says_something(one)]
    joint = {"choice": " | ", "all": " & ", "mixture": " & "}.get(particle.what, ", ")
    if len(parts) == 1 and not _times(particle):
        return parts[0]
    return f"({joint.join(parts)}){_times(particle)}"


def _says_something(particle: Particle) -> bool:
    return bool(particle.parts) or not isinstance(particle.what, str) or particle.what == "choice"


def _times(particle: Particle) -> str:
    known = {(1, 1): "", (0, 1): "?", (0, None): "*", (1, None): "+"}
    most = "" if particle.high is None else particle.high
    return known.get((particle.low, particle.high), f"{{{particle.low},{most}}}")
