"""What a YAML scalar means: the core schema of YAML 1.2.2 (section 10.3), and the tags that ask for a type."""

import sys
from typing import Final

from integrationlint.model.scalars import INFINITE, WORDS, is_number, number

_STANDARD: Final = "tag:yaml.org,2002:"
_TYPES: Final[dict[str, tuple[type, ...]]] = {
    "int": (int,),
    "float": (float, int),
    "bool": (bool,),
    "null": (type(None),),
}
# A plain scalar that begins otherwise is text; an empty one "begins" with ''.
NOT_TEXT: Final = frozenset(["", *"~nNtTfF.+-0123456789"])


class Scalars(dict[str, object]):
    """Plain scalars and their values, each worked out once per document.

    A number with more than `digits` digits, or more than Python itself reads, stays text and is kept in `too_long`.
    """

    def __init__(self, digits: int) -> None:
        """Take the limit on the characters of a number."""
        super().__init__(WORDS | INFINITE)
        self.too_long = ""
        longest = sys.get_int_max_str_digits()
        self._digits = min(digits, longest) if longest else digits

    def __missing__(self, text: str) -> object:
        """The value of a scalar that was not met before."""
        value = self[text] = text if text[0] in "nNtTfF~" else self._number(text)
        return value

    def _number(self, text: str) -> object:
        if len(text) > self._digits:
            if is_number(text):
                self.too_long = self.too_long or text
            return text
        found = number(text)
        return text if found is None else found

    def tagged(self, text: str, tag: str, *, plain: bool) -> object:
        """The value of a scalar with an explicit tag: what a standard type says, for other tags what it looks like.

        A text that is no value of the type that the tag names raises ValueError.
        """
        if not tag.startswith(_STANDARD):
            return self[text] if plain else text
        name = tag.removeprefix(_STANDARD)
        if name not in _TYPES:
            return text
        value = self[text]
        if type(value) not in _TYPES[name]:
            raise ValueError(f"{text[:40]!r} is not a value of the type !!{name}")
        return float(value) if name == "float" and isinstance(value, int) else value


def spelled(key: object, written: str) -> str:
    """A scalar as the name of a member in JSON: `200` is "200", `true` is "true", null is "null".

    What JSON cannot say (`.inf`) stays as it is `written`.
    """
    if key is None:
        return "null"
    if isinstance(key, bool):
        return "true" if key else "false"
    if isinstance(key, float) and key - key != 0:
        return written
    return str(key)
