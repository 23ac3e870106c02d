"""The words of a problem into the message of its rule."""

import re
from collections.abc import Callable, Mapping
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_LONGEST: Final = 200


def fill(message: str, words: Mapping[str, object], otherwise: Callable[[str], object]) -> str:
    """Replace `{name}` by the word of that name; nothing in a word is ever a placeholder itself."""
    if "{" not in message:
        return message

    def word(found: re.Match[str]) -> str:
        name = found[1]
        value = words[name] if name in words else otherwise(name)
        return found[0] if value is None else spelled(value)

    return _PLACEHOLDER.sub(word, message)


def spelled(value: object) -> str:
    """A word as people read it: lists by commas, true and false in lower case, long texts cut."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return ", ".join(spelled(one) for one in items)
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
