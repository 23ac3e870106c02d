"""The messages of rules: templates with `{{error}}`, `{{path}}` and the like, filled with what was found and where."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from integrationlint.dialects.javascript import UNDEFINED, Thrown, to_number, to_string

_PLACE: Final = re.compile(r"#?\{\{([^}\n]+)\}\}")
_UPPER: Final = re.compile(r"(\S+)\.toUpperCase\(\)")
_TOKEN: Final = re.compile(r"""\s*(?:"([^"\\]*)"|'([^'\\]*)'|([A-Za-z_]\w*)(\()?|(\d+(?:\.\d+)?)|([,+)]))\s*""")
# Words that Spectral takes for an attack, wherever they stand in an expression.
_REFUSED: Final = re.compile("constructor|process|require|global|mainModule|fs|child_process")
_SPACE: Final = re.compile(r"\s")
_DEEPEST: Final = 10


def fill(template: str, *, error: str, description: str, path: str, property: str, value: Any) -> str:
    """A template with its places filled: `{{name}}` by one of these, `#{{print("property")}}` by an expression.

    A name that is none of them leaves nothing, as does an expression that cannot be read (Spectral,
    docs/guides/4-custom-rulesets.md).
    """
    if "{{" not in template:
        return template
    known = {"error": error, "description": description, "path": path, "property": property, "value": value}

    def filled(place: re.Match[str]) -> str:
        if place[0][0] == "#":
            return _evaluated(place[1].strip(), known)
        return _text(known[place[1]]) if place[1] in known else ""

    return _PLACE.sub(filled, template)


def printed(value: Any) -> str:
    """A value as messages show it: primitives as JSON, others by their kind alone."""
    if isinstance(value, dict):
        return "Object{}"
    if isinstance(value, list):
        return "Array[]"
    if value is UNDEFINED:
        return "undefined"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return _text(value)


def printed_path(path: Sequence[str | int]) -> str:
    """A path as `{{path}}` shows it: a JSON Pointer in a URI fragment, `#/paths/~1pets`; `#` for the root."""
    return "#" + "".join("/" + _encoded(str(one)) for one in path)


def property_name(found: Sequence[str | int], asked: Sequence[str | int]) -> str:
    """What `{{property}}` stands for: the last segment of the path that was found, closest to the one asked for.

    Where that leads to nothing, what is missing with the name that should have it: `contact.email`, `[0].description`.
    """
    if len(asked) > len(found):
        return _decoded(_dotted([str(one) for one in asked[len(found) - 1 :]]))
    return str(found[-1]) if found else ""


def _dotted(segments: Sequence[str]) -> str:
    shown = ""
    for one in segments:
        if not one or _SPACE.search(one):
            shown += f"['{one}']"
        elif not math.isnan(to_number(one)):
            shown += f"[{one}]"
        else:
            shown += f".{one}" if shown else one
    return shown


def _encoded(segment: str) -> str:
    escaped = _decoded(segment).replace("~", "~0").replace("/", "~1")
    return quote(escaped, safe="!~*'()", errors="surrogatepass")


def _decoded(segment: str) -> str:
    return segment.replace("~1", "/").replace("~0", "~")


def _text(value: Any) -> str:
    try:
        return to_string(value)
    except Thrown:
        return ""


def _evaluated(expression: str, known: Mapping[str, Any]) -> str:
    if _REFUSED.search(expression):
        return ""
    expression = _UPPER.sub(r"toUpperCase(\1)", expression)
    tokens = list(_TOKEN.finditer(expression))
    if sum(len(one[0]) for one in tokens) != len(expression):
        return ""
    try:
        shown, at = _joined(tokens, 0, known, 0)
    except (LookupError, RecursionError):
        return ""
    return shown if at == len(tokens) else ""


def _joined(tokens: Sequence[re.Match[str]], at: int, known: Mapping[str, Any], depth: int) -> tuple[str, int]:
    """Terms put together, from a place up to the bracket that closes them. LookupError for what means nothing."""
    shown, at = _term(tokens, at, known, depth)
    while at < len(tokens) and tokens[at][6] in (",", "+"):
        term, at = _term(tokens, at + 1, known, depth)
        shown += term
    return shown, at


def _term(tokens: Sequence[re.Match[str]], at: int, known: Mapping[str, Any], depth: int) -> tuple[str, int]:
    double, single, name, call, number, other = tokens[at].groups()
    if other is not None or depth > _DEEPEST:
        raise LookupError(other)
    if name is None:
        return next(one for one in (double, single, number) if one is not None), at + 1
    if not call:
        return _text(known[name]), at + 1
    inner, at = _joined(tokens, at + 1, known, depth + 1)
    if at == len(tokens) or tokens[at][6] != ")":
        raise LookupError(name)
    return _CALLS[name](inner, known), at + 1


def _print(what: str, known: Mapping[str, Any]) -> str:
    if what == "property":
        name = known["property"]
        return f'"{name}" property ' if name != "" else "The document "
    if what == "value":
        return printed(known["value"])
    return _text(known[what]) if known.get(what) is not None else ""


def _upper(text: str, _: Mapping[str, Any]) -> str:
    return text.upper()


def _same(text: str, _: Mapping[str, Any]) -> str:
    return text


_CALLS: Final = {"print": _print, "toUpperCase": _upper, "concat": _same}
