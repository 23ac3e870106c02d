"""Values against JSON Schema, drafts 4 to 2020-12, judged as Ajv 8 with ajv-formats does; nothing is retrieved."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from integrationlint.dialects.json_schema_problems import compiled, inner, refused, soundness
from integrationlint.dialects.json_schema_refs import References, metaschema
from integrationlint.dialects.json_schema_run import Errors as Errors
from integrationlint.dialects.json_schema_run import MissingReference as MissingReference
from integrationlint.dialects.json_schema_run import Run
from integrationlint.dialects.json_schema_run import SchemaError as SchemaError
from integrationlint.dialects.json_schema_run import SchemaProblem as SchemaProblem
from integrationlint.dialects.json_schema_run import TooDeep as TooDeep
from integrationlint.dialects.json_schema_walk import check, planner

DIALECTS: Final = ("draft4", "draft6", "draft7", "draft2019-09", "draft2020-12")
_METASCHEMAS: Final[Mapping[str, str]] = {
    "draft4": "http://json-schema.org/draft-04/schema",
    "draft6": "http://json-schema.org/draft-06/schema",
    "draft7": "http://json-schema.org/draft-07/schema",
    "draft2019-09": "https://json-schema.org/draft/2019-09/schema",
    "draft2020-12": "https://json-schema.org/draft/2020-12/schema",
}
# The dialects whose metaschemas Ajv knows when it judges by one of them.
_OLDER: Final = ("draft4", "draft6", "draft7")
_KNOWN: Final[Mapping[str, tuple[str, ...]]] = {
    **{one: (one,) for one in ("draft4", "draft2019-09", "draft2020-12")},
    **dict.fromkeys(("draft6", "draft7"), _OLDER),
}
_STATED: Final = re.compile(r"https?://json-schema.org/(?:draft-0([467])|draft/(2019-09|2020-12))/(?:hyper-)?schema#?")


def dialect_of(address: Any) -> str:
    """The dialect that a `$schema` names; empty where it names none of `DIALECTS`."""
    found = _STATED.fullmatch(address) if isinstance(address, str) else None
    return f"draft{found[1] or found[2]}" if found else ""


class Schemas:
    """Schemas made ready once and used for many values; one is made for each document, since it holds what it has seen.

    A schema is known by its identity: it must not change as long as this lives.
    """

    __slots__ = ("_kept", "_planners", "_problems", "_references", "_sound")

    def __init__(self) -> None:
        """Know nothing yet."""
        self._planners: dict[str, Callable[[Any], Any]] = {}
        self._sound: dict[str, dict[int, frozenset[str] | None]] = {}
        self._problems: dict[tuple[str, int, bool], SchemaProblem | None] = {}
        self._references: dict[tuple[str, int], References] = {}
        self._kept: dict[int, Any] = {}

    def errors(self, schema: Any, value: Any, dialect: str = "draft7", *, every: bool = False) -> Errors:
        """What is wrong with a value: the first error, with those of alternatives that led to it, or every one.

        They come in the order of Ajv. SchemaProblem when the schema cannot be used, MissingReference among them, and
        when value and schema are too deep or too large to be judged. The value must be plain: dict, list, str, int,
        float, bool, None; parts of it may be shared.
        """
        problem = self.problem(schema, dialect, every=every)
        if problem is not None:
            raise problem
        return check(self._run(schema, dialect, every=every), schema, value, None, None)

    def problem(self, schema: Any, dialect: str = "draft7", *, every: bool = False) -> SchemaProblem | None:
        """Why a schema cannot be used; None where it can."""
        key = (dialect, id(schema), every)
        if key not in self._problems:
            self._kept[id(schema)] = schema
            self._problems[key] = self._found_problem(schema, dialect, every=every)
        return self._problems[key]

    def _run(self, schema: Any, dialect: str, *, every: bool, formats: bool = True) -> Run:
        resolve = self._known_references(schema, dialect).resolve
        return Run(check, self._planned(dialect), resolve, every=every, formats=formats)

    def _planned(self, dialect: str) -> Callable[[Any], Any]:
        if dialect not in self._planners:
            plans: dict[int, Any] = {}
            make, kept = planner(dialect), self._kept

            def plan(schema: Any) -> Any:
                known = plans.get(id(schema))
                if known is None:
                    kept[id(schema)] = schema
                    known = plans[id(schema)] = make(schema)
                return known

            self._planners[dialect] = plan
        return self._planners[dialect]

    def _known_references(self, schema: Any, dialect: str) -> References:
        key = (dialect, id(schema))
        if key not in self._references:
            self._kept[id(schema)] = schema
            self._references[key] = References(schema, _id_keyword(dialect), _addresses(dialect))
        return self._references[key]

    def _found_problem(self, schema: Any, dialect: str, *, every: bool) -> SchemaProblem | None:
        if not isinstance(schema, dict):
            return None if isinstance(schema, bool) else SchemaProblem("schema must be object or boolean")
        try:
            if not self._is_sound(schema, dialect):
                self._against_metaschema(schema, dialect, every=every)
                self._compile(schema, dialect)
        except SchemaProblem as problem:
            return problem
        return None

    def _is_sound(self, schema: dict[str, Any], dialect: str) -> bool:
        """Whether a look at every schema in it, and at those referred to, finds nothing that might be wrong."""
        stated = schema.get("$schema")
        if stated is not None and dialect_of(stated) != dialect:
            return False
        resolve = self._known_references(schema, dialect).resolve
        waiting, seen = [schema], {id(schema)}
        while waiting:
            references = self._below(waiting.pop(), dialect)
            if references is None:
                return False
            for reference in references:
                target, base, _ = resolve("", reference)
                if base:
                    return False
                if isinstance(target, dict) and id(target) not in seen:
                    seen.add(id(target))
                    waiting.append(target)
        return True

    def _below(self, schema: dict[str, Any], dialect: str) -> frozenset[str] | None:
        """The references of a schema and of all in it; None where one of them may not be sound."""
        known = self._sound.setdefault(dialect, {})
        sound = soundness(dialect)
        path: list[tuple[dict[str, Any], bool]] = [(schema, False)]
        while path:
            one, is_left = path.pop()
            if id(one) in known and not is_left:
                continue
            children = [child for child in inner(one) if isinstance(child, dict)]
            if not is_left:
                self._kept[id(one)] = one
                known[id(one)] = found = sound(one)
                if found is None:
                    known.update((id(above), None) for above, is_above in path if is_above)
                    return None
                path.append((one, True))
                path += [(child, False) for child in children if id(child) not in known]
                continue
            for child in children:
                below, own = known.get(id(child)), known[id(one)]
                known[id(one)] = None if below is None or own is None else own | below if below else own
        return known[id(schema)]

    def _against_metaschema(self, schema: dict[str, Any], dialect: str, *, every: bool) -> None:
        stated = schema.get("$schema")
        if stated is not None and not isinstance(stated, str):
            raise SchemaProblem("$schema must be a string")
        named = dialect_of(stated) if stated else dialect
        if named not in _KNOWN[dialect]:
            raise SchemaProblem(f'no schema with key or ref "{stated}"')
        judge = metaschema(_METASCHEMAS[named])
        run = _METASCHEMAS_READY._run(judge, named, every=every, formats=named == "draft6")
        try:
            found = check(run, judge, schema, None, None)
        except TooDeep:
            return
        if found:
            places = ("".join(f"/{segment}" for segment in one.path) for one in found)
            said = ", ".join(f"data{place} {one.message}" for place, one in zip(places, found, strict=True))
            raise SchemaProblem(f"schema is invalid: {said}")

    def _compile(self, schema: dict[str, Any], dialect: str) -> None:
        """Raise what Ajv does when it compiles; what is official it can compile."""
        resolve = self._known_references(schema, dialect).resolve
        waiting, seen = [(schema, "")], set[int]()
        while waiting:
            one, base = waiting.pop()
            if id(one) in seen or base.startswith(_addresses(dialect)):
                continue
            seen.add(id(one))
            said = refused(one, dialect)
            if said:
                raise SchemaProblem(said)
            if isinstance(one.get(_id_keyword(dialect)), str):
                base = resolve(base, one[_id_keyword(dialect)])[1]
            found = [(child, base) for child in compiled(one, dialect)]
            if isinstance(one.get("$ref"), str):
                found.insert(0, resolve(base, one["$ref"])[:2])
            waiting += [child for child in reversed(found) if isinstance(child[0], dict)]


def _id_keyword(dialect: str) -> str:
    return "id" if dialect == "draft4" else "$id"


def _addresses(dialect: str) -> tuple[str, ...]:
    return tuple(_METASCHEMAS[one].removesuffix("schema") for one in _KNOWN[dialect])


_METASCHEMAS_READY: Final = Schemas()
