"""Values on which two schemas may differ: their own, what lies around their bounds, and odd ones."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from integrationlint.diff.json_instances import Maker
from integrationlint.diff.json_merged import Merged, NoInstanceError, merged
from integrationlint.diff.json_routes import UNDECLARED
from integrationlint.diff.json_texts import FORMS, around, matching_text, only_one
from integrationlint.diff.sets import is_number

_KINDS: Final = ("string", "integer", "number", "boolean", "null", "object", "array")
_PLAIN: Final = ("a", "", 1, 0, -1, 0.5, True, None, 2**31, 2**63)
_BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
# Names that nobody declares, and that rules for names may not allow.
_ODD_NAMES: Final = (UNDECLARED, "Extra 1", "0", "")
_MOST_NAMES: Final = 40
_MOST_LISTED: Final = 20
_MOST_MEMBERS: Final = 30


class Side(NamedTuple):
    """What one side says of a value, and the maker of its values."""

    said: Merged
    maker: Maker


def values(sides: tuple[Side, Side]) -> Iterator[Any]:
    """Values that the first side may allow and the second may not."""
    mine, yours = sides[0].said, sides[1].said
    for kind in mine.facts.get("type", _KINDS):
        yield from _tried(partial(sides[0].maker.of, mine, 0, kind))
    for said in (mine, yours):
        for name in ("enum", "examples"):
            yield from said.facts.get(name, ())[:_MOST_LISTED]
        yield from (said.facts[name] for name in ("const", "default") if name in said.facts)
    yield from _numbers(mine, yours)
    yield from _texts(mine, yours)
    yield from _PLAIN
    if "object" in mine.facts.get("type", _KINDS):
        yield from _objects(sides)
    if "array" in mine.facts.get("type", _KINDS):
        yield from _arrays(mine, yours, sides[0].maker)


def _tried(make: Callable[[], Any]) -> Iterator[Any]:
    try:
        yield make()
    except NoInstanceError:
        return


def _numbers(mine: Merged, yours: Merged) -> Iterator[Any]:
    limits = [said.facts[name] for said in (mine, yours) for name in _BOUNDS if name in said.facts]
    steps = [said.facts["multipleOf"] for said in (mine, yours) if "multipleOf" in said.facts]
    for limit in limits:
        for step in (0, 1, 0.5, *steps):
            yield from (limit - step, limit + step)
    yield from steps
    yield from (steps[0] * number for number in (2, 3, 5, 7) if steps)


def _texts(mine: Merged, yours: Merged) -> Iterator[str]:
    both = (mine.facts, yours.facts)
    yield from (FORMS[facts["format"]] for facts in both if facts.get("format") in FORMS)
    patterns = [facts.get("pattern") for facts in both]
    found = [matching_text(one) for one in patterns if one is not None]
    if patterns[0] is not None and patterns[1] is not None:
        found.append(only_one(patterns[0], patterns[1]))
    known = [one for one in found if one is not None]
    yield from known
    limits = [facts[name] for facts in both for name in ("minLength", "maxLength") if name in facts]
    yield from around(limits, (known or ["a"])[0])


def _objects(sides: tuple[Side, Side]) -> Iterator[Any]:
    mine, yours = sides[0].said, sides[1].said
    for smallest in _tried(partial(sides[0].maker.of, mine, 0, "object")):
        names = dict.fromkeys([*yours.facts.get("required", ()), *mine.names(), *yours.names()])
        full = _full(sides, smallest, list(names)[:_MOST_NAMES])
        for name in [*[*names][:_MOST_NAMES], *_odd_names(sides)]:
            if name in smallest:
                yield {key: value for key, value in smallest.items() if key != name}
            beside = {one: full[one] for one in mine.beside([name]) if one in full}
            yield from ({**smallest, **beside, name: value} for value in _members(sides, name))
        yield full
        wanted = {name: full[name] for name in yours.facts.get("required", ()) if name in full}
        yield {**smallest, **wanted}
        most = yours.facts.get("maxProperties", mine.facts.get("maxProperties", 0))
        if most < _MOST_MEMBERS:
            more = [
                one for one in (*full, *(f"{UNDECLARED}{number}" for number in range(most + 1))) if one not in smallest
            ]
            yield {**smallest, **{one: full.get(one, "a") for one in more[: most + 1 - len(smallest)]}}


def _odd_names(sides: tuple[Side, Side]) -> Iterator[str]:
    """Names that nobody declares, and some that only one side allows."""
    yield from _ODD_NAMES
    for said, _ in sides:
        yield from _by_pattern(said)
    rules = [
        merged({"allOf": [one["propertyNames"] for one in said.parts if "propertyNames" in one]}, maker.schemas)
        for said, maker in sides
    ]
    yield from _texts(rules[0], rules[1])


def _full(sides: tuple[Side, Side], smallest: dict[str, Any], names: list[str]) -> dict[str, Any]:
    found = dict(smallest)
    for name in names:
        for value in _members(sides, name):
            found.setdefault(name, value)
    return found


def _members(sides: tuple[Side, Side], name: str) -> Iterator[Any]:
    for side in sides:
        yield from _tried(partial(side.maker.smallest, side.said.member(name), 1))


def _by_pattern(said: Merged) -> Iterator[str]:
    for one in said.parts:
        yield from (text for pattern in one.get("patternProperties", ()) if (text := matching_text(pattern)))


def _arrays(mine: Merged, yours: Merged, maker: Maker) -> Iterator[Any]:
    names = ("minItems", "maxItems", "minContains", "maxContains")
    limits = [said.facts[name] for said in (mine, yours) for name in names if is_number(said.facts.get(name))]
    positions = [len(one.get("prefixItems", ())) for said in (mine, yours) for one in said.parts]
    near = {size + step for size in (*limits, *positions) for step in (0, 1, -1)}
    for count in sorted({0, 1, 2, *near} - {-1}):
        yield from _tried(partial(maker.items, mine, count))
        if "contains" in mine.facts or "contains" in yours.facts:
            yield from (one for size in (0, count) for one in _tried(partial(maker.items, mine, count, contained=size)))
