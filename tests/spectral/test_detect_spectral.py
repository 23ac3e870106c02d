from typing import Any

import pytest

from integrationlint.spectral.detect import detected

SCHEMA = "http://json-schema.org/"


@pytest.mark.parametrize(
    ("value", "formats"),
    [
        ({"swagger": "2.0"}, {"oas2"}),
        ({"swagger": 2.0}, {"oas2"}),
        ({"swagger": "2"}, {"oas2"}),
        ({"openapi": "3.0.3"}, {"oas3", "oas3_0"}),
        ({"openapi": "3.1"}, {"oas3", "oas3_1"}),
        ({"openapi": 3.1}, {"oas3", "oas3_1"}),
        ({"openapi": 3.0}, {"oas3"}),
        ({"openapi": "3.2.0"}, {"oas3", "oas3_2"}),
        ({"openapi": "3.1.0-rc1"}, {"oas3"}),
        ({"openapi": "4.0.0"}, set()),
        ({"openapi": "30"}, set()),
        ({"openapi": None}, set()),
        ({"asyncapi": "2.6.0"}, {"aas2", "aas2_6"}),
        ({"asyncapi": "2.9.0"}, {"aas2"}),
        ({"asyncapi": "2.6"}, set()),
        ({"asyncapi": "3.0.0"}, {"aas3", "aas3_0"}),
        ({"asyncapi": "2.06.0"}, set()),
        ({"arazzo": "1.0.1"}, {"arazzo1_0"}),
        ({"arazzo": "1.1.0"}, set()),
        ({"$schema": f"{SCHEMA}draft-07/schema#"}, {"jsonSchema", "jsonSchemaLoose", "jsonSchemaDraft7"}),
        (
            {"$schema": "https://json-schema.org/draft/2020-12/schema"},
            {"jsonSchema", "jsonSchemaLoose", "jsonSchemaDraft2020_12"},
        ),
        ({"$schema": f"{SCHEMA}other"}, {"jsonSchema", "jsonSchemaLoose"}),
        ({"$schema": "urn:else"}, set()),
        ({"type": "object"}, {"jsonSchemaLoose"}),
        ({"type": ["string", "null"]}, {"jsonSchemaLoose"}),
        ({"type": ["string", "pet"]}, set()),
        ({"enum": []}, {"jsonSchemaLoose"}),
        ({"not": {}}, {"jsonSchemaLoose"}),
        ({"if": True}, set()),
        ({}, set()),
        (["openapi"], set()),
        ("openapi", set()),
        (None, set()),
    ],
)
def test_formats(value: Any, formats: set[str]) -> None:
    assert detected(value) == formats
