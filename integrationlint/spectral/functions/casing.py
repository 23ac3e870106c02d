"""Whether a name is written in a case."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from integrationlint.dialects.json_schema_patterns import javascript
from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.nouns import Context, Found

# The words of a name in each case; 0-9 goes where digits are not allowed.
_CASES: Final = {
    "flat": "[a-z][a-z0-9]*",
    "camel": "[a-z][a-z0-9]*(?:[A-Z](?:[a-z0-9]+|$))*",
    "pascal": "[A-Z][a-z0-9]*(?:[A-Z](?:[a-z0-9]+|$))*",
    "kebab": "[a-z][a-z0-9]*(?:-[a-z0-9]+)*",
    "cobol": "[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*",
    "snake": "[a-z][a-z0-9]*(?:_[a-z0-9]+)*",
    "macro": "[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*",
}
# A separator that words may hold as well lets a name be read in very many ways.
_AMBIGUOUS: Final = re.compile(r"[\w-]", re.ASCII)
_SEPARATOR: Final = {
    "type": "object",
    "required": ["char"],
    "additionalProperties": False,
    "properties": {"char": {"type": "string", "maxLength": 1}, "allowLeading": {"type": "boolean"}},
}
OPTIONS: Final = {
    "casing": checked(
        {
            "type": "object",
            "required": ["type"],
            "additionalProperties": False,
            "properties": {
                "type": {"type": "string", "enum": list(_CASES)},
                "disallowDigits": {"type": "boolean"},
                "separator": _SEPARATOR,
            },
        }
    )
}


def casing(value: Any, options: Mapping[str, Any], context: Context) -> Iterable[Found]:  # noqa: ARG001
    """A text is in the case of `type`, or several such parted by `separator.char`."""
    if not isinstance(value, str) or not value:
        return ()
    separator = options.get("separator")
    if separator is None:
        found = _test(options["type"], options.get("disallowDigits") is True)(value)
    else:
        char, leading = separator["char"], separator.get("allowLeading") is True
        found = (leading and value == char) or _test(
            options["type"], options.get("disallowDigits") is True, char, leading
        )(value)
    return () if found else (Found(f"must be {options['type']} case"),)


@lru_cache(maxsize=64)
def _test(case: str, without_digits: bool, char: str = "", leading: bool = False) -> Callable[[str], Any]:  # noqa: FBT001, FBT002
    words = _CASES[case].replace("0-9", "") if without_digits else _CASES[case]
    if char:
        parted = f"[{re.escape(char)}]"
        words = f"{parted + '?' if leading else ''}{words}(?:{parted}{words})*"
    if _AMBIGUOUS.match(char):
        return javascript(f"^{words}$").is_found
    return re.compile(words.replace("$", r"\Z")).fullmatch
