"""What kind of value is at each side of a mapping line: by the schema, or by what the line claims."""

from typing import Final

from integrationlint.checks.effective import fact, lowest
from integrationlint.checks.mapping_paths import Place, Role, only, stated
from integrationlint.model.element import Declared, Element
from integrationlint.model.links import Links

_FORMATS: Final = {"date": "date", "date-time": "date-time", "time": "time", "byte": "binary", "binary": "binary"}
_PLAIN: Final = frozenset(["string", "number", "integer", "boolean", "object", "array"])
# What the types of databases, programming languages and schemas are called in mapping specifications.
_DECLARED: Final = {
    name: kind
    for kind, names in {
        "string": "string varchar varchar2 nvarchar nvarchar2 char nchar text clob str alpha alphanumeric an a token"
        " character uuid uri email",
        "integer": "integer int int32 int64 long short smallint bigint tinyint byte number(0)",
        "number": "decimal number numeric float double money currency real amount dec packed",
        "boolean": "boolean bool bit flag",
        "date": "date",
        "date-time": "datetime date-time timestamp datetime2 datetimeoffset timestamptz",
        "time": "time",
        "binary": "blob binary varbinary base64binary bytea",
        "object": "object struct record complextype",
        "array": "array list collection",
    }.items()
    for name in names.split()
}


def kind_of(line: Element, role: Role, links: Links) -> str | None:
    """The kind of the values at one side; None where it is not known, or several are allowed.

    One of `string number integer boolean date date-time time binary object array`.
    """
    place = only(line, role, links)
    found = schema_kind(place.edge.target, links) if place is not None else None
    return found or _claimed(declared(line, role))


def schema_kind(element: Element, links: Links) -> str | None:
    """The kind of the values of a field, by its schema."""
    types = fact(element, "type", links)
    if not isinstance(types, tuple) or len(types) != 1 or types[0] not in _PLAIN:
        return None
    if types[0] != "string":
        return str(types[0])
    if fact(element, "contentEncoding", links) is not None:
        return "binary"
    return _FORMATS.get(str(fact(element, "format", links)), "string")


def declared(line: Element, role: Role) -> Declared | None:
    """The type that the line claims for a side."""
    found = line.facts.get("sourceType" if role == "reads" else "targetType")
    return found if isinstance(found, Declared) else None


def _claimed(found: Declared | None) -> str | None:
    if found is None:
        return None
    kind = _DECLARED.get(found.base)
    whole = found.scale == 0 or (found.scale is None and found.precision is not None)
    return "integer" if kind == "number" and found.base in ("number", "numeric") and whole else kind


def longest(line: Element, role: Role, links: Links) -> int | None:
    """The longest text that one side may hold, in characters; None where it has no limit that is known.

    Of several sources, all together.
    """
    places = stated(line, role, links)
    if places and all(place.found for place in places):
        lengths = [place_length(place, links) for place in places]
        return sum(one for one in lengths if one is not None) if None not in lengths else None
    found = declared(line, role)
    return found.length if found is not None else None


def place_length(place: Place, links: Links) -> int | None:
    """The longest text that a field may hold: by maxLength, or as the longest of its values."""
    limit = lowest(place.edge.target, "maxLength", links)
    if limit is not None:
        return int(limit)
    values = texts(fact(place.edge.target, "enum", links))
    return max(map(len, values)) if values else None


def texts(values: object) -> tuple[str, ...]:
    """The values of an enumeration, as they stand in a message; empty when there is none."""
    return tuple(str(one) for one in values if one is not None) if isinstance(values, list | tuple) else ()
