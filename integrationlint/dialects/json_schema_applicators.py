"""The keywords of JSON Schema that hold schemas, in the order and with the messages of Ajv 8."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from integrationlint.dialects.json_schema_assertions import dependent
from integrationlint.dialects.json_schema_patterns import javascript
from integrationlint.dialects.json_schema_run import (
    NONE,
    Errors,
    Keyword,
    Run,
    SchemaError,
    Trail,
    alternative,
    error,
    keys,
    valid,
)

# A child to look at: its schema, its value and the trails to both.
_Child = tuple[Any, Any, Trail, Trail]
_PROPERTY_DEPENDENCIES: Final = dependent("dependencies")


def _all(run: Run, children: Sequence[_Child]) -> Errors:
    """The errors of children: of the first that has some, or of every one."""
    found: list[SchemaError] = []
    for schema, value, path, where in children:
        errors = run.check(run, schema, value, path, where)
        if errors:
            if not run.every:
                return errors
            found += errors
    return found


def _ref(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    target, base, alone = run.resolve(run.base, limit)
    before = run.base, run.within
    # What refers further is a function of its own in Ajv, which does not know where it is called.
    run.base, run.within = base, run.within and alone
    if not alone:
        run.targets.add(id(target))
    trail: Trail = None
    for segment in limit.partition("#")[2].split("/")[1:]:
        trail = (trail, segment)
    try:
        return run.check(run, target, value, path, trail)
    finally:
        run.base, run.within = before


def _dynamic_ref(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    anchor = limit.removeprefix("#")
    if anchor in run.dynamic:
        return run.check(run, run.dynamic[anchor], value, path, None)
    return _ref(run, limit, value, schema, path, where)


def _not(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    if not valid(run, limit, value, path, (where, "not")):
        return NONE
    return [error("not", schema, "must NOT be valid", path, where)]


def _any_of(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    found: list[SchemaError] = []
    here = (where, "anyOf")
    for index, one in enumerate(limit):
        errors = alternative(run, one, value, path, (here, index))
        if not errors:
            return NONE
        found += errors
    return [*found, error("anyOf", schema, "must match a schema in anyOf", path, where)]


def _one_of(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    found: list[SchemaError] = []
    passing: int | list[int] | None = None
    here = (where, "oneOf")
    for index, one in enumerate(limit):
        errors = alternative(run, one, value, path, (here, index))
        if errors:
            found += errors
        elif passing is None:
            passing = index
        else:
            passing = [passing, index] if isinstance(passing, int) else passing
            break
    if isinstance(passing, int):
        return NONE
    message = "must match exactly one schema in oneOf"
    return [*found, error("oneOf", schema, message, path, where, passingSchemas=passing)]


def _all_of(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    here = (where, "allOf")
    return _all(run, [(one, value, path, (here, index)) for index, one in enumerate(limit)])


def _if(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    if "then" not in schema and "else" not in schema:
        return NONE
    clause = "then" if valid(run, limit, value, path, (where, "if")) else "else"
    errors = run.check(run, schema.get(clause, True), value, path, (where, clause))
    if not errors or not (run.every or run.within):
        return errors
    return [*errors, error("if", schema, f'must match "{clause}" schema', path, where, failingKeyword=clause)]


def _property_names(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    found: list[SchemaError] = []
    for name in keys(value):
        errors = alternative(run, limit, name, path, (where, "propertyNames"))
        if errors:
            message = "property name must be valid"
            found += [*errors, error("propertyNames", schema, message, path, where, propertyName=name)]
            if not run.every:
                break
    return found


def _additional(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    if limit is True:
        return NONE
    named = schema.get("properties") or ()
    patterns = [javascript(one) for one in schema.get("patternProperties") or ()]
    extra = (
        name
        for name in keys(value)
        if name not in named and not any(one.is_found(name) is not False for one in patterns)
    )
    if limit is not False:
        here = (where, "additionalProperties")
        return _all(run, [(limit, value[name], (path, name), here) for name in extra])
    found = []
    for name in extra:
        message = "must NOT have additional properties"
        found.append(error("additionalProperties", schema, message, path, where, additionalProperty=name))
        if not run.every:
            break
    return found


def _dependencies(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    lists = {name: one for name, one in limit.items() if isinstance(one, list)}
    found = _PROPERTY_DEPENDENCIES(run, lists, value, schema, path, where)
    if found and not run.every:
        return found
    return [*found, *_schema_dependencies(run, limit, value, path, (where, "dependencies"))]


def _dependent_schemas(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    return _schema_dependencies(run, limit, value, path, (where, "dependentSchemas"))


def _schema_dependencies(run: Run, limit: Mapping[str, Any], value: Any, path: Trail, here: Trail) -> Errors:
    wanted = ((name, one) for name, one in limit.items() if name in value and not isinstance(one, list))
    return _all(run, [(one, value, path, (here, name)) for name, one in wanted])


def _properties(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    here = (where, "properties")
    return _all(run, [(limit[name], value[name], (path, name), (here, name)) for name in keys(limit) if name in value])


def _pattern_properties(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    here = (where, "patternProperties")
    return _all(
        run,
        [
            (one, value[name], (path, name), (here, pattern))
            for pattern, one in limit.items()
            for name in keys(value)
            if javascript(pattern).is_found(name)
        ],
    )


def _items(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    here = (where, "items")
    if isinstance(limit, list):
        return _tuple(run, limit, value, path, here)
    prefix = schema.get("prefixItems")
    if isinstance(prefix, list):
        return _rest("items", run, (limit, prefix), value, schema, (path, where))
    return _all(run, [(limit, one, (path, index), here) for index, one in enumerate(value)])


def _prefix_items(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    return _tuple(run, limit, value, path, (where, "prefixItems"))


def _tuple(run: Run, schemas: list[Any], value: list[Any], path: Trail, here: Trail) -> Errors:
    pairs = enumerate(zip(schemas, value, strict=False))
    return _all(run, [(one, item, (path, index), (here, index)) for index, (one, item) in pairs])


def _additional_items(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:
    first = schema.get("items")
    if not isinstance(first, list):
        return NONE
    return _rest("additionalItems", run, (limit, first), value, schema, (path, where))


def _rest(
    keyword: str, run: Run, schemas: tuple[Any, list[Any]], value: list[Any], schema: Any, at: tuple[Trail, Trail]
) -> Errors:
    """The items behind those that have schemas of their own."""
    limit, first = schemas
    path, where = at
    if limit is not False:
        behind = enumerate(value[len(first) :], len(first))
        return _all(run, [(limit, one, (path, index), (where, keyword)) for index, one in behind])
    if len(value) <= len(first):
        return NONE
    return [error(keyword, schema, f"must NOT have more than {len(first)} items", path, where, limit=len(first))]


def _contains(least: int, most: int | None, run: Run, value: Any, schema: Any, at: tuple[Trail, Trail]) -> Errors:
    path, where = at
    found: list[SchemaError] = []
    count = 0
    for index, one in enumerate(value if most is None or least <= most else ()):
        errors = alternative(run, schema["contains"], one, (path, index), (where, "contains"))
        found += errors
        count += not errors
        if count >= least and most is None:
            return NONE
    if count >= least and (most is None or count <= most):
        return NONE
    message = f"must contain at least {least} valid item(s)"
    params = {"minContains": least}
    if most is not None:
        message = f"must contain at least {least} and no more than {most} valid item(s)"
        params["maxContains"] = most
    own = error("contains", schema, message, path, where, **params)
    return [*found, own] if run.every or run.within else [own]


def _contains_one(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    return _contains(1, None, run, value, schema, (path, where))


def _contains_some(run: Run, limit: Any, value: Any, schema: Any, path: Trail, where: Trail) -> Errors:  # noqa: ARG001
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    return _contains(least, most, run, value, schema, (path, where))


APPLICATORS: Final[Mapping[str, Keyword]] = {
    "$ref": _ref,
    "$dynamicRef": _dynamic_ref,
    "$recursiveRef": _dynamic_ref,
    "not": _not,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "allOf": _all_of,
    "if": _if,
    "propertyNames": _property_names,
    "additionalProperties": _additional,
    "dependencies": _dependencies,
    "dependentSchemas": _dependent_schemas,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalItems": _additional_items,
    "prefixItems": _prefix_items,
    "items": _items,
    "contains": _contains_one,
}
COUNTED_CONTAINS: Final = _contains_some
