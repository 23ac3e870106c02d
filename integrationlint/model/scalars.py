"""What a plain YAML scalar means: the core schema of YAML 1.2.2 (section 10.3), for artifacts and for our own files."""

import re
from typing import Final

WORDS: Final[dict[str, object]] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"], None),
    **dict.fromkeys(["true", "True", "TRUE"], True),
    **dict.fromkeys(["false", "False", "FALSE"], False),
}
INFINITE: Final[dict[str, object]] = {
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], float("inf")),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], float("-inf")),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], float("nan")),
}
_NUMBER: Final = re.compile(
    r"(?P<int>[-+]?[0-9]+)|0o(?P<oct>[0-7]+)|0x(?P<hex>[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
)


def number(text: str) -> int | float | None:
    """The number that a plain scalar is, `010` ten and `0o10` eight; None for any other text.

    The caller bounds the length: Python refuses to read numbers of thousands of digits with a ValueError.
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    if found["float"]:
        return float(text)
    if found["int"]:
        return int(text)
    return int(found["oct"], 8) if found["oct"] else int(found["hex"], 16)


def is_number(text: str) -> bool:
    """Whether a plain scalar is a number, of whatever length."""
    return _NUMBER.fullmatch(text) is not None
