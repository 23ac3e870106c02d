from typing import Any

import pytest

from integrationlint.spectral.functions.functions import check_options, find
from integrationlint.spectral.nouns import Context, Path, SpectralRule
from integrationlint.spectral.read import read

RULE = SpectralRule("r", ("$",), ())
AAS2 = frozenset(("aas2", "aas2_6"))
AAS3 = frozenset(("aas3", "aas3_0"))


def found(
    name: str,
    value: Any,
    options: Any = None,
    *,
    path: Path = (),
    raw: Any = None,
    formats: frozenset[str] = AAS2,
) -> list[tuple[Path | None, str]]:
    function = find(name)
    assert function is not None
    context = Context(path, raw if raw is not None else value, raw if raw is not None else value, formats, RULE)
    return [(one.path, one.message) for one in function(value, options, context)]


def test_parameters_in_the_address_and_those_described_are_the_same() -> None:
    path = ("channels", "lamps/{lampId}/{room}")
    value: Any = {"parameters": {"lampId": {}, "floor": {}}}
    assert found("asyncApiChannelParameters", value, path=path) == [
        (
            (*path, "parameters"),
            'Not all channel\'s parameters are described with "parameters" object. Missed: room.',
        ),
        ((*path, "parameters", "floor"), 'Channel\'s "parameters" object has redundant defined "floor" parameter.'),
    ]
    named = {"address": "lamps/{floor}/{lampId}", **value}
    assert found("asyncApiChannelParameters", named, path=("channels", "lamps"), formats=AAS3) == []


@pytest.mark.parametrize("value", [None, {}, {"parameters": []}, {"address": 7, "parameters": {"a": {}}}])
def test_channels_without_parameters_are_left_alone(value: Any) -> None:
    assert found("asyncApiChannelParameters", value, path=("channels", "plain")) == []


def test_servers_of_a_channel_are_defined() -> None:
    document = {"servers": {"test": {}}, "channels": {"a": {"servers": ["test", "live"]}}}
    places = [where for where, _ in found("asyncApi2ChannelServers", document)]
    assert places == [("channels", "a", "servers", 1)]
    assert found("asyncApi2ChannelServers", {"servers": {}, "channels": {"a": {"servers": "live"}}}) == []
    assert found("asyncApi2ChannelServers", 1) == []


def test_the_name_of_the_last_trait_holds() -> None:
    first = {"operationId": "a", "traits": [{"operationId": "b"}, {"operationId": "c"}, {}]}
    channels = {
        "x": {"publish": first},
        "y": {"subscribe": {"operationId": "c"}},
        "z": {"publish": {"operationId": "a"}},
    }
    repeated = found("asyncApi2OperationIdUniqueness", {"channels": channels})
    assert [where for where, _ in repeated] == [("channels", "y", "subscribe", "operationId")]


def test_messages_are_told_apart_also_among_alternatives() -> None:
    one, two = {"messageId": "m"}, {"oneOf": [{"messageId": "n"}, {"traits": [{"messageId": "m"}]}, 5]}
    channels: Any = {"x": {"publish": {"message": one}, "subscribe": {"message": two}}, "y": 3, "z": {"publish": {}}}
    repeated = found("asyncApi2MessageIdUniqueness", {"channels": channels})
    assert [where for where, _ in repeated] == [("channels", "x", "publish", "message", "messageId")]


def test_security_schemes_and_their_scopes_are_defined() -> None:
    flows = {"implicit": {"scopes": {"read": ""}}, "password": {"scopes": {"read": "", "write": ""}}}
    raw = {"components": {"securitySchemes": {"o": {"type": "oauth2", "flows": flows}, "k": {"type": "apiKey"}}}}
    value = {"o": ["write", "delete"], "k": ["anything"], "gone": []}
    assert found("asyncApiSecurity", value, {"objectType": "Server"}, path=("s",), raw=raw) == [
        (
            ("s", "o", 1),
            "Non-existing security scope for the specified security scheme. Available: [read, write]",
        ),
        (("s", "gone"), "Server must not reference an undefined security scheme."),
    ]
    assert found("asyncApiSecurity", {"gone": "all"}, {"objectType": "Server"}, raw=raw) == []


