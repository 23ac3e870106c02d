"""Where each member of a tree of plain values is written: the locator of YAML and JSON documents."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from integrationlint.model.location import Span, unescaped
from integrationlint.parse.text import Lines

# So few members are found sooner by looking at each than by a table of them.
_FEW: Final = 12
_NOTHING: Final = object()


class Layout(NamedTuple):
    """A tree of dicts and lists with the offsets of what they hold.

    `places` maps the identity of a container to a flat list: for a dict, four offsets for each member (key start,
    key end, value start, value end); for a list, two for each item. `keys` lists the keys as written, where a dict
    had some twice or had merge keys; `merged` the dicts from which it took others.
    """

    root: object
    start: int
    end: int
    places: dict[int, list[int]]
    keys: Mapping[int, list[str]]
    merged: Mapping[int, list[dict[str, object]]]
    lines: Lines


class Places:
    """The locator of a tree; what it needs to know is worked out when first asked."""

    def __init__(self, text: str, layout: Callable[[], Layout]) -> None:
        """Take the text, and how to get its layout."""
        self._text = text
        self._read = layout
        self._layout: Layout | None = None
        self._names: dict[int, dict[str, int]] = {}
        # Findings come in swarms: what holds one member holds the next.
        self._holders: dict[str, object] = {}
        self._named: dict[str, Span | None] = {}

    def key(self, pointer: str) -> Span | None:
        """The member name as written, quotes included; None for items and the root."""
        named = self._named
        if pointer not in named:
            found = self._find(pointer)
            # A name never ends in white space.
            named[pointer] = None if found is None or found[0] < 0 else self._known().lines.span(found[0], found[1])
        return named[pointer]

    def value(self, pointer: str) -> Span | None:
        """The value as written, quotes and brackets included."""
        found = self._find(pointer)
        return None if found is None else self._span(found[2], found[3])

    def _span(self, start: int, end: int) -> Span:
        # Block text ends with its last line break, and so does what ends with it: the last visible character counts.
        while end > start and self._text[end - 1] in " \t\r\n":
            end -= 1
        return self._known().lines.span(start, end)

    def _known(self) -> Layout:
        if self._layout is None:
            self._layout = self._read()
        return self._layout

    def _find(self, pointer: str) -> tuple[int, int, int, int] | None:
        layout = self._known()
        if not pointer:
            return (-1, -1, layout.start, layout.end)
        above, _, last = pointer.rpartition("/")
        here = self._holders.get(above) or self._holder(layout, above)
        token = unescaped(last) if "~" in last else last
        if isinstance(here, dict):
            if token not in here:
                return None
            if len(here) <= _FEW and id(here) not in layout.keys:  # as nearly all are
                at = 4 * list(here).index(token)
                first, second, third, fourth = layout.places[id(here)][at : at + 4]
                return first, second, third, fourth
            return self._member(layout, here, token)
        if isinstance(here, list) and _inside(here, token) is not _NOTHING:
            start, end = layout.places[id(here)][2 * int(token) : 2 * int(token) + 2]
            return (-1, -1, start, end)
        return None

    def _holder(self, layout: Layout, pointer: str) -> object:
        """The value at a pointer, from the closest place above it that is known."""
        below: list[str] = []
        while pointer and pointer not in self._holders:
            below.append(pointer)
            pointer = pointer.rpartition("/")[0]
        here = self._holders[pointer] if pointer else layout.root
        for place in reversed(below):
            token = place.rpartition("/")[2]
            here = self._holders[place] = _inside(here, unescaped(token) if "~" in token else token)
        return here

    def _index(self, layout: Layout, here: dict[str, object], token: str) -> int | None:
        """Where the places of a member are in those of its dict: of what is written twice, the last."""
        names = self._names.get(id(here))
        if names is None:
            written = layout.keys.get(id(here), here)
            names = self._names[id(here)] = {key: 4 * number for number, key in enumerate(written)}
        return names.get(token)

    def _member(self, layout: Layout, here: dict[str, object], token: str) -> tuple[int, int, int, int] | None:
        at = self._index(layout, here, token)
        if at is not None:
            key_start, key_end, start, end = layout.places[id(here)][at : at + 4]
            return key_start, key_end, start, end
        for source in layout.merged.get(id(here), ()):
            if token in source:
                return self._member(layout, source, token)
        return None


def _inside(here: object, token: str) -> object:
    """The value of a member or item; `_NOTHING` where there is none."""
    if isinstance(here, dict):
        return here.get(token, _NOTHING)
    if isinstance(here, list) and token.isdecimal() and len(token) < 10 and int(token) < len(here):
        return here[int(token)]
    return _NOTHING
