"""Whether names stand in alphabetical order, as JavaScript compares texts (CLDR's root collation)."""

import math
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final

from integrationlint.dialects.javascript import to_number
from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.message import printed
from integrationlint.spectral.nouns import UNDEFINED, Context, Found

OPTIONS: Final = {
    "alphabetical": checked(
        {
            "type": ["object", "null"],
            "additionalProperties": False,
            "properties": {"keyedBy": {"type": "string"}},
        }
    )
}
_ASCII: Final = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz"
_WEIGHTS: Final = {char: weight for weight, char in enumerate(_ASCII)}
# Letters that no decomposition takes apart, but the collation does.
_EXPANDED: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"}


def alphabetical(value: Any, options: Mapping[str, str] | None, context: Context) -> Iterable[Found]:
    """The keys of an object, the items of a list, or what items have by the name of `keyedBy`, are in order."""
    if not isinstance(value, dict | list):
        return ()
    items: Sequence[Any] = list(value)
    if len(items) < 2:
        return ()
    keyed_by = (options or {}).get("keyedBy")
    if keyed_by is not None:
        if not all(isinstance(one, dict | list) for one in items):
            return (Found('#{{print("property")}}must be an object'),)
        items = [one.get(keyed_by, UNDEFINED) if isinstance(one, dict) else UNDEFINED for one in items]
    if not all(isinstance(one, str | int | float) and not isinstance(one, bool) for one in items):
        return (Found('#{{print("property")}}must be one of the allowed types: number, string'),)
    at = next((index for index, pair in enumerate(pairwise(items)) if _follows(*pair)), None)
    if at is None:
        return ()
    if keyed_by is not None:
        return (Found("properties must follow the alphabetical order"),)
    place = at if isinstance(value, list) else items[at]
    message = f"{printed(items[at])} must be placed after {printed(items[at + 1])}"
    return (Found(message, (*context.path, place)),)


def _follows(first: Any, second: Any) -> bool:
    """Whether the first belongs behind the second: by number, where the first is no text that is a number itself."""
    if isinstance(first, str) and isinstance(second, str):
        numeric = math.isnan(to_number(first)) and not math.isnan(to_number(second))
        return not numeric and _order(first) > _order(second)
    return not isinstance(first, str) and first - to_number(second) >= 1


@lru_cache(maxsize=4096)
def _order(text: str) -> tuple[list[int], list[str], list[bool]]:
    """What decides: letters without case and accents, then accents, then case (Unicode Technical Standard 10)."""
    letters: list[int] = []
    accents: list[str] = []
    capitals: list[bool] = []
    for char in unicodedata.normalize("NFD", text):
        if unicodedata.combining(char) and accents:
            accents[-1] += char
            continue
        lower = char.lower()
        for letter in _EXPANDED.get(lower, lower):
            weight = _WEIGHTS.get(letter)
            if weight is None and letter < " ":
                continue
            letters.append(len(_ASCII) + ord(letter) if weight is None else weight)
            accents.append("" if lower not in _EXPANDED else lower)
            capitals.append(char != lower)
    return letters, accents, capitals
