"""Values as they are written: as text in a parameter or header, and as lines for people."""

import json
from collections.abc import Callable
from typing import Any, Final

from integrationlint.diff.json_routes import Path

_MARK: Final = "\ue000"


def readings(value: Any) -> list[Any]:
    """What a receiver may take a value for that is written as text, as it was meant first.

    `5` may be a number or a text, and a single value a list of one (OAS 3.1.1 section 4.8.12.3).
    """
    plain = [_each(value, one) for one in (lambda one: one, _parsed, _text)]
    others = [one[0] if isinstance(one, list) and len(one) == 1 else [one] for one in plain]
    return [*plain, *(one for one in others if not isinstance(one, dict))]


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """A list or an object is written as its values, which are never lists or objects."""
    if isinstance(value, list):
        return [one if isinstance(one, dict | list) else change(one) for one in value]
    if isinstance(value, dict):
        return {name: one if isinstance(one, dict | list) else change(one) for name, one in value.items()}
    return change(value)


def _parsed(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return value if isinstance(found, dict | list) else found


def _text(value: Any) -> Any:
    return value if isinstance(value, str) else json.dumps(value)


def shown(value: Any, path: Path) -> tuple[str, int]:
    """A value as JSON in lines, and the line (from 1) at which a place in it begins, 0 where there is no such place."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    try:
        marked = json.dumps(_marked(value, path), indent=2, ensure_ascii=False)
    except (KeyError, IndexError, TypeError):
        return text, 0
    before, found, _ = marked.partition(f'"{_MARK}"')
    return text, before.count("\n") + 1 if found else 0


def _marked(value: Any, path: Path) -> Any:
    if not path:
        return _MARK
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[path[0]] = _marked(value[path[0]], path[1:])  # type: ignore[index]
    return copied
