"""Whole documents against a schema of our own: jsonschema-rs says where something is wrong, the walk says what.

A document of some megabytes takes jsonschema-rs some milliseconds, and the walk seconds. So the walk is led to the
places that jsonschema-rs finds, and past all that is right.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from integrationlint.dialects.json_schema_quick import compiled
from integrationlint.dialects.json_schema_refs import References
from integrationlint.dialects.json_schema_run import NONE, Errors, Run, Trail
from integrationlint.dialects.json_schema_walk import check, planner

_DIALECT: Final = "draft2020-12"
# What fails by these may be wrong anywhere below; other failures are told where they are.
_BROAD: Final = frozenset(("anyOf", "oneOf", "not", "contains", "propertyNames", "dependentSchemas"))


@dataclass(frozen=True, slots=True)
class Judge:
    """A schema of draft 2020-12 made ready: what decides, and what the walk asks of it."""

    schema: Any
    validator: Any
    plan: Callable[[Any], Any]
    references: References


def judge(schema: Any) -> Judge:
    """A schema made ready for documents. It is trusted, and must not change as long as the judge lives."""
    plans: dict[int, Any] = {}
    make = planner(_DIALECT)

    def plan(one: Any) -> Any:
        known = plans.get(id(one))
        if known is None:
            known = plans[id(one)] = make(one)
        return known

    return Judge(schema, compiled(schema, _DIALECT), plan, References(schema))


def every_error(judge: Judge, value: Any) -> Errors:
    """All that is wrong with a document, in the order and the words of Ajv; what `errorMessage` says is said instead.

    SchemaProblem when it is too deep to be judged.
    """
    touched = _touched(judge.validator, value)
    if not touched:
        return NONE

    def at_touched(run: Run, schema: Any, one: Any, path: Trail, where: Trail) -> Errors:
        # A question within the question (if, not, contains) is not about what is wrong, and is asked in full.
        if run.every and not run.within and isinstance(one, dict | list) and id(one) not in touched:
            return NONE
        return check(run, schema, one, path, where)

    run = Run(at_touched, judge.plan, judge.references.resolve, every=True)
    return at_touched(run, judge.schema, value, None, None)


def _touched(validator: Any, value: Any) -> set[int]:
    """The identities of all containers that hold something wrong, and of the value if it is wrong itself."""
    try:
        if validator.is_valid(value):
            return set()
        found = [(one.instance_path, one.schema_path) for one in validator.iter_errors(value)]
    except ValueError:
        # No JSON: infinite numbers, or nested too deeply for jsonschema-rs.
        return {id(value), *_below(value)}
    touched = {id(value)}
    for path, keywords in found:
        node = value
        for step in path:
            # A name that is a number comes as one.
            node = node[str(step)] if isinstance(node, dict) else node[step]
            touched.add(id(node))
        if _BROAD.intersection(map(str, keywords)):
            touched |= _below(node)
    return touched


def _below(value: Any) -> set[int]:
    found: set[int] = set()
    waiting: list[Any] = [value]
    while waiting:
        node = waiting.pop()
        children: Iterable[Any] = node.values() if isinstance(node, Mapping) else node if isinstance(node, list) else ()
        for one in children:
            if isinstance(one, dict | list) and id(one) not in found:
                found.add(id(one))
                waiting.append(one)
    return found
