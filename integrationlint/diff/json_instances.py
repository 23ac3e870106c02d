"""The smallest values that lowered schemas allow, as far as can be seen: examples to be tried, not promises."""

from typing import Any, Final

from integrationlint.diff.json_merged import Merged, NoInstanceError, Schemas, merged
from integrationlint.diff.json_routes import UNDECLARED, Path
from integrationlint.diff.json_texts import FORMS, LONGEST, matching_text, stretched

_DEEPEST: Final = 20
_MOST_ITEMS: Final = 50
_TURNS: Final = 3
# What a schema is about that states no type.
_ABOUT: Final = {
    "object": ("properties", "required", "additionalProperties", "patternProperties", "minProperties"),
    "array": ("items", "prefixItems", "contains", "minItems", "maxItems"),
    "string": ("pattern", "format", "minLength", "maxLength"),
    "integer": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
}


class Maker:
    """Makes values of one set of schemas; `left` is how many it may still make."""

    def __init__(self, schemas: Schemas, left: int) -> None:
        """Take the schemas by number, and how many values may be made of them, members and items included."""
        self.schemas = schemas
        self.left = left

    def smallest(self, schema: Any, depth: int = 0, turn: int = 0) -> Any:
        """A small value; NoInstanceError where none is found."""
        for other in range(turn, turn + _TURNS):
            try:
                return self.of(merged(schema, self.schemas, turn=other), depth)
            except NoInstanceError:
                continue
        raise NoInstanceError

    def of(self, said: Merged, depth: int = 0, kind: str = "") -> Any:
        """A small value, of a kind where one is named."""
        self.left -= 1
        if self.left < 0 or depth > _DEEPEST:
            raise NoInstanceError
        facts = said.facts
        if not kind and "const" in facts:
            return facts["const"]
        if not kind and facts.get("enum"):
            return facts["enum"][0]
        kind = kind or _kind(said)
        if kind == "object":
            return self._object(said, depth)
        if kind == "array":
            least = facts.get("minContains", 1) if "contains" in facts else 0
            return self.items(said, max(facts.get("minItems", 0), least), depth)
        return {"string": _text, "integer": _number, "number": _number}.get(kind, _plain)(facts, kind)

    def _object(self, said: Merged, depth: int) -> dict[str, Any]:
        names = dict.fromkeys(said.beside(said.facts.get("required", ())))
        least = min(said.facts.get("minProperties", 0), _MOST_ITEMS)
        others = iter([*said.names(), *(f"{UNDECLARED}{number or ''}" for number in range(least))])
        while len(names) < least:
            names[next(others)] = None
        return {name: self.smallest(said.member(name), depth + 1) for name in names}

    def items(self, said: Merged, count: int, depth: int = 0, contained: int = -1) -> list[Any]:
        """So many items, each another one where all must be, as many `contained` as must or are asked for.

        NoInstanceError where they are too many.
        """
        if count > _MOST_ITEMS:
            raise NoInstanceError
        least = contained if contained >= 0 else said.facts.get("minContains", 1)
        places = range(count)
        found = [self.smallest(said.item(place, contained=place < least), depth + 1) for place in places]
        return [_varied(one, place) for place, one in enumerate(found)] if said.facts.get("uniqueItems") else found

    def inside(self, schema: Any, path: Path, value: Any, forced: frozenset[str], turn: int) -> Any:
        """The smallest value with another one at some place in it. NoInstanceError where there is no such place."""
        if not path:
            return value
        if len(path) > _DEEPEST:
            raise NoInstanceError
        said = merged(schema, self.schemas, forced, turn)
        step = path[0]
        if isinstance(step, str):
            inner = self.inside(said.member(step), path[1:], value, forced, turn)
            return {**self.of(said, len(path), "object"), step: inner}
        inner = self.inside(said.item(step, contained=step == 0), path[1:], value, forced, turn)
        count = max(step + 1, int(said.facts.get("minItems", 0)))
        found = self.items(said, count, len(path))
        return [*found[:step], inner, *found[step + 1 :]]

    def there(self, schema: Any, path: Path, forced: frozenset[str], turn: int) -> Any:
        """The schema of a place in a value."""
        for step in path:
            said = merged(schema, self.schemas, forced, turn)
            schema = said.member(step) if isinstance(step, str) else said.item(step, contained=step == 0)
        return schema


def _kind(said: Merged) -> str:
    types = said.facts.get("type")
    if types:
        return str(types[0])
    return next((kind for kind, names in _ABOUT.items() if any(name in said.facts for name in names)), "string")


def _plain(_facts: Any, kind: str) -> Any:
    return True if kind == "boolean" else None


def _text(facts: Any, _kind: str) -> str:
    if facts.get("format") in FORMS:
        return FORMS[facts["format"]]
    if "pattern" in facts:
        samples = [one for one in facts.get("examples", ()) if isinstance(one, str)]
        found = matching_text(facts["pattern"])
        return samples[0] if samples else stretched(found or "", facts.get("minLength", 0))
    return stretched("a", facts.get("minLength", 0))[: facts.get("maxLength", LONGEST)]


def _number(facts: Any, kind: str) -> Any:
    """The number next to 1 that the bounds and the step allow."""
    step = facts.get("multipleOf", 1 if kind == "integer" else 0.5)
    low, high = facts.get("minimum"), facts.get("maximum")
    if "exclusiveMinimum" in facts:
        low = max(facts["exclusiveMinimum"] + step, low if low is not None else facts["exclusiveMinimum"])
    if "exclusiveMaximum" in facts:
        high = min(facts["exclusiveMaximum"] - step, high if high is not None else facts["exclusiveMaximum"])
    value = 1 if low is None or low <= 1 else low
    value = value if high is None or value <= high else high
    if "multipleOf" in facts:
        value = value // step * step
        value += step if low is not None and value < low else 0
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _varied(value: Any, index: int) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    return (
        value + index
        if isinstance(value, int | float)
        else f"{value}{index or ''}"
        if isinstance(value, str)
        else value
    )
