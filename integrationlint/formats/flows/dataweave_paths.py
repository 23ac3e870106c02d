"""The fields that a DataWeave script reads and the keys that it writes, as far as its text tells."""

import re
from collections.abc import Iterator
from typing import Final

# Comments, keys, strings, selectors and brackets, in one pass. What is not closed goes on to the end, and nothing
# that was taken is given back, so that the pass is linear on any text.
_TOKEN: Final = re.compile(
    r"""
      (?P<skip>//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z))
    | (?P<key>(?:"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|[A-Za-z_]\w*+(?:\#\w++)?)\??(?=\s*+:(?!:)))
    | (?P<string>"(?:[^"\\]|\\[\s\S]?)*+(?:"|\Z)|'(?:[^'\\]|\\[\s\S]?)*+(?:'|\Z))
    | (?P<path>(?:\b[A-Za-z_]\w*+|\$)
        (?:[ ]?\.\.?[*@&^]?(?:\w++(?:\#\w++)?|"[^"\n]*+"|'[^'\n]*+')[?!]?|\[\s*+-?\d++\s*+\])*+)
    | (?P<open>[{(\[])
    | (?P<close>[})\]])
    """,
    re.VERBOSE,
)
_STEP: Final = re.compile(r"\.\.?[*@&^]?(?:(\w+)(?:#\w+)?|\"([^\"]*)\"|'([^']*)')")
_ITERATORS: Final = frozenset(
    "map filter flatMap groupBy orderBy distinctBy reduce pluck mapObject filterObject maxBy minBy sumBy countBy"
    " partition some every find".split()
)
# Those whose lambda only chooses or orders: the items stay what they were.
_KEEPING: Final = _ITERATORS - {"map", "flatMap", "mapObject", "reduce", "pluck"}
_LAMBDA: Final = re.compile(r"\s*+\(?\s*+\(\s*+([A-Za-z_]\w*)")
_ROOTS: Final = {"payload": "", "vars": "vars.", "attributes": "attributes.", "flowVars": "vars.", "error": "error."}
_MEL: Final = re.compile(r"\bmessage\.payload\b")
_INTERPOLATED: Final = re.compile(r"\$\(([^()]*)\)")
BODY: Final = "*"
_LONGEST: Final = 1_000_000
_LONGEST_PATH: Final = 400


def script_reads(script: str) -> tuple[str, ...]:
    """The paths that a script takes values from, in order: `customer.id` of the payload, `vars.order.id`.

    A lambda parameter after `map` and the like, and `$`, stand for an item of what is mapped.
    """
    text = _MEL.sub("payload", script[:_LONGEST])
    found: dict[str, None] = {}
    bound: dict[str, str] = {}
    mapped, keeping = "", False
    for token in _TOKEN.finditer(text):
        written = token["path"]
        if written is None:
            if token["string"]:
                found.update(dict.fromkeys(_interpolated(token["string"])))
            continue
        if written in _ITERATORS and mapped:
            bound["$"], keeping = mapped, written in _KEEPING
            parameter = _LAMBDA.match(text, token.end())
            if parameter is not None:
                bound[parameter[1]] = mapped
            continue
        path = _path(written, bound)
        if path and len(path) <= _LONGEST_PATH:
            found[path] = None
            if not (keeping and written.startswith("$")):
                mapped = path
    return tuple(found)


def _interpolated(string: str) -> Iterator[str]:
    """What `"… $(payload.id) …"` reads."""
    for inner in _INTERPOLATED.findall(string):
        for token in _TOKEN.finditer(inner):
            path = _path(token["path"], {}) if token["path"] else ""
            if path:
                yield path


def _path(written: str, bound: dict[str, str]) -> str:
    """The dotted path of a selector; empty when its root is nothing that a message holds."""
    root = re.split(r"[ .\[]", written, maxsplit=1)[0]
    steps = [plain or double or single for plain, double, single in _STEP.findall(written[len(root) :])]
    if root in bound:
        base = bound[root]
        return ".".join([base, *steps] if base != BODY else steps) or BODY
    prefix = _ROOTS.get(root)
    if prefix is None:
        return ""
    return prefix + (".".join(steps) or BODY)


def script_writes(script: str) -> tuple[str, ...]:
    """The dotted keys of the objects that the body of a script builds; `*` when it builds none."""
    body = script[:_LONGEST].rpartition("---")[2]
    found: dict[str, None] = {}
    # Each frame: the bracket, the path in front of its keys, and the path of the key whose value is being written.
    frames: list[list[str]] = [["", "", ""]]
    for token in _TOKEN.finditer(body):
        frame = frames[-1]
        if token["key"] and frame[0] == "{":
            name = token["key"].rstrip("?").strip("\"'").partition("#")[0]
            frame[2] = f"{frame[1]}.{name}" if frame[1] else name
            if len(frame[2]) > _LONGEST_PATH:
                frame[2] = frame[1]
            found[frame[2]] = None
        elif token["open"]:
            inner = frame[2]
            if token["open"] == "{":
                found.pop(inner, None)
            frames.append([token["open"], inner, inner])
        elif token["close"] and len(frames) > 1:
            frames.pop()
    return tuple(path for path in found if path) or (BODY,)
