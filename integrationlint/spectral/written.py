"""The text of a ruleset as plain values, with the place of each for those who must mend it."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from integrationlint.config.nodes import MAX_DEPTH, Node, decode
from integrationlint.config.yaml import read_yaml
from integrationlint.model.errors import ConfigError
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.spectral.nouns import Path

_MERGE: Final = "<<"

Place = Callable[[Path], Location]


class Written(NamedTuple):
    """A value of a ruleset's file: `place` finds what is at a path in it, `notes` say what was odd about the text."""

    value: Any
    place: Place
    notes: tuple[str, ...] = ()

    def below(self, *path: str | int) -> "Written":
        """What is at a path; it must be there."""
        value = self.value
        for name in path:
            value = value[name]
        return Written(value, lambda more: self.place((*path, *more)))

    @property
    def here(self) -> Location:
        """Where the value is written."""
        return self.place(())


def written(data: bytes, path: str) -> Written:
    """The value of a YAML or JSON file; ConfigError when it is neither.

    As Spectral reads it: merge keys are merged, and of two equal keys the last one counts, which is noted.
    """
    text = decode(data, path)
    if path.endswith(".json"):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            value = None  # with a comma too many it may still be YAML
        if value is not None and not _is_deep(value):
            return Written(value, _Places(text, path))
    node, errors = read_yaml(text, path)
    return Written(plain(node), lambda where: _place(node, where), tuple(map(str, errors)))


def _is_deep(value: Any) -> bool:
    # Level by level, so that no depth is too much to find out.
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            child
            for one in level
            if isinstance(one, dict | list)
            for child in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def plain(node: Node) -> Any:
    """The value of a node without places, merge keys (`<<`, YAML 1.1) merged; what aliases share stays shared."""
    return _plain(node, {}, 0)


def _plain(node: Node, made: dict[int, Any], depth: int) -> Any:
    value = node.value
    if id(value) in made:
        return made[id(value)]
    if depth > MAX_DEPTH:  # merged mappings count as deep as they are written
        raise ConfigError(f"nested deeper than {MAX_DEPTH} levels: not a ruleset", node.place)
    found: Any = value
    if isinstance(value, list):
        found = made[id(value)] = [_plain(one, made, depth + 1) for one in value]
    elif isinstance(value, dict):
        found = {name: _plain(one, made, depth + 1) for name, one in value.items()}
        if _MERGE in found:
            found = _merged(found)
        made[id(value)] = found
    return found


def _merged(value: dict[str, Any]) -> dict[str, Any]:
    # What the mapping says itself wins, then what comes first in the list.
    bases = value.pop(_MERGE)
    found = dict(value)
    for base in bases if isinstance(bases, list) else [bases]:
        for name, one in base.items() if isinstance(base, dict) else ():
            found.setdefault(name, one)
    return found


def _place(node: Node, path: Path) -> Location:
    # The place of a member is that of its name; what came by a merge key is shown where it was merged.
    found = node.place
    for name in path:
        value: Any = dict(enumerate(node.value)) if isinstance(node.value, list) else node.entries
        if name not in value:
            return found
        node = value[name]
        found = node.named
    return found


class _Places:
    """The places of a JSON text, read when somebody asks: it takes longer than the values."""

    __slots__ = ("node", "path", "text")

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.node: Node | None = None

    def __call__(self, where: Path) -> Location:
        if self.node is None:
            try:
                self.node = read_yaml(self.text, self.path)[0]
            except ConfigError:
                self.node = Node(None, Location(self.path, "", START_OF_FILE))
        return _place(self.node, where)


def fixed(value: Mapping[str, Any], file: str) -> Written:
    """A value whose places are not kept: they all are the file."""
    return Written(value, lambda _path: Location(file, "", START_OF_FILE))
