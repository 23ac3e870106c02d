"""A value under a schema, keyword by keyword in the order of Ajv 8, so that the first error is the one it reports."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from integrationlint.dialects.json_schema_applicators import APPLICATORS, COUNTED_CONTAINS
from integrationlint.dialects.json_schema_assertions import ASSERTIONS, OLD_LIMITS
from integrationlint.dialects.json_schema_messages import reworded
from integrationlint.dialects.json_schema_run import (
    DEEPEST,
    NONE,
    Errors,
    Keyword,
    Run,
    SchemaError,
    SchemaProblem,
    TooDeep,
    Trail,
    error,
)
from integrationlint.dialects.json_schema_unevaluated import UNEVALUATED

_KINDS: Final[Mapping[type, str]] = {
    dict: "object",
    list: "array",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    type(None): "null",
}
# The keywords of each kind of value, in order; `format` is one of two kinds.
_ANY: Final = ("$ref", "const", "enum", "not", "anyOf", "oneOf", "allOf", "if")
_NUMBERS: Final = ("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf", "format")
_TEXTS: Final = ("maxLength", "minLength", "pattern", "format")
_ARRAYS: Final = ("maxItems", "minItems", "additionalItems", "items", "contains", "uniqueItems")
_OBJECTS: Final = (
    *("maxProperties", "minProperties", "required", "propertyNames", "additionalProperties", "dependencies"),
    *("properties", "patternProperties"),
)
_KEYWORDS: Final = {**ASSERTIONS, **APPLICATORS, **UNEVALUATED}


class Group(NamedTuple):
    """The keywords for one kind of value, `""` for every kind."""

    kind: str
    keywords: Mapping[str, Keyword]


class Plan(NamedTuple):
    """A schema made ready: its types, whether they come first, and its keywords with their values by kind of value.

    Under `""` are the keywords for every kind; what is for other kinds is worked out when such a value comes.
    """

    types: tuple[str, ...]
    first: bool
    steps: dict[str, tuple[tuple[Keyword, Any], ...]]
    groups: tuple[tuple[str, tuple[tuple[Keyword, Any], ...]], ...]
    anchor: str
    id: str


def _groups(names: Sequence[tuple[str, Sequence[str]]], **other: Keyword) -> tuple[Group, ...]:
    known = {**_KEYWORDS, **other}
    return tuple(Group(kind, {name: known[name] for name in keywords}) for kind, keywords in names)


_LATER_OBJECTS: Final = (*_OBJECTS, "dependentRequired", "dependentSchemas", "unevaluatedProperties")
_DYNAMIC: Final = ("$dynamicRef", "$recursiveRef", *_ANY)
_DRAFT_7: Final = _groups(
    (("", _ANY), ("number", _NUMBERS), ("string", _TEXTS), ("array", _ARRAYS), ("object", _OBJECTS))
)
GROUPS: Final[Mapping[str, tuple[Group, ...]]] = {
    "draft4": _groups(
        (
            ("", _ANY),
            ("number", ("maximum", "minimum", "multipleOf", "format")),
            ("string", _TEXTS),
            ("array", _ARRAYS),
            ("object", _OBJECTS),
        ),
        **OLD_LIMITS,
    ),
    "draft6": _DRAFT_7,
    "draft7": _DRAFT_7,
    "draft2019-09": _groups(
        (
            ("", _DYNAMIC),
            ("number", _NUMBERS),
            ("string", _TEXTS),
            ("array", (*_ARRAYS, "unevaluatedItems")),
            ("object", _LATER_OBJECTS),
        ),
        contains=COUNTED_CONTAINS,
    ),
    "draft2020-12": _groups(
        (
            ("", _DYNAMIC),
            ("number", _NUMBERS),
            ("string", _TEXTS),
            ("array", ("maxItems", "minItems", "prefixItems", "items", "contains", "uniqueItems", "unevaluatedItems")),
            ("object", _LATER_OBJECTS),
        ),
        contains=COUNTED_CONTAINS,
    ),
}


def planner(dialect: str) -> Callable[[Mapping[str, Any]], Plan]:
    """What makes schemas of a dialect ready."""
    groups = GROUPS[dialect]
    id_keyword = "id" if dialect == "draft4" else "$id"
    dynamic = dialect.startswith("draft20")

    def plan(schema: Mapping[str, Any]) -> Plan:
        types = types_of(schema)
        used = tuple(
            (group.kind, tuple((group.keywords[name], schema[name]) for name in group.keywords if name in schema))
            for group in groups
        )
        kinds = {kind for kind, keywords in used if keywords}
        anchor = schema.get("$dynamicAnchor", "" if schema.get("$recursiveAnchor") is True else None)
        identifier = schema.get(id_keyword)
        return Plan(
            types,
            not (len(types) == 1 and types[0] in kinds),
            {"": used[0][1]},
            tuple(one for one in used if one[1]),
            anchor if dynamic and isinstance(anchor, str) else "-",
            identifier if isinstance(identifier, str) else "",
        )

    return plan


def types_of(schema: Mapping[str, Any]) -> tuple[str, ...]:
    """The types that a schema allows, null with them where it is nullable. SchemaProblem where that makes no sense."""
    types = schema.get("type")
    types = tuple(types) if isinstance(types, list) else (types,) if isinstance(types, str) else ()
    nullable = schema.get("nullable")
    if "null" in types:
        if nullable is False:
            raise SchemaProblem("type: null contradicts nullable: false")
        return types
    if not types and "nullable" in schema:
        raise SchemaProblem('"nullable" cannot be used without "type"')
    return (*types, "null") if nullable is True else types


def check(run: Run, schema: Any, value: Any, path: Trail, where: Trail) -> Errors:
    """What is wrong with a value: the first error, with those that led to it, or every one."""
    if schema is True or (not isinstance(schema, dict) and schema is not False):
        return NONE
    if schema is False:
        return [error("false schema", schema, "boolean schema is false", path, where)]
    plan: Plan = run.plan(schema)
    if not plan.groups and not plan.types:
        return NONE
    pair = (id(schema), id(value)) if isinstance(value, dict | list) else None
    if pair in run.seen:
        return NONE
    _spend(run)
    before = run.base
    if plan.id:
        run.base = run.resolve(run.base, plan.id)[1]
    if plan.anchor != "-":
        run.dynamic.setdefault(plan.anchor, schema)
    try:
        found = _checked(run, plan, schema, value, (path, where))
    finally:
        run.depth -= 1
        run.base = before
    if not found and pair is not None and not run.dynamic:
        run.seen.add(pair)
    if found and run.every and "errorMessage" in schema:
        return reworded(schema, found, value, path, None if id(schema) in run.targets else where)
    return found


def _spend(run: Run) -> None:
    run.left -= 1
    run.depth += 1
    if run.depth > DEEPEST or run.left < 0:
        run.depth -= 1
        raise TooDeep("Maximum call stack size exceeded")


def _checked(run: Run, plan: Plan, schema: Any, value: Any, at: tuple[Trail, Trail]) -> Errors:
    kind = _KINDS.get(type(value), "string")
    found: list[SchemaError] = []
    steps = plan.steps.get(kind) or _steps(plan, kind)
    if plan.first and plan.types and not _is_of(plan.types, kind, value):
        found += _wrong_type(run, plan.types, value, schema, *at)
        if not run.every:
            # In an alternative Ajv still looks at the keywords for every kind of value.
            steps = plan.steps[""] if run.within else ()
    for keyword, limit in steps:
        errors = keyword(run, limit, value, schema, *at)
        if errors:
            found += errors
            if not run.every:
                break
    return found


def _steps(plan: Plan, kind: str) -> tuple[tuple[Keyword, Any], ...]:
    """The keywords for a kind of value. The type, where it does not come first, stands where those for it would."""
    steps: list[tuple[Keyword, Any]] = []
    for wanted, keywords in plan.groups:
        if wanted in ("", kind):
            steps += keywords
        elif not plan.first and wanted == plan.types[0]:
            steps.append((_wrong_type, plan.types))
    plan.steps[kind] = found = tuple(steps)
    return found


def _is_of(types: tuple[str, ...], kind: str, value: Any) -> bool:
    return kind in types or (kind == "number" and "integer" in types and value == value // 1)


def _wrong_type(_: Run, types: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    stated = schema["type"]
    # Ajv writes null into a list of types, not so to a single one.
    shown = stated if isinstance(stated, str) else ",".join(types)
    return [error("type", schema, f"must be {shown}", path, where, type=stated)]
