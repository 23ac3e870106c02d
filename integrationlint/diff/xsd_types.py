"""Which built-in type of XML Schema takes all that another one takes, as it is written in a document."""

from typing import Any, Final

# A line for each type: those that take every literal of it (XML Schema Part 2, section 3). Strings differ in how
# white space is read, but each takes any text; a decimal is a double, but no float and no double is a decimal.
_WIDER: Final = {
    "byte": "short",
    "short": "int",
    "int": "long",
    "long": "integer",
    "unsignedByte": "short unsignedShort",
    "unsignedShort": "int unsignedInt",
    "unsignedInt": "long unsignedLong",
    "unsignedLong": "nonNegativeInteger",
    "positiveInteger": "nonNegativeInteger",
    "nonNegativeInteger": "integer",
    "negativeInteger": "nonPositiveInteger",
    "nonPositiveInteger": "integer",
    "integer": "decimal",
    "decimal": "double float",
    "float": "double",
    "double": "float string",
    "dateTimeStamp": "dateTime",
    "yearMonthDuration": "duration",
    "dayTimeDuration": "duration",
    "NCName": "Name",
    "ID": "NCName",
    "IDREF": "NCName IDREFS",
    "ENTITY": "NCName ENTITIES",
    "Name": "NMTOKEN",
    "NMTOKEN": "token NMTOKENS",
    "IDREFS": "NMTOKENS",
    "ENTITIES": "NMTOKENS",
    "string": "normalizedString anySimpleType anyURI",
    "normalizedString": "token",
    "token": "string",
    "anyURI": "string",
    "anySimpleType": "anyAtomicType string",
    "anyAtomicType": "anySimpleType anyType",
    "anyType": "",
}
_OTHERS: Final = "string"


def type_effect(old: Any, new: Any) -> tuple[bool | None, bool | None]:
    """The effect of another built-in type (`xs:int`); any other name says nothing of what is allowed."""
    before, after = _takers(old), _takers(new)
    if not before or not after:
        return (None, None)
    return (new in before, old in after)


def _takers(name: Any) -> frozenset[str]:
    """The type itself and all that take every literal of it."""
    if not isinstance(name, str) or not name.startswith("xs:"):
        return frozenset()
    found = {name[3:]: None}
    waiting = [name[3:]]
    for one in waiting:
        new = [wider for wider in _WIDER.get(one, _OTHERS).split() if wider not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return frozenset(f"xs:{one}" for one in found)
