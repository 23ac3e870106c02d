"""What is wrong with an OpenAPI document, in words: an error of its metaschema, and where it is."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from integrationlint.checks.specification_names import Condition, elsewhere, known, node
from integrationlint.checks.specification_places import TYPES, Judged, object_name, place, pointer, shown, what, who
from integrationlint.model.errors import did_you_mean
from integrationlint.model.location import child

_FORMATS: Final = {"email": "e-mail address", "uri-reference": "URL", "uri": "URL"}
_FORMS: Final = {
    "host": ": the host alone, without scheme and path",
    "basePath": ": it begins with a slash",
    "openapi": ": the full version, such as 3.1.1",
}
_MOST_OPTIONS: Final = 12


class Violation(NamedTuple):
    """What is wrong, and where; `key` asks for the member name there.

    `missing` is a name that is not there, `meant` one that was misspelt. `rank` decides between two at one place: the
    lowest is told. `hinges` are the names whose values decide whether this is wrong at all.
    """

    text: str
    pointer: str
    key: bool | None = None
    missing: str = ""
    meant: str = ""
    rank: int = 0
    hinges: tuple[str, ...] = ()


def violations(judged: Judged, error: Any, like: tuple[Any, ...]) -> Iterator[Violation]:
    """What one error says, with its like in other alternatives; nothing for what other rules tell better."""
    say = _SAID.get(error.kind.name, _other)
    yield from say(judged, error, like)


def _type(judged: Judged, error: Any, like: tuple[Any, ...]) -> Iterator[Violation]:
    wanted = list(dict.fromkeys(one for each in (error, *like) for one in each.kind.types))
    names = [TYPES[one] for one in TYPES if one in wanted and not (one == "integer" and "number" in wanted)]
    value, last = place(judged, error)[1], str(error.instance_path[-1:])
    more = ""
    if wanted == ["string"] and isinstance(value, int | float | bool):
        more = "; put it in quotes"
    elif wanted == ["string"] and isinstance(value, list) and "type" in last:
        more = "; lists of types are of OpenAPI 3.1 and later"
    text = f"{what(judged, error)} must be {' or '.join(names)}, not {shown(value)}{more}"
    yield Violation(text, pointer(place(judged, error)[0]), key=False)


def _options(judged: Judged, error: Any, like: tuple[Any, ...]) -> Iterator[Violation]:
    found: dict[str, None] = {}
    for one in (error, *like):
        values = one.kind.options if one.kind.name == "enum" else [one.kind.expected_value]
        found |= {shown(value).strip("'"): None for value in values}
    value = place(judged, error)[1]
    if "true" in found and len(found) == 1 and error.instance_path[-1] == "required":
        return  # a rule of its own tells that path parameters are required
    listed = ", ".join(list(found)[:_MOST_OPTIONS]) + (", …" if len(found) > _MOST_OPTIONS else "")
    wanted = f"one of {listed}" if len(found) > 1 else listed
    hint = did_you_mean(value, frozenset(found)) if isinstance(value, str) else ""
    # A number that should have been a text looks the same in YAML.
    quoted = "; put it in quotes" if not isinstance(value, str) and shown(value) in found else ""
    text = f"{what(judged, error)} must be {wanted}, not {shown(value)}{hint}{quoted}"
    yield Violation(text, pointer(place(judged, error)[0]), key=False, rank=1)


def _required(judged: Judged, error: Any, like: tuple[Any, ...]) -> Iterator[Violation]:
    if not isinstance(place(judged, error)[1], dict):
        return
    names = list(dict.fromkeys(one.kind.property for one in (error, *like)))
    if not set(names).isdisjoint(_TOLD.get(object_name(error), ())):
        return
    wanted = f"one of {', '.join(repr(one) for one in names)}" if len(names) > 1 else f"'{names[0]}'"
    missing = names[0] if len(names) == 1 else ""
    yield Violation(f"{who(judged, error)} needs {wanted}", pointer(place(judged, error)[0]), missing=missing)


# What other rules say better, by the object that needs it.
_TOLD: Final[Mapping[str, frozenset[str]]] = {
    "info": frozenset({"title", "version"}),
    "document": frozenset({"info"}),
    "parameter": frozenset({"required"}),
    "variable": frozenset({"default"}),
}


def _unknown(judged: Judged, error: Any, _like: tuple[Any, ...]) -> Iterator[Violation]:
    object_ = object_name(error)
    names = known(judged.schema, node(judged.schema, error.schema_path[:-1]))
    for name in error.kind.unexpected:
        at = pointer([*place(judged, error)[0], name])
        if object_ == "responses":
            continue  # a rule of its own tells what no status code is
        if object_ == "paths":
            yield Violation(f"the path {shown(name)} must begin with a slash", at, key=True)
        elif not names:
            yield _no_name(judged, error, name)
        elif name in names:
            yield from _misplaced(judged, error, name, names[name])
        else:
            yield _stranger(judged, error, name, names)


def _misplaced(judged: Judged, error: Any, name: str, conditions: set[Condition]) -> Iterator[Violation]:
    """A name that is known, under conditions; where one holds something else is wrong, and said already."""
    path, whole = place(judged, error)
    if any(all(one in whole and value in (None, whole[one]) for one, value in each) for each in conditions):
        return
    said = sorted(
        {f"where '{one}' is {value}" if value else f"beside '{one}'" for each in conditions for one, value in each}
    )
    text = f"{shown(name)} is not for this {object_name(error)}, only {' or '.join(said)}"
    hinges = tuple(sorted({one for each in conditions for one, _ in each}))
    yield Violation(text, pointer([*path, name]), key=True, hinges=hinges)


def _stranger(judged: Judged, error: Any, name: str, names: Iterable[str]) -> Violation:
    where = elsewhere(name, judged.version, object_name(error))
    hint = where or did_you_mean(name, frozenset(names))
    meant = hint.partition("'")[2].partition("'")[0] if not where else ""
    text = f"unknown property {shown(name)}{hint or f' in {who(judged, error)}'}"
    return Violation(text, pointer([*place(judged, error)[0], name]), key=True, meant=meant)


def _not(judged: Judged, error: Any, _like: tuple[Any, ...]) -> Iterator[Violation]:
    if not isinstance(place(judged, error)[1], dict):
        return
    at, path = pointer(place(judged, error)[0]), error.schema_path
    found = node(judged.schema, path)
    parts = found if isinstance(found, list) else [found]
    beside = [str(path[-2])] if path[-3:-2] == ["dependentSchemas"] else []
    names = beside + [name for one in parts if isinstance(one, dict) for name in one.get("required", ())]
    if len(names) == 1:
        yield Violation(f"{shown(names[0])} is not for this {object_name(error)}", child(at, names[0]), key=True)
    elif names:
        listed = " and ".join(map(shown, names))
        yield Violation(f"{listed} exclude each other", child(at, names[-1]), key=True)
    else:
        yield from _other(judged, error, ())


def _false(judged: Judged, error: Any, _like: tuple[Any, ...]) -> Iterator[Violation]:
    yield Violation(f"{what(judged, error)} cannot stand here", pointer(place(judged, error)[0]), key=True)


def _form(judged: Judged, error: Any, _like: tuple[Any, ...]) -> Iterator[Violation]:
    path, value = place(judged, error)
    form = _FORMATS.get(getattr(error.kind, "format", ""))
    # Patterns and references are the business of rules of their own.
    if error.kind.name == "format" and (form is None or path[-1:] == ["$ref"]):
        return
    text = f"{what(judged, error)}: {shown(value)} is no {form}" if form else ""
    last = str(path[-1]) if path else ""
    text = text or f"{what(judged, error)}: {shown(value)} has not the form that is wanted here{_FORMS.get(last, '')}"
    yield Violation(text, pointer(path), key=False)


def _names(judged: Judged, error: Any, _like: tuple[Any, ...]) -> Iterator[Violation]:
    yield _no_name(judged, error, str(error.kind.error.instance))


def _no_name(judged: Judged, error: Any, name: str) -> Violation:
    path = place(judged, error)[0]
    text = f"{shown(name)} is no name that can stand here"
    if name == "$ref":
        text = f"'$ref' cannot stand for all of {shown(path[-1])}: each of its members may be a reference"
    elif path[:1] == ["components"]:
        text = f"{shown(name)} is no name for a component: letters, digits, '.', '-' and '_' are"
    return Violation(text, pointer([*path, name]), key=True, rank=-1)


def _bound(judged: Judged, error: Any, _like: tuple[Any, ...]) -> Iterator[Violation]:
    limit = getattr(error.kind, "limit", None)
    kind, named, at = error.kind.name, what(judged, error), pointer(place(judged, error)[0])
    if kind in ("minProperties", "minItems"):
        yield Violation(f"{named} must not be empty", at)
    elif kind in ("maxProperties", "maxItems"):
        yield Violation(f"{named} has more than {limit} member{'s' if limit != 1 else ''}", at)
    elif kind == "exclusiveMinimum":
        yield Violation(f"{named} must be above {limit}, not {shown(place(judged, error)[1])}", at)


def _told(_judged: Judged, _error: Any, _like: tuple[Any, ...]) -> Iterator[Violation]:
    """Negative counts and repeated entries: rules of their own tell them."""
    return iter(())


def _other(judged: Judged, error: Any, _like: tuple[Any, ...]) -> Iterator[Violation]:
    text = f"{what(judged, error)} is not as the specification says"
    if error.instance_path[-1:] == ["parameters"]:  # of what it says of lists, all but this is told apart
        text = "'parameters' takes one parameter in 'querystring', and then none in 'query'"
    yield Violation(text, pointer(place(judged, error)[0]), rank=2)


_SAID: Final = {
    "type": _type,
    "enum": _options,
    "const": _options,
    "required": _required,
    "additionalProperties": _unknown,
    "unevaluatedProperties": _unknown,
    "not": _not,
    "oneOf": _not,
    "falseSchema": _false,
    "pattern": _form,
    "format": _form,
    "propertyNames": _names,
    **dict.fromkeys(("minProperties", "minItems", "maxProperties", "maxItems", "exclusiveMinimum"), _bound),
    **dict.fromkeys(("minimum", "uniqueItems"), _told),
}
