"""The tokens of a JSON text, in one pass and without recursion: for positions, and for what json.loads does not say."""

import json
import re
from typing import Final

from integrationlint.parse.places import Layout
from integrationlint.parse.text import Lines

# 1: strings, 2: opening and 3: closing brackets; none of them: numbers and literals.
TOKEN: Final = re.compile(r'("(?:[^"\\]++|\\.)*+")|([\[{])|([\]}])|[^\s,:\[\]{}"]++', re.DOTALL)


def layout(text: str, lines: Lines) -> Layout:
    """Where everything in a valid JSON text is written, in a tree of its own in which each scalar is None."""
    places: dict[int, list[int]] = {}
    keys: dict[int, list[str]] = {}
    names: dict[str, str] = {}
    # Kept while others are made: what is known of a container is found by its identity, which is not given twice.
    every: list[object] = []
    stack: list[tuple[list[object], list[int], int]] = []
    items: list[object] = []
    here: list[int] = []
    for token in TOKEN.finditer(text):
        start, end = token.span()
        kind = token.lastindex
        if kind == 2:
            stack.append((items, here, start))
            items, here = [], []
            continue
        value: object = token[0]
        if kind == 3:
            value = _members(items, names, keys) if value == "}" else items
            places[id(value)] = here
            every.append(value)
            items, here, start = stack.pop()
        items.append(value)
        here.append(start)
        here.append(end)
    return Layout(items[0], here[0], here[1], places, keys, {}, lines)


def _members(items: list[object], names: dict[str, str], keys: dict[int, list[str]]) -> dict[str, object]:
    written = [names.get(raw) or names.setdefault(raw, json.loads(raw)) for raw in map(str, items[::2])]
    members = dict(zip(written, items[1::2], strict=True))
    if len(members) != len(written):
        keys[id(members)] = written
    return members
