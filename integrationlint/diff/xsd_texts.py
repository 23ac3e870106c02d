"""Texts that a simple type of XML Schema takes, or nearly takes: examples to be tried, not promises."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from integrationlint.dialects.xsd_patterns import compared, example
from integrationlint.diff.shapes import Shape, canonical
from integrationlint.model.links import Links

Facts = Mapping[str, Any]
_LONGEST: Final = 300
_MOST: Final = 60
_LOW_FACTS: Final = ("minimum", "exclusiveMinimum")
_HIGH_FACTS: Final = ("maximum", "exclusiveMaximum")
# A text of each built-in type (XML Schema Part 2, section 3); whole numbers and texts are made to measure.
_EXAMPLES: Final = {
    "boolean": "true",
    "date": "2020-01-01",
    "dateTime": "2020-01-01T00:00:00",
    "dateTimeStamp": "2020-01-01T00:00:00Z",
    "time": "00:00:00",
    "duration": "P1D",
    "dayTimeDuration": "P1D",
    "yearMonthDuration": "P1Y",
    "gYear": "2020",
    "gYearMonth": "2020-01",
    "gMonth": "--01",
    "gMonthDay": "--01-01",
    "gDay": "---01",
    "base64Binary": "QQ==",
    "hexBinary": "41",
    "language": "en",
    "anyURI": "urn:a",
}
_NUMBERS: Final = frozenset(["integer", "number"])
_ZERO_AT_MOST: Final = {"xs:negativeInteger": -1, "xs:nonPositiveInteger": 0}
# Where types end, and what one takes and the next does not.
_OTHERS: Final = (
    *("", "a", "0", "1", "-1", "2", "1.5", "1E3", "INF", "128", "256", "32768", "65536", "2147483648", "4294967296"),
    *("9223372036854775808", "18446744073709551616", "true", "2020-01-01", "2020-01-01T00:00:00", "00:00:00", "P1D"),
    *("a b", " a ", "1 2", "a:b", "-", "é", "41", "QQ==", "P1M", "2020-01-01Z", "2020"),
)


def text_of(shape: Shape, links: Links, depth: int = 0) -> str:
    """A short text that the type very likely takes."""
    facts = shape.facts
    for fact in ("fixed", "enum"):
        value = facts.get(fact)
        if value:
            return str(value if isinstance(value, str) else value[0])
    if shape.items and depth < 5:
        item = text_of(canonical(next(iter(shape.items.values())), links), links, depth + 1)
        return " ".join([item] * min(int(facts.get("minLength", 1)), 20))
    if shape.choices and depth < 5:
        return text_of(canonical(shape.choices[0], links), links, depth + 1)
    pattern = _pattern(facts)
    found = example(pattern) if pattern is not None else None
    return _plain(facts) if found is None else _stretched(found, facts, pattern)


def _pattern(facts: Facts) -> str | None:
    found = facts.get("pattern")
    found = found[0] if isinstance(found, tuple) else found
    return found if isinstance(found, str) else None


def _stretched(text: str, facts: Facts, pattern: str | None) -> str:
    """A longer text of the same pattern, where that is as simple as saying the last character again."""
    least = facts.get("minLength", 0)
    while text and len(text) < min(least, _LONGEST):
        text += text[-1]
    return text if pattern is not None else text[: facts.get("maxLength", _LONGEST)]


def _plain(facts: Facts) -> str:
    kinds = facts.get("type", ())
    local = str(facts.get("base", "xs:string")).removeprefix("xs:")
    bound = next((str(facts[name]) for name in ("minimum", "maximum") if name in facts), None)
    if _NUMBERS & set(kinds if isinstance(kinds, tuple) else ()) or local in ("float", "double"):
        return _number(facts)
    if local in _EXAMPLES:
        return bound if bound is not None and local not in ("anyURI", "language") else _length(local, facts)
    return _stretched("a" if facts.get("maxLength") != 0 else "", facts, None)


def _length(local: str, facts: Facts) -> str:
    if local in ("hexBinary", "base64Binary") and facts.get("minLength"):
        return "41" * min(int(facts["minLength"]), _LONGEST) if local == "hexBinary" else _EXAMPLES[local]
    return _EXAMPLES[local]


def _number(facts: Facts) -> str:
    low, high = (_bound(facts, names, step) for names, step in ((_LOW_FACTS, 1), (_HIGH_FACTS, -1)))
    value: Any = 1 if low is None else max(low, 1)
    if high is not None and value > high:
        value = high
    value = min(value, _ZERO_AT_MOST.get(str(facts.get("base")), value))
    return str(value)


def _bound(facts: Facts, names: tuple[str, str], step: int) -> Any:
    for name, more in zip(names, (0, step), strict=True):
        value = facts.get(name)
        if isinstance(value, int | float):
            return value + more
    return None


def texts(mine: Shape, yours: Shape | None, links: Links) -> list[str]:
    """Texts on which two types may differ: their own values, what lies around their bounds, and odd ones."""
    both = [shape.facts for shape in (mine, yours) if shape is not None]
    found = dict.fromkeys([text_of(mine, links)])
    for facts in both:
        found |= dict.fromkeys(_from_facts(facts))
    patterns = [one for facts in both if (one := _pattern(facts)) is not None]
    found |= dict.fromkeys(_between(patterns))
    for part in (*mine.choices, *mine.items.values()):
        found |= dict.fromkeys(_from_facts(canonical(part, links).facts))
        found |= dict.fromkeys([text_of(canonical(part, links), links)])
    found |= dict.fromkeys(_OTHERS)
    return list(islice((one for one in found if len(one) <= _LONGEST), _MOST))


def _between(patterns: list[str]) -> Iterator[str]:
    if len(patterns) == 2 and (difference := compared(*patterns)) is not None:
        yield from (one for one in difference if one is not None)
    yield from (one for pattern in patterns if (one := example(pattern)) is not None)


def _from_facts(facts: Facts) -> Iterator[str]:
    values = facts.get("enum")
    yield from map(str, values[:20] if isinstance(values, tuple | list) else ())
    yield from (str(facts[name]) for name in ("fixed", "default") if name in facts)
    lengths = [facts[name] for name in ("minLength", "maxLength") if isinstance(facts.get(name), int)]
    yield from _of_lengths(lengths, facts)
    for name in (*_LOW_FACTS, *_HIGH_FACTS):
        value = facts.get(name)
        if isinstance(value, int | float):
            yield from (f"{value + step:g}" if isinstance(value, float) else str(value + step) for step in (0, 1, -1))
        elif value is not None:
            yield str(value)
    if isinstance(facts.get("totalDigits"), int):
        yield from ("9" * (min(facts["totalDigits"], _LONGEST) + step) for step in (0, 1, -1))
    if isinstance(facts.get("fractionDigits"), int):
        yield from ("0." + "1" * (min(facts["fractionDigits"], _LONGEST) + step) for step in (0, 1))


def _of_lengths(lengths: Iterable[int], facts: Facts) -> Iterator[str]:
    is_list = facts.get("type") == ("array",)
    for length in lengths:
        for size in (length, length + 1, length - 1):
            if 0 <= size <= _LONGEST:
                yield " ".join(["1"] * size) if is_list else "a" * size
                yield "1" * size
                yield " " * size
                yield f"{'a' * size} "
