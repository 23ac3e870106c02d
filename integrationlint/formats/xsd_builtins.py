"""The built-in types of XML Schema, as JSON Schema would say them."""

from collections.abc import Mapping
from typing import Final

_STRINGS: Final = (
    "string normalizedString token language Name NCName NMTOKEN ID IDREF ENTITY QName NOTATION"
    " gYear gYearMonth gMonth gMonthDay gDay"
)
_INTEGERS: Final = (
    "integer nonPositiveInteger negativeInteger nonNegativeInteger positiveInteger short byte"
    " unsignedLong unsignedInt unsignedShort unsignedByte"
)
_DURATIONS: Final = "duration yearMonthDuration dayTimeDuration"
_DATE_TIMES: Final = "dateTime dateTimeStamp"
_LISTS: Final = "NMTOKENS IDREFS ENTITIES"
# They allow everything, or nothing (`error`, of 1.1): no JSON type says so.
_UNTYPED: Final = "anyType anySimpleType anyAtomicType error"


def _each(names: str, name: str, **more: object) -> dict[str, dict[str, object]]:
    return {local: {"type": (name,), **more} for local in names.split()}


# XML Schema 1.0 Part 2 (second edition) section 3 and 1.1 Part 2 section 3: the local name of a type, and the facts
# that come nearest to its value space. Bounds of the integer types stay with the name, which is the fact `base`.
BUILTINS: Final[Mapping[str, Mapping[str, object]]] = {
    **_each(_STRINGS, "string"),
    **_each("anyURI", "string", format="uri-reference"),
    **_each("date", "string", format="date"),
    **_each("time", "string", format="time"),
    **_each(_DATE_TIMES, "string", format="date-time"),
    **_each(_DURATIONS, "string", format="duration"),
    **_each("base64Binary", "string", contentEncoding="base64"),
    **_each("hexBinary", "string", contentEncoding="base16"),
    **_each("boolean", "boolean"),
    **_each("decimal", "number"),
    **_each("float", "number", format="float"),
    **_each("double", "number", format="double"),
    **_each(_INTEGERS, "integer"),
    **_each("int", "integer", format="int32"),
    **_each("long", "integer", format="int64"),
    **_each(_LISTS, "array"),
    **{local: {} for local in _UNTYPED.split()},
}
