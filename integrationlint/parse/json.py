"""JSON (RFC 8259) to plain values; where they are written is worked out when first asked."""

import json
import re
from collections.abc import Iterator
from functools import cache
from math import isinf
from typing import Final

from integrationlint.model.document import Document, Fault
from integrationlint.model.limits import Limits
from integrationlint.parse.places import Layout, Places
from integrationlint.parse.text import Lines

# Strings, brackets, and everything else that is not white space, a comma or a colon: numbers and literals.
_TOKEN: Final = re.compile(r'("(?:[^"\\]++|\\.)*+")|([\[{])|([\]}])|[^\s,:\[\]{}"]++', re.DOTALL)
_NO_NUMBERS: Final = ("NaN", "Infinity", "-Infinity")
_LONE_SURROGATE: Final = re.compile(
    r"(\\\\)|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_MESSAGES: Final = {
    "Expecting ',' delimiter": "',' or a closing bracket is expected here",
    "Expecting ':' delimiter": "':' is expected here",
    "Expecting property name enclosed in double quotes": "a name in double quotes is expected here",
    "Expecting value": "a value is expected here",
    "Extra data": "nothing may follow the end of the value",
    "Unterminated string starting at": "the string that opens here is never closed",
    "Invalid control character at": "a line break, tab or control character in a string has to be an escape such as \\n",
}


class _NotJsonError(Exception):
    """A word that Python's reader takes for a number and JSON does not."""


def parse(path: str, text: str, encoding: str, limits: Limits) -> Document:
    """Read a text as JSON; the document has the value None and a fatal fault where it is not."""
    lines = Lines(text)
    layout = cache(lambda: _layout(text, lines))
    repaired, faults = _surrogates(text, lines)
    value, fault, odd = _load(repaired, lines, limits)
    if fault is not None:
        return Document(path, "json", None, text, faults=(*faults, fault), encoding=encoding)
    if odd:
        faults += [*_duplicates(layout()), *_infinite(text, lines)]
        faults.sort(key=lambda one: one.span)
    return Document(path, "json", value, text, Places(text, layout), tuple(faults), encoding)


def _load(text: str, lines: Lines, limits: Limits) -> tuple[object, Fault | None, bool]:
    """The value, what prevents it, and whether something in it has to be told of."""
    odd = False

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal odd
        value = dict(members)
        odd = odd or len(value) != len(members)
        return value

    def number(written: str) -> float:
        nonlocal odd
        value = float(written)
        odd = odd or isinf(value)
        return value

    def refuse(word: str) -> object:
        raise _NotJsonError(word)

    fault = _too_long(text, lines, limits) or _too_many(text, lines, limits)
    if fault is not None:
        return None, fault, odd
    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_float=number, parse_constant=refuse)
    except json.JSONDecodeError as error:
        return None, _explain(error, text, lines), odd
    except _NotJsonError as error:
        return None, _no_number(text, lines, str(error)), odd
    except ValueError:
        return None, lines.fault("limit", "a number has more digits than Python reads", 0), odd
    except RecursionError:
        # The C reader counts its depth and stops in time.
        return None, _too_deep(text, lines, limits), odd
    return value, _too_deep(text, lines, limits) if _depth(value) > limits.depth else None, odd


def _depth(value: object) -> int:
    depth = 0
    level = [value]
    while level:
        depth += 1
        level = [
            one
            for container in level
            for one in (container.values() if type(container) is dict else container if type(container) is list else ())
            if type(one) is dict or type(one) is list
        ]
    return depth


def _too_deep(text: str, lines: Lines, limits: Limits) -> Fault:
    depth = at = 0
    for token in _TOKEN.finditer(text):
        depth += (token.lastindex == 2) - (token.lastindex == 3)
        if depth > limits.depth:
            at = token.start()
            break
    try:
        # What comes before is shallow enough to look for an error there: that one came first.
        json.loads(text[:at])
    except json.JSONDecodeError as error:
        if error.pos < at:
            return _explain(error, text, lines)
    except ValueError:
        pass
    return lines.fault("limit", f"nested deeper than the limit of {limits.depth} levels", at)


def _too_long(text: str, lines: Lines, limits: Limits) -> Fault | None:
    """A number with too many digits. So many in a row cover a multiple of their count: only those are looked at."""
    for at in range(0, len(text), limits.digits + 1):
        if text[at].isdecimal() and _run(text, at) > limits.digits:
            break
    else:
        return None
    for token in _TOKEN.finditer(text):
        if token.lastindex is None and any(len(run) > limits.digits for run in re.findall("[0-9]+", token[0])):
            return lines.fault("limit", f"a number has more digits than the limit of {limits.digits}", *token.span())
    return None


def _run(text: str, at: int) -> int:
    return len(text)
