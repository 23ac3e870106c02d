"""From YAML nodes in reading order to plain values: tags, anchors, aliases, merge keys, and the limits on them."""

from dataclasses import dataclass
from typing import Final, NoReturn, cast

from integrationlint.model.document import Fault
from integrationlint.model.limits import Limits
from integrationlint.model.location import weight
from integrationlint.parse.places import Layout
from integrationlint.parse.scalars import Scalars, spelled
from integrationlint.parse.tags import INTRINSIC, argument, content_start, tag_span
from integrationlint.parse.text import Lines, RefusedError

_STRINGS: Final = frozenset([str])
# Files of this API version hold one entity in each document, and are read to their end.
_STREAM: Final = "backstage.io/"


@dataclass(slots=True)
class _Anchor:
    """A node with an anchor: its size in nodes and its height in levels; while it is open, what both were before."""

    nodes: int
    height: int
    value: object = None
    open: bool = True


class Composer:
    """Collects the nodes of one document.

    `items` and `places` belong to the container that is open: its keys and values, or its items, and two offsets for
    each. They are public because the reading loop appends ordinary scalars itself.
    """

    def __init__(self, text: str, limits: Limits) -> None:
        """Take the text, for what the events do not say, and the limits."""
        self.items: list[object] = []
        self.places: list[int] = []
        self.scalars = Scalars(limits.digits)
        self.faults: list[Fault] = []
        self._text = text
        self._lines = Lines(text)
        self._limits = limits
        self._frames: list[tuple[list[object], list[int], int, str | None, _Anchor | None, int]] = []
        self._table: dict[int, list[int]] = {}
        self._keys: dict[int, list[str]] = {}
        self._merged: dict[int, list[dict[str, object]]] = {}
        self._anchors: dict[str, _Anchor] = {}
        # Kept while others are made: what is known of a container is found by its identity, which is not given twice.
        self._replaced: list[object] = []
        self._aliases = 0
        self._nodes = 0
        self._path = 0
        self._depth = 0
        self._deepest = 0

    def layout(self) -> Layout:
        """The value of the document (None for an empty one) and the offsets of all that is in it.

        Several documents that are all read are a list.
        """
        if self.scalars.too_long:
            message = f"the number has more than {self._limits.digits} digits"
            self.refuse("limit", message, self._text.find(self.scalars.too_long))
        self._drop_empty()
        if not self.items:
            return Layout(None, 0, 0, {}, {}, {}, self._lines)
        root: object = self.items[0]
        if len(self.items) > 1:
            root = self.items
            self._table[id(root)] = self.places
        start, end = self.places[0], self.places[-1]
        return Layout(root, start, end, self._table, self._keys, self._merged, self._lines)

    def refuse(self, code: str, message: str, start: int, end: int = -1) -> NoReturn:
        """End the reading of this document."""
        raise RefusedError(self._lines.fault(code, message, start, end))

    def note(self, code: str, message: str, start: int, end: int = -1) -> None:
        """Tell of something that does not prevent reading."""
        self.faults.append(self._lines.fault(code, message, start, end, fatal=False))

    def document(self, start: int, end: int) -> bool:
        """A document begins; whether to read it: of those that come after more than an empty one, a catalog's alone."""
        self._drop_empty()
        if self.items and not _is_stream(self.items[0]):
            self.note("multiple-documents", "a second document begins here: only the first one is read", start, end)
            return False
        self._anchors.clear()
        return True

    def _drop_empty(self) -> None:
        """Forget the last document where nothing is written in it."""
        if self.items and self.places[-2] == self.places[-1]:
            self.items.pop()
            del self.places[-2:]

    def scalar(self, text: str, start: int, end: int, *, plain: bool, tag: str | None, anchor: str | None) -> None:
        """Take a scalar that has a tag or an anchor."""
        content = content_start(self._text, start, end)
        if tag in INTRINSIC:
            value: object = self._intrinsic(tag, text, start, content, end)
        else:
            value = self._typed(text, tag, content, end, plain=plain)
            start = content
        if anchor is not None:
            self._anchors[anchor] = _Anchor(1, 0, value, open=False)
        self._take(value, start, end)

    def open(self, start: int, tag: str | None, anchor: str | None) -> tuple[list[object], list[int]]:
        """A list or dict begins; returns the new `items` and `places`."""
        self._depth += 2 if tag in INTRINSIC else 1
        if self._depth > self._limits.depth:
            self.refuse("limit", f"nested deeper than the limit of {self._limits.depth} levels", start)
        opened = None
        if anchor is not None:
            opened = self._anchors[anchor] = _Anchor(self._nodes, self._deepest)
            self._deepest = self._depth
        elif self._depth > self._deepest:
            self._deepest = self._depth
        self._frames.append((self.items, self.places, start, tag, opened, self._path))
        # The last item is the name where this is the value of a member; anything else will do for an index.
        name = self.items[-1] if self.items else ""
        self._path += 1 + len(name) if isinstance(name, str) else 10
        self.items, self.places = [], []
        return self.items, self.places

    def close(self, start: int, end: int, *, mapping: bool) -> tuple[list[object], list[int]]:
        """It ends: its last token is between these offsets, or nowhere in block style; returns what was open around."""
        items, places = self.items, self.places
        closed = self._mapping(items, places) if mapping else items
        self._table[id(closed)] = places
        self._count(len(closed), start)
        if start == end and places:
            end = places[-1]
        self.items, self.places, start, tag, anchor, self._path = self._frames.pop()
        value: object = closed
        if tag is not None or anchor is not None:
            value, start = self._finish(value, start, end, tag, anchor)
        self._depth -= 2 if tag in INTRINSIC else 1
        self._take(value, start, end)
        return self.items, self.places

    def alias(self, name: str, start: int, end: int) -> None:
        """Take the value of an anchor once more."""
        found = self._anchors.get(name)
        if found is None:
            self.refuse("syntax", f"the alias *{name} has no anchor &{name} before it", start, end)
        if found.open:
            self.refuse("limit", f"the alias *{name} stands inside what it repeats: it would never end", start, end)
        self._aliases += 1
        if self._aliases > self._limits.aliases:
            self.refuse("limit", f"more than {self._limits.aliases} aliases", start, end)
        if self._depth + found.height > self._limits.depth:
            message = f"nested deeper than the limit of {self._limits.depth} levels, with the aliases followed"
            self.refuse("limit", message, start, end)
        self._deepest = max(self._deepest, self._depth + found.height)
        self._count(found.nodes, start)
        self._take(found.value, start, end)

    def _take(self, value: object, start: int, end: int) -> None:
        self.items.append(value)
        self.places.append(start)
        self.places.append(end)

    def _count(self, nodes: int, at: int) -> None:
        self._nodes += nodes * weight(self._path)
        if self._nodes > self._limits.nodes:
            self.refuse("limit", f"more than {self._limits.nodes} values, aliases followed and long names weighed", at)

    def _finish(
        self, value: object, start: int, end: int, tag: str | None, anchor: _Anchor | None
    ) -> tuple[object, int]:
        content = content_start(self._text, start, end)
        if tag in INTRINSIC:
            value = self._intrinsic(tag, value, start, content, end)
        else:
            start = content
        if anchor is not None:
            anchor.value, anchor.open = value, False
            anchor.nodes = self._nodes - anchor.nodes
            before, anchor.height = anchor.height, self._deepest - self._depth + 1
            self._deepest = max(self._deepest, before)
        return value, start

    def _intrinsic(self, tag: str, given: object, start: int, content: int, end: int) -> dict[str, object]:
        value = argument(tag, given)
        if isinstance(value, list) and value is not given:
            self._table[id(value)] = [content, end] * len(value)
        wrapper = {INTRINSIC[tag]: value}
        self._table[id(wrapper)] = [*tag_span(self._text, start, content), content, end]
        return wrapper

    def _typed(self, text: str, tag: str | None, start: int, end: int, *, plain: bool) -> object:
        if tag is None:
            return self.scalars[text] if plain else text
        try:
            return self.scalars.tagged(text, tag, plain=plain)
        except ValueError as error:
            self.note("syntax", f"{error}: it is read as text", start, end)
            return text

    def _mapping(self, items: list[object], places: list[int]) -> dict[str, object]:
        keys = items[::2]
        names = cast("list[str]", keys) if _STRINGS.issuperset(map(type, keys)) else self._spelled(keys, places)
        value = dict(zip(names, items[1::2], strict=True))
        if len(value) == len(names) and "<<" not in value:
            return value
        return self._unusual(names, items[1::2], places)

    def _spelled(self, keys: list[object], places: list[int]) -> list[str]:
        names = []
        for number, key in enumerate(keys):
            start, end = places[4 * number : 4 * number + 2]
            if isinstance(key, dict | list):
                self.refuse("syntax", "a list or mapping cannot be a key", start, end)
            names.append(spelled(key, self._text[start:end]))
        return names

    def _unusual(self, names: list[str], values: list[object], places: list[int]) -> dict[str, object]:
        """A mapping with a key that comes twice (the last one counts) or with merge keys (the own ones count)."""
        members: dict[str, object] = {}
        sources: list[dict[str, object]] = []
        for number, (name, value) in enumerate(zip(names, values, strict=True)):
            start, end, *of_value = places[4 * number : 4 * number + 4]
            if name == "<<" and self._text.startswith("<<", start):
                sources += self._sources(value, *of_value)
                continue
            if name in members:
                self._replaced.append(members[name])
                self.note("duplicate-key", f"the key {name!r} is written twice here: the last one counts", start, end)
            members[name] = value
        for source in sources:
            self._count(len(source), places[0])
            for name, value in source.items():
                members.setdefault(name, value)
        self._keys[id(members)] = names
        self._merged[id(members)] = sources
        return members

    def _sources(self, value: object, start: int, end: int) -> list[dict[str, object]]:
        several = value if isinstance(value, list) else [value]
        sources = [one for one in several if isinstance(one, dict)]
        if len(sources) != len(several):
            self.note("syntax", "a merge key takes a mapping or a list of mappings: the rest is ignored", start, end)
        return sources


def _is_stream(first: object) -> bool:
    said = first.get("apiVersion") if isinstance(first, dict) else None
    return isinstance(said, str) and said.startswith(_STREAM)
