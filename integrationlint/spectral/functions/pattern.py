"""Whether a text is found to match a regular expression of JavaScript."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

from integrationlint.dialects.ecmascript import PatternError
from integrationlint.dialects.json_schema_patterns import javascript
from integrationlint.dialects.matching import Pattern
from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.message import printed
from integrationlint.spectral.nouns import Context, Found

_WITH_FLAGS: Final = re.compile(r"/([^\n\r\u2028\u2029]+)/([a-z]*)")
_SHAPE: Final = checked(
    {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {"match": {"type": "string"}, "notMatch": {"type": "string"}},
    }
)


def pattern(value: Any, options: Mapping[str, str], context: Context) -> Iterable[Found]:  # noqa: ARG001
    """A text matches `match` and not `notMatch`, each a pattern or `/pattern/flags`, anywhere in it."""
    if not isinstance(value, str):
        return ()
    found = []
    if "match" in options and read(options["match"]).is_found(value) is False:
        found.append(Found(f'#{{{{print("value")}}}} must match the pattern {printed(options["match"])}'))
    if "notMatch" in options and read(options["notMatch"]).is_found(value):
        found.append(Found(f'#{{{{print("value")}}}} must not match the pattern {printed(options["notMatch"])}'))
    return found


@lru_cache(maxsize=1024)
def read(text: str) -> Pattern:
    """A pattern, or one between slashes with flags behind, compiled. PatternError when it is none."""
    found = _WITH_FLAGS.fullmatch(text)
    return javascript(found[1], found[2]) if found else javascript(text)


def _check(name: str, options: Any) -> str:
    problem = _SHAPE(name, options)
    if problem:
        return problem
    for option in ("match", "notMatch"):
        if option in options:
            try:
                read(options[option])
            except PatternError as error:
                return f'"{name}" function and its "{option}" option: {error}'
    return ""


OPTIONS: Final = {"pattern": _check}
