"""The formats that rules name, under the one id that each has here."""

from typing import Final

from integrationlint.model.errors import did_you_mean

# The exports of Spectral's package of formats, and the ids its rulesets are written with beside them.
_OTHERS: Final = {
    "asyncapi2": "aas2",
    "asyncApi2": "aas2",
    "asyncapi3": "aas3",
    "arazzo1": "arazzo1_0",
    "jsonSchema2019_09": "jsonSchemaDraft2019_09",
    "jsonSchema2020_12": "jsonSchemaDraft2020_12",
}
FORMATS: Final = frozenset(
    (
        *("oas2", "oas3", "oas3_0", "oas3_1", "oas3_2", "arazzo1_0"),
        *("aas2", "aas2_0", "aas2_1", "aas2_2", "aas2_3", "aas2_4", "aas2_5", "aas2_6", "aas3", "aas3_0", "aas3_1"),
        *("jsonSchema", "jsonSchemaLoose", "jsonSchemaDraft4", "jsonSchemaDraft6", "jsonSchemaDraft7"),
        *("jsonSchemaDraft2019_09", "jsonSchemaDraft2020_12"),
    )
)
_WRITTEN: Final = {
    **{one: one for one in FORMATS},
    **_OTHERS,
    **{one.replace("_", "."): one for one in FORMATS if "_" in one and not one.startswith("json")},
    "json-schema": "jsonSchema",
    "json-schema-loose": "jsonSchemaLoose",
    "json-schema-draft4": "jsonSchemaDraft4",
    "json-schema-draft6": "jsonSchemaDraft6",
    "json-schema-draft7": "jsonSchemaDraft7",
    "json-schema-2019-09": "jsonSchemaDraft2019_09",
    "json-schema-draft-2019-09": "jsonSchemaDraft2019_09",
    "json-schema-2020-12": "jsonSchemaDraft2020_12",
    "json-schema-draft-2020-12": "jsonSchemaDraft2020_12",
}


def canonical(written: str) -> str:
    """The id of a format as rules carry it (`oas3_1` for `oas3.1`); empty where nobody knows the format."""
    return _WRITTEN.get(written, "")


def unknown(written: str) -> str:
    """What to say of a format that nobody knows."""
    return f"unknown format '{written}'{did_you_mean(written, set(_WRITTEN))}"