def test_examples_of_a_message_follow_its_schemas_and_traits() -> None:
    message = {
        "payload": {"type": "object", "properties": {"n": {"type": "integer"}}},
        "traits": [{"headers": {"type": "object", "required": ["id"]}}],
        "examples": [{"payload": {"n": 1}, "headers": {"id": 1}}, {"payload": {"n": "1"}, "headers": {}}],
    }
    places = [where for where, _ in found("asyncApi2MessageExamplesValidation", message, path=("m",))]
    assert places == [("m", "examples", 1, "payload", "n"), ("m", "examples", 1, "headers")]


def test_a_trait_takes_away_what_it_sets_to_null() -> None:
    message = {"payload": {"type": "string"}, "traits": [{"payload": {"type": None}}], "examples": [{"payload": 1}]}
    assert found("asyncApi2MessageExamplesValidation", message) == []


def test_defaults_and_examples_follow_their_schema() -> None:
    schema = {"type": "integer", "default": 1.5, "examples": [1, None, "a text is left alone"]}
    assert [w for w, _ in found("asyncApiSchemaValidation", schema, {"type": "default"})] == [("default",)]
    assert [w for w, _ in found("asyncApiSchemaValidation", schema, {"type": "examples"})] == [("examples", 1)]
    wrong = found("asyncApiSchemaValidation", {"examples": 1}, {"type": "examples"})
    assert wrong == [(None, '#{{print("property")}}must be an object containing "default" or an "examples" array')]


TWO: dict[str, Any] = {"asyncapi": "2.6.0", "info": {"title": "t", "version": "1"}, "channels": {}}
THREE: dict[str, Any] = {"asyncapi": "3.0.0", "info": {"title": "t", "version": "1"}}


def structure(document: Any, *, resolved: bool = True, version: str = "2_6") -> list[Path | None]:
    major = version[0]
    formats = frozenset((f"aas{major}", f"aas{version}"))
    return [w for w, _ in found("asyncApiDocumentSchema", document, {"resolved": resolved}, formats=formats)]


@pytest.mark.parametrize(
    ("part", "paths"),
    [
        ({}, []),
        ({"x-team": 1}, []),
        ({"team": 1}, [("team",)]),
        ({"info": {"title": "t"}}, [("info",)]),
        ({"info": {"title": 1, "version": "1"}}, [("info", "title")]),
        ({"servers": {"s": {"url": "u"}}}, [("servers", "s")]),
        ({"channels": {"c": {"publish": {"messages": {}}}}}, [("channels", "c", "publish", "messages")]),
        (
            {"channels": {"c": {"publish": {"message": {"oneOf": [{"payload": {"type": "text"}}]}}}}},
            [("channels", "c", "publish", "message", "oneOf", 0, "payload", "type")],
        ),
        ({"channels": {"c": {"publish": {"message": {"schemaFormat": "avro", "payload": {"type": "record"}}}}}}, []),
        ({"components": {"messages": {"m": {"$ref": "other.yaml"}}}}, []),
        (
            {"components": {"securitySchemes": {"k": {"type": "apiKey", "in": "header"}}}},
            [("components", "securitySchemes", "k", "in")],
        ),
        ({"components": {"securitySchemes": {"k": {"type": "key"}}}}, [("components", "securitySchemes", "k", "type")]),
        (
            {"components": {"securitySchemes": {"o": {"type": "oauth2", "flows": {"implicit": {"scopes": {}}}}}}},
            [("components", "securitySchemes", "o", "flows", "implicit")],
        ),
        (
            {"components": {"schemas": {"s": {"properties": {"p": {"minLength": -1}}}}}},
            [("components", "schemas", "s", "properties", "p", "minLength")],
        ),
    ],
)
def test_the_structure_of_version_2_is_checked(part: dict[str, Any], paths: list[Path]) -> None:
    assert structure(TWO | part) == paths


