"""The words of a problem into the message of its rule."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_LONGEST: Final = 200


def fill(message: str, words: Mapping[str, object], otherwise: Callable[[str], object]) -> str:
    """Replace `{name}` by the word of that name; nothing in a word is ever a placeholder itself."""
    said = []
    for text, name in _parts(message):
        said.append(text)
        if name:
            value = words[name] if name in words else otherwise(name)
            said.append(f"{{{name}}}" if value is None else spelled(value))
    return "".join(said)


@cache
def _parts(message: str) -> tuple[tuple[str, str], ...]:
    """The literal parts of a message, each with the name of the placeholder behind it, empty at the end."""
    pieces = [*_PLACEHOLDER.split(message), ""]
    return tuple(zip(pieces[::2], pieces[1::2], strict=True))


def spelled(value: object) -> str:
    """A word as people read it: lists by commas, true and false in lower case, long texts cut."""
    if type(value) is str and len(value) <= _LONGEST:  # what nearly all words are
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return ", ".join(spelled(one) for one in items)
    text = value if isinstance(value, str) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
