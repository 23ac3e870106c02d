"""One value under one schema: what a keyword is given, what it finds, and what the way there may cost."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

Path = tuple[str | int, ...]
# A path as it grows: what leads to the parent and the last segment; None for the root.
Trail = tuple[Any, str | int] | None


class SchemaError(NamedTuple):
    """What is wrong with a value: where, by which keyword with which value, in the words and parameters of Ajv.

    `path` leads from the value as a whole to the place; `schema_path` from the schema to the keyword, where a `$ref` is
    followed by what it says; `schema` is the schema that has the keyword. For `false` that is `false schema`.
    """

    path: Path
    keyword: str
    value: Any
    message: str
    params: Mapping[str, Any]
    schema_path: Path
    schema: Any


class SchemaProblem(ValueError):  # noqa: N818 -- an error is what is wrong with a value
    """The schema cannot be used, for the reason given in the words of Ajv."""


class MissingReference(SchemaProblem):
    """A reference of the schema leads nowhere."""


class TooDeep(SchemaProblem):
    """Schema and value are too deep, or too large, to be judged."""


Errors = Sequence[SchemaError]
NONE: Final[Errors] = ()
_INDEX: Final = re.compile("0|[1-9][0-9]{0,8}")
MOST_STEPS: Final = 5_000_000
DEEPEST: Final = 150


@dataclass(slots=True)
class Run:
    """What is the same all along: whether every error is wanted, how to go on and resolve, what is left of the means.

    `check` looks at a value under a schema; `resolve` finds what a reference from a base means, the base there, and
    whether nothing in it refers to anything. `within` is true in an alternative, where an error does not end the run.
    `seen` are pairs of schema and value that fit. `dynamic` are the schemas that dynamic references lead to,
    `targets` the identities of those that other references do, where they refer on.
    """

    check: Callable[["Run", Any, Any, Trail, Trail], Errors]
    plan: Callable[[Any], Any]
    resolve: Callable[[str, str], tuple[Any, str, bool]]
    every: bool = False
    within: bool = False
    formats: bool = True
    base: str = ""
    depth: int = 0
    left: int = MOST_STEPS
    seen: set[tuple[int, int]] = field(default_factory=set)
    dynamic: dict[str, Any] = field(default_factory=dict)
    targets: set[int] = field(default_factory=set)


# A keyword at work: the run, the keyword's value, the value, the schema, and the trails to the value and the schema.
Keyword = Callable[[Run, Any, Any, Any, Trail, Trail], Errors]


def error(keyword: str, schema: Any, message: str, path: Trail, where: Trail, **params: Any) -> SchemaError:
    """An error of a keyword of a schema, at the ends of the two trails."""
    value = schema[keyword] if isinstance(schema, dict) and keyword in schema else schema
    return SchemaError(flat(path), keyword, value, message, params, (*flat(where), keyword), schema)


def keys(members: Mapping[str, Any]) -> list[str]:
    """The names of members in the order of JavaScript: those that are list indexes first, by number."""
    names = list(members)
    indexes = [one for one in names if one[:1].isdigit() and _INDEX.fullmatch(one)]
    if not indexes:
        return names
    taken = set(indexes)
    return [*sorted(indexes, key=int), *(one for one in names if one not in taken)]


def flat(trail: Trail) -> Path:
    """A trail as a path."""
    segments: list[str | int] = []
    while trail is not None:
        trail, segment = trail
        segments.append(segment)
    return tuple(reversed(segments))


def valid(run: Run, schema: Any, value: Any, path: Trail, where: Trail) -> bool:
    """Whether a value fits, as a question within a question: its errors do not count."""
    every, run.every = run.every, False
    try:
        return not alternative(run, schema, value, path, where)
    finally:
        run.every = every


def alternative(run: Run, schema: Any, value: Any, path: Trail, where: Trail) -> Errors:
    """What is wrong with a value under one of several schemas."""
    within, run.within = run.within, True
    try:
        return run.check(run, schema, value, path, where)
    finally:
        run.within = within
