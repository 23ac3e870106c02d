"""JSON (RFC 8259) to plain values; where they are written is worked out when first asked."""

import json
from functools import cache
from math import isinf

from integrationlint.model.document import Document, Fault
from integrationlint.model.limits import Limits
from integrationlint.parse.json_faults import (
    deeper,
    duplicates,
    explain,
    infinite,
    long_number,
    measure,
    no_number,
    surrogates,
    too_many,
)
from integrationlint.parse.json_tokens import layout
from integrationlint.parse.places import Places
from integrationlint.parse.text import Lines


def parse(path: str, text: str, encoding: str, limits: Limits) -> Document:
    """Read a text as JSON; the document has the value None and a fatal fault where it is not."""
    lines = Lines(text)
    repaired, faults = surrogates(text, lines)
    value, fault, odd = _load(repaired, lines, limits)
    if fault is not None:
        return Document(path, "json", None, text, faults=(*faults, fault), encoding=encoding)
    written = cache(lambda: layout(repaired, lines))
    if odd:
        faults += [*duplicates(written()), *infinite(text, lines)]
        faults.sort(key=lambda one: one.span)
    return Document(path, "json", value, text, Places(text, written), tuple(faults), encoding)


def _load(text: str, lines: Lines, limits: Limits) -> tuple[object, Fault | None, bool]:
    """The value, what prevents it, and whether something in it has to be told of."""
    odd = False

    def pairs(members: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal odd
        value = dict(members)
        if len(value) != len(members):
            odd = True
        return value

    def number(written: str) -> float:
        nonlocal odd
        value = float(written)
        if isinf(value):
            odd = True
        return value

    fault = long_number(text, lines, limits) or too_many(text, lines, limits)
    if fault is not None:
        return None, fault, odd
    try:
        value = json.loads(text, object_pairs_hook=pairs, parse_float=number, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        return None, deeper(text, lines, limits) or explain(error, text, lines), odd
    except _WordError as error:
        return None, no_number(text, lines, str(error)), odd
    except ValueError:
        return None, lines.fault("limit", "a number has more digits than Python reads", 0), odd
    except RecursionError:
        # The C reader counts the levels and stops in time; which one was too much is then found without recursion.
        fault = deeper(text, lines, limits) or lines.fault("limit", "nested deeper than Python reads here", 0)
        return None, fault, odd
    return value, _beyond(value, text, lines, limits), odd


def _beyond(value: object, text: str, lines: Lines, limits: Limits) -> Fault | None:
    levels, nodes = measure(value)
    if levels > limits.depth:
        return deeper(text, lines, limits)
    if nodes > limits.nodes:
        return lines.fault("limit", f"more than {limits.nodes} values, long names weighed", 0)
    return None


class _WordError(Exception):
    """`NaN` or `Infinity`, which Python reads and JSON does not have."""


def _refuse(word: str) -> object:
    raise _WordError(word)
