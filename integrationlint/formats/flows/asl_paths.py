"""The fields that a state reads, writes and sends: JSONPath and JSONata paths, keys of payload templates."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

# `$`, `$$`, `$name`, then `.field`, `['field']`, `[0]`, …; an opening bracket at the end makes it a function.
_PATH: Final = re.compile(
    r"(\$\$?)([A-Za-z_]\w*)?"
    r"((?:\.{1,2}(?:\*|[A-Za-z_]\w*(?:-\w+)*|`[^`\n]*`)|\[[^\[\]\n]*\])*)"
    r"(\()?"
)
_SEGMENT: Final = re.compile(r"\.([A-Za-z_][\w-]*)|\.`([^`]*)`|\[\s*['\"]([^'\"\]]*)['\"]\s*\]")
# Members of a state whose text is a path although its name does not end in `.$` (ASL, Paths).
_PATH_MEMBERS: Final = ("InputPath", "OutputPath", "ItemsPath", "SecondsPath", "TimestampPath")
_TEMPLATES: Final = ("Parameters", "ResultSelector", "ItemSelector", "Arguments", "Output", "Assign", "Items")
# What the root of a path means: the state input is the body; `result` is what the call of this state answered.
_STATES_ROOTS: Final = {"input": "", "result": "result.", "errorOutput": "error."}
BODY: Final = "*"


def state_reads(state: Mapping[object, object], *, jsonata: bool) -> tuple[str, ...]:
    """The paths that a state takes values from; the context object and function names are left out."""
    found: dict[str, None] = {}
    for name in (*_TEMPLATES, *_PATH_MEMBERS, "Choices"):
        template = state.get(name)
        if template is None:
            continue
        result = name == "ResultSelector"
        for text in _path_texts(template, whole=name in _PATH_MEMBERS, jsonata=jsonata):
            found.update(dict.fromkeys(_paths(text, jsonata=jsonata, result=result)))
    return tuple(found)


def state_writes(state: Mapping[object, object], *, jsonata: bool) -> tuple[str, ...]:
    """The paths that a state puts values at: where its result goes, with the keys that are known, and variables."""
    found: list[str] = []
    if jsonata:
        found.extend(keys_of(state["Output"]) if isinstance(state.get("Output"), dict) else ())
    else:
        found.extend(_result_writes(state))
    assigned = state.get("Assign")
    if isinstance(assigned, dict):
        found.extend(f"vars.{str(name).removesuffix('.$')}" for name in assigned)
    return tuple(dict.fromkeys(found))


def _result_writes(state: Mapping[object, object]) -> Iterator[str]:
    target = state.get("ResultPath", "$")
    if not isinstance(target, str) or not target.startswith("$"):
        return
    base = next(iter(_paths(target, jsonata=False, result=False)), BODY)
    shape = state.get("ResultSelector")
    if shape is None and state.get("Type") == "Pass":
        shape = state["Result"] if "Result" in state else state.get("Parameters")
    keys = list(keys_of(shape)) if isinstance(shape, dict) else []
    if keys:
        yield from (key if base == BODY else f"{base}.{key}" for key in keys)
    elif base != BODY or "ResultPath" in state:
        yield base


def keys_of(template: object) -> Iterator[str]:
    """The dotted paths of the leaves of a payload template, without the `.$` of dynamic members; lists are passed."""
    stack: list[tuple[str, object]] = [("", template)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, dict) and value:
            prefix = f"{path}." if path else ""
            stack.extend((f"{prefix}{str(name).removesuffix('.$')}", inner) for name, inner in reversed(value.items()))
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            stack.extend((path, one) for one in reversed(value) if isinstance(one, dict))
        elif path:
            yield path


def _path_texts(template: object, *, whole: bool, jsonata: bool) -> Iterator[str]:
    """The texts in a template that hold paths, in source order."""
    stack = [(whole, template)]
    while stack:
        dynamic, value = stack.pop()
        if isinstance(value, str):
            if dynamic or (jsonata and "{%" in value):
                yield value
        elif isinstance(value, dict):
            stack.extend((_dynamic(name), inner) for name, inner in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((dynamic, inner) for inner in reversed(value))


def _dynamic(name: object) -> bool:
    return isinstance(name, str) and (name.endswith((".$", "Path")) or name == "Variable")


def _paths(text: str, *, jsonata: bool, result: bool) -> Iterable[str]:
    found: dict[str, None] = {}
    for sigil, root, rest, call in _PATH.findall(text):
        if sigil == "$$" or (call and not rest):
            continue
        path = _normal(root, _segments(rest), jsonata=jsonata, result=result)
        if path:
            found[path] = None
    return found


def _segments(rest: str) -> list[str]:
    return [plain or quoted or bracketed for plain, quoted, bracketed in _SEGMENT.findall(rest)]


def _normal(root: str, segments: list[str], *, jsonata: bool, result: bool) -> str:
    if jsonata and root == "states":
        prefix = _STATES_ROOTS.get(segments[0]) if segments else None
        return "" if prefix is None else prefix + (".".join(segments[1:]) or BODY)
    if root:
        return ".".join(("vars", root, *segments))
    if jsonata:  # a bare `$` is the value at hand inside an expression, not the input
        return ""
    return ("result." if result else "") + (".".join(segments) or BODY)
