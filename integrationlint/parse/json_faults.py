"""What is wrong with a JSON text, where, and what to do about it."""

import json
import re
from collections.abc import Iterator
from itertools import repeat
from typing import Final

from integrationlint.model.document import Fault
from integrationlint.model.limits import Limits
from integrationlint.model.location import weight
from integrationlint.parse.json_tokens import TOKEN
from integrationlint.parse.places import Layout
from integrationlint.parse.text import Lines

# An escaped backslash, a pair of surrogates, and as the only group a surrogate by itself (RFC 8259 section 8.2).
_SURROGATE: Final = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_MESSAGES: Final = (
    ("Expecting ',' delimiter", "',' or a closing bracket is expected here"),
    ("Expecting ':' delimiter", "':' is expected here"),
    ("Expecting property name", "a name in double quotes is expected here"),
    ("Expecting value", "a value is expected here"),
    ("Extra data", "nothing may follow the end of the value"),
    ("Unterminated string", "the string that opens here is never closed"),
    ("Invalid control character", "a line break or tab in a string has to be written as an escape, \\n or \\t"),
    ("Invalid \\u", "four hexadecimal digits are expected after \\u"),
    ("Invalid \\", "this is no escape of JSON: double the backslash"),
)


def explain(error: json.JSONDecodeError, text: str, lines: Lines) -> Fault:
    """What the reader met, in words that help."""
    at = error.pos
    rest = text[at : at + 2]
    if not text.strip():
        at, message = 0, "the file is empty: a JSON value is expected"
    elif error.msg.startswith("Illegal trailing comma") or (
        rest[:1] in ("}", "]") and text[:at].rstrip().endswith(",") and error.msg.startswith("Expecting")
    ):
        message = "JSON has no comma after the last item: remove it"
    elif rest in ("//", "/*") or rest[:1] == "#":
        message = "JSON has no comments: remove it"
    elif rest[:1] == "'":
        message = "JSON takes double quotes"
    elif not rest and not error.msg.startswith("Unterminated"):
        message = "the file ends here, before the value does"
    else:
        message = next((ours for words, ours in _MESSAGES if error.msg.startswith(words)), error.msg)
    return lines.fault("syntax", message, at)


def no_number(text: str, lines: Lines, word: str) -> Fault:
    """`NaN` or `Infinity` instead of a number."""
    found = next((token for token in TOKEN.finditer(text) if token[0] == word), None)
    span = found.span() if found else (0, 1)
    return lines.fault("syntax", f"{word} is no number of JSON: leave it out, or write null", *span)


def measure(value: object) -> tuple[int, int]:
    """How many levels lists and dicts are nested, and how many nodes there are, weighed by how long pointers get."""
    levels = nodes = 0
    level = [(value, 0)] if isinstance(value, dict | list) else []
    while level:
        levels += 1
        below: list[tuple[dict[str, object] | list[object], int]] = []
        for container, path in level:
            nodes += len(container) * weight(path)
            members = container.items() if isinstance(container, dict) else zip(repeat("/"), container, strict=False)
            below += [(one, path + len(name)) for name, one in members if type(one) is dict or type(one) is list]
        level = below
    return levels, nodes


def deeper(text: str, lines: Lines, limits: Limits) -> Fault | None:
    """Where the nesting goes beyond the limit, or the error that stands before that place; None where it does not."""
    levels = at = 0
    for token in TOKEN.finditer(text):
        levels += (token.lastindex == 2) - (token.lastindex == 3)
        if levels > limits.depth:
            at = token.start()
            break
    else:
        return None
    try:
        json.loads(text[:at])
    except json.JSONDecodeError as error:
        if error.pos < at:
            return explain(error, text, lines)
    except ValueError:
        pass
    return lines.fault("limit", f"nested deeper than the limit of {limits.depth} levels", at)


def too_many(text: str, lines: Lines, limits: Limits) -> Fault | None:
    """More values than the limit: counted by what separates them, first roughly, then without what is in strings."""
    if _separators(text) > limits.nodes:
        outside = "".join(text.replace("\\\\", "").replace('\\"', "").split('"')[::2])
        if _separators(outside) > limits.nodes:
            return lines.fault("limit", f"more than {limits.nodes} values", 0)
    return None


def _separators(text: str) -> int:
    return text.count(",") + text.count("[") + text.count("{")


def long_number(text: str, lines: Lines, limits: Limits) -> Fault | None:
    """A number with more digits than the limit."""
    step = limits.digits + 1
    run = re.compile(f"(?<![0-9])[0-9]{{{step}}}")
    # So many digits in a row cover a multiple of their count: the text need not be searched in between.
    suspects = (at for at in range(0, len(text), step) if "0" <= text[at] <= "9")
    if not any(run.search(text, max(0, at - limits.digits), at + step) for at in suspects):
        return None
    for token in TOKEN.finditer(text):
        if token.lastindex is None and run.search(token[0]):
            return lines.fault("limit", f"the number has more than {limits.digits} digits", *token.span())
    return None


def surrogates(text: str, lines: Lines) -> tuple[str, list[Fault]]:
    """The text with each escape of a lone surrogate, which no file could hold, replaced by that of U+FFFD."""
    if "\\ud" not in text and "\\uD" not in text:
        return text, []
    faults: list[Fault] = []

    def replace(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[0]
        message = f"{found[0]} is half a character: it is read as U+FFFD"
        faults.append(lines.fault("encoding", message, *found.span(), fatal=False))
        return "\\ufffd"

    return _SURROGATE.sub(replace, text), faults


def duplicates(layout: Layout) -> Iterator[Fault]:
    """A fault for each key that its object has already."""
    for container, names in layout.keys.items():
        seen: set[str] = set()
        places = layout.places[container]
        for name, start, end in zip(names, places[::4], places[1::4], strict=True):
            if name in seen:
                message = f"the key {name!r} is written twice here: the last one counts"
                yield layout.lines.fault("duplicate-key", message, start, end, fatal=False)
            seen.add(name)


def infinite(text: str, lines: Lines) -> Iterator[Fault]:
    """A fault for each number beyond the range of a double."""
    for token in TOKEN.finditer(text):
        if token.lastindex is None and token[0][0] in "-0123456789" and abs(float(token[0])) == float("inf"):
            message = "the number is beyond the range of a double: it is read as infinity"
            yield lines.fault("limit", message, *token.span(), fatal=False)