def test_members_belong_to_the_version_that_brought_them() -> None:
    named = {"channels": {"c": {"publish": {"message": {"messageId": "m"}}}}}
    assert structure(TWO | named | {"asyncapi": "2.4.0"}, version="2_4") == []
    where = ("channels", "c", "publish", "message", "messageId")
    assert structure(TWO | named | {"asyncapi": "2.3.0"}, version="2_3") == [where]


@pytest.mark.parametrize(
    ("part", "paths"),
    [
        ({}, []),
        ({"info": {"title": "t"}}, [("info",)]),
        ({"channels": {"c": {"address": None, "messages": {"m": {"payload": {"type": "string"}}}}}}, []),
        ({"channels": {"c": {"publish": {}}}}, [("channels", "c", "publish")]),
        ({"operations": {"o": {"action": "publish", "channel": {}}}}, [("operations", "o", "action")]),
        ({"operations": {"o": {"action": "send"}}}, [("operations", "o")]),
        (
            {"servers": {"s": {"host": "h", "protocol": "p", "bindings": {"pigeon": {}}}}},
            [("servers", "s", "bindings", "pigeon")],
        ),
        ({"components": {"schemas": {"s": {"schemaFormat": "text/avro", "schema": 1}}}}, []),
        (
            {"components": {"schemas": {"s": {"schema": {"type": "text"}}}}},
            [("components", "schemas", "s", "schema", "type")],
        ),
    ],
)
def test_the_structure_of_version_3_is_checked(part: dict[str, Any], paths: list[Path]) -> None:
    assert structure(THREE | part, version="3_0") == paths


def test_references_stand_only_where_they_may() -> None:
    document = THREE | {"info": {"$ref": "info.yaml"}, "channels": {"c": {"$ref": "c.yaml"}}}
    assert structure(document, resolved=False, version="3_0") == [("info",)]
    # Resolved, it is told only that title and version are missing there.
    assert structure(document, version="3_0") == [("info",), ("info",)]
    message = found("asyncApiDocumentSchema", document, {"resolved": False}, formats=AAS3)
    assert message == [(("info",), "Referencing in this place is not allowed")]


def test_other_versions_are_not_checked_or_as_the_newest() -> None:
    assert found("asyncApiDocumentSchema", {}, {"resolved": True}, formats=frozenset(("oas3",))) == []
    assert found("asyncApiDocumentSchema", {}, {"resolved": True}, formats=frozenset(("aas2",))) == []
    newer = THREE | {"asyncapi": "3.7.0", "colour": 1}
    assert found("asyncApiDocumentSchema", newer, {"resolved": True}, formats=frozenset(("aas3",))) == [
        (("colour",), 'Property "colour" is not expected to be here')
    ]


def test_payloads_are_schemas() -> None:
    assert found("asyncApiPayloadValidation", {"type": "string"}, path=("p",)) == []
    assert found("asyncApiPayloadValidation", {"deprecated": 17}, path=("p",)) == [
        (("p", "deprecated"), '"deprecated" property type must be boolean')
    ]


@pytest.mark.parametrize(
    ("name", "options", "accepted"),
    [
        ("asyncApiDocumentSchema", {"resolved": True}, True),
        ("asyncApiDocumentSchema", {}, False),
        ("asyncApiSchemaValidation", {"type": "default"}, True),
        ("asyncApiSchemaValidation", {"type": "enum"}, False),
        ("asyncApiSecurity", {"objectType": "Server"}, True),
        ("asyncApiSecurity", {"objectType": "Channel"}, False),
    ],
)
def test_options_are_checked(name: str, options: Any, accepted: bool) -> None:
    assert (check_options(name, options) == "") is accepted


@pytest.mark.parametrize(("name", "rules"), [("spectral:asyncapi", 55), ("spectral:arazzo", 22)])
def test_every_rule_of_the_ruleset_can_run(name: str, rules: int) -> None:
    ruleset = read([name], lambda _: None)
    assert len(ruleset.rules) == rules
    assert [one.id for one in ruleset.rules.values() if one.skipped] == []
    assert all(find(then.function) for one in ruleset.rules.values() for then in one.then)
