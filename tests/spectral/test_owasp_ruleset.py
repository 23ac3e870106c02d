"""The ruleset of the OWASP API Security Top 10, run as a whole: each rule finds its flaw, and a sound API none."""

from copy import deepcopy
from functools import cache
from typing import Any

import pytest

from integrationlint.model.report import RunError
from integrationlint.parse.parsers import parse
from integrationlint.resources import dump
from integrationlint.spectral.functions.functions import check_options, find
from integrationlint.spectral.nouns import Context, SpectralRule
from integrationlint.spectral.read import read
from integrationlint.spectral.resolve import Resolver
from integrationlint.spectral.ruleset import Ruleset
from integrationlint.spectral.run import run


@cache
def ruleset() -> Ruleset:
    return read(["spectral:owasp"], lambda _: None)


TEXT = {"type": "string", "format": "uuid", "maxLength": 36}
HEADERS = {
    "RateLimit": {"schema": TEXT},
    "Retry-After": {"schema": TEXT},
    "Access-Control-Allow-Origin": {"schema": TEXT},
}
ANSWER = {"description": "d", "headers": HEADERS, "content": {"application/json": {"schema": TEXT}}}
RESPONSES = dict.fromkeys(("200", "400", "401", "429", "500"), ANSWER)
SOUND: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "t", "version": "1"},
    "servers": [{"url": "https://api.test", "description": "production", "x-internal": False}],
    "security": [{"token": []}],
    "paths": {
        "/orders/{order_id}": {
            "get": {"parameters": [{"name": "order_id", "in": "path", "schema": TEXT}], "responses": RESPONSES},
            "post": {"responses": RESPONSES, "security": [{"token": ["write"]}]},
        },
        "/admin/users": {"get": {"responses": RESPONSES, "security": [{"admin": []}]}},
    },
    "components": {
        "schemas": {
            "Order": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "lines": {"type": "array", "maxItems": 9, "items": TEXT},
                    "total": {"type": "integer", "minimum": 0, "maximum": 9, "format": "int32"},
                },
            }
        },
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "as RFC8725 says"},
            "admin": {
                "type": "oauth2",
                "description": "RFC8725",
                "flows": {"password": {"tokenUrl": "https://t", "refreshUrl": "https://t", "scopes": {}}},
            },
        },
    },
}
GET = ("paths", "/orders/{order_id}", "get")
ORDER = ("components", "schemas", "Order")
OLD: dict[str, Any] = {"swagger": "2.0", "info": SOUND["info"], "schemes": ["https"], "paths": {}}


def found(document: dict[str, Any]) -> set[tuple[str, tuple[str | int, ...]]]:
    parsed = parse("api.json", dump(document))
    errors: list[RunError] = []
    results = run(parsed, ruleset(), ruleset().running(), Resolver({"api.json": parsed}.get), errors)
    assert errors == []
    return {(one.code.removeprefix("owasp:"), one.path) for one in results}


def changed(path: tuple[str | int, ...], value: Any, document: dict[str, Any] = SOUND) -> dict[str, Any]:
    changed = deepcopy(document)
    node: Any = changed
    for segment in path[:-1]:
        node = node[segment]
    if value is None:
        del node[path[-1]]
    else:
        node[path[-1]] = value
    return changed


def test_every_rule_can_run() -> None:
    assert len(ruleset().rules) == 32
    assert [one.id for one in ruleset().rules.values() if one.skipped] == []
    assert ruleset().notes == ()


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_a_sound_api_is_left_alone(version: str) -> None:
    assert found(SOUND | {"openapi": version}) == set()
    assert found(OLD) == set()


@pytest.mark.parametrize(
    ("path", "value", "rule", "place"),
    [
        (
            (*GET, "parameters", 0, "schema", "type"),
            "integer",
            "api1:2023-no-numeric-ids",
            (*GET, "parameters", 0, "schema"),
        ),
        (("components", "securitySchemes", "token", "scheme"), "basic", "api2:2023-no-http-basic", ()),
        (
            ("components", "securitySchemes", "key"),
            {"type": "apiKey", "in": "query", "name": "k"},
            "api2:2023-no-api-keys-in-url",
            ("components", "securitySchemes", "key", "in"),
        ),
        ((*GET, "parameters", 0, "name"), "access_token", "api2:2023-no-credentials-in-url", ()),
        (("components", "securitySchemes", "token", "scheme"), "negotiate", "api2:2023-auth-insecure-schemes", ()),
        (("components", "securitySchemes", "token", "description"), "a token", "api2:2023-jwt-best-practices", ()),
        (
            ("components", "securitySchemes", "admin", "flows", "password", "refreshUrl"),
            None,
            "api2:2023-short-lived-access-tokens",
            ("components", "securitySchemes", "admin", "flows", "password"),
        ),
        (
            ("paths", "/orders/{order_id}", "post", "security"),
            [],
            "api2:2023-write-restricted",
            ("paths", "/orders/{order_id}", "post", "security"),
        ),
        (("security",), None, "api2:2023-read-restricted", GET),
        ((*ORDER, "additionalProperties"), {"type": "string"}, "api3:2023-no-additionalProperties", ()),
        ((*ORDER, "additionalProperties"), {}, "api3:2023-constrained-additionalProperties", ORDER),
        (
            (*GET, "responses", "200", "headers", "RateLimit"),
            None,
            "api4:2023-rate-limit",
            (*GET, "responses", "200", "headers"),
        ),
        (
            (*GET, "responses", "429", "headers", "Retry-After"),
            None,
            "api4:2023-rate-limit-retry-after",
            (*GET, "responses", "429", "headers"),
        ),
        ((*GET, "responses", "429"), None, "api4:2023-rate-limit-responses-429", (*GET, "responses")),
        ((*ORDER, "properties", "lines", "maxItems"), None, "api4:2023-array-limit", (*ORDER, "properties", "lines")),
        (
            (*ORDER, "properties", "lines", "items", "maxLength"),
            None,
            "api4:2023-string-limit",
            (*ORDER, "properties", "lines", "items"),
        ),
        (
            (*ORDER, "properties", "lines", "items", "format"),
            None,
            "api4:2023-string-restricted",
            (*ORDER, "properties", "lines", "items"),
        ),
        (
            (*ORDER, "properties", "total", "minimum"),
            None,
            "api4:2023-integer-limit-legacy",
            (*ORDER, "properties", "total"),
        ),
        ((*ORDER, "properties", "total", "format"), None, "api4:2023-integer-format", (*ORDER, "properties", "total")),
        (
            ("paths", "/admin/users", "get", "security"),
            [{"token": ["write"]}],
            "api5:2023-admin-security-unique",
            ("paths", "/admin/users", "get", "security", 0),
        ),
        ((*GET, "parameters", 0, "name"), "return_url", "api7:2023-concerning-url-parameter", ()),
        (
            (*GET, "responses", "200", "headers", "Access-Control-Allow-Origin"),
            None,
            "api8:2023-define-cors-origin",
            (*GET, "responses", "200", "headers"),
        ),
        (("servers", 0, "url"), "http://api.test", "api8:2023-no-server-http", ()),
        ((*GET, "responses", "400"), None, "api8:2023-define-error-validation", (*GET, "responses")),
        ((*GET, "responses", "401"), None, "api8:2023-define-error-responses-401", (*GET, "responses")),
        (
            (*GET, "responses", "500", "content"),
            None,
            "api8:2023-define-error-responses-500",
            (*GET, "responses", "500"),
        ),
        (("servers", 0, "x-internal"), None, "api9:2023-inventory-access", ("servers", 0)),
        (("servers", 0, "description"), "ours", "api9:2023-inventory-environment", ()),
    ],
)
def test_each_flaw_is_found_by_its_rule(
    path: tuple[str | int, ...], value: Any, rule: str, place: tuple[str | int, ...]
) -> None:
    assert (rule, place or path) in found(changed(path, value))


def test_rules_for_one_version_alone() -> None:
    assert ("api8:2023-no-scheme-http", ("schemes", 0)) in found(OLD | {"schemes": ["http"]})
    new = SOUND | {"openapi": "3.1.0"}
    total = (*ORDER, "properties", "total")
    assert ("api4:2023-integer-limit", total) in found(changed((*total, "maximum"), None, new))
    nullable = found(changed((*total, "type"), ["integer", "null"], changed((*total, "format"), None, new)))
    assert ("api4:2023-integer-format", total) in nullable
    loose = found(changed((*ORDER, "unevaluatedProperties"), {"type": "string"}, new))
    assert {
        ("api3:2023-no-unevaluatedProperties", (*ORDER, "unevaluatedProperties")),
        ("api3:2023-constrained-unevaluatedProperties", ORDER),
    } <= loose


def asked(value: Any, **options: Any) -> list[str]:
    function = find("checkSecurity")
    assert function is not None
    context = Context((), value, value, frozenset(), SpectralRule("r", ("$",), ()))
    return [one.message for one in function(value, options, context)]


@pytest.mark.parametrize("value", [None, {}, {"paths": []}, {"paths": {"/a": 1, "/b": {"get": 2}}}])
def test_what_has_no_operations_needs_no_security(value: Any) -> None:
    assert asked(value) == []


def test_security_for_anybody_counts_where_it_may_not_be_empty() -> None:
    document = {"paths": {"/a": {"get": {"security": [{}, {"k": []}]}, "put": {}}}, "security": []}
    assert asked(document, nullable=False) == [
        "Operation referencing empty security scheme in /a,get.",
        "Operation has undefined security scheme in $.security.",
    ]
    assert asked(document, methods=["get"], nullable=True) == []


def test_options_are_checked() -> None:
    assert check_options("checkSecurity", {"methods": ["get"]}) == ""
    assert "does not support" in check_options("checkSecurity", {"method": ["get"]})
    assert "adminUrl" in check_options("differentSecuritySchemes", {"adminUrl": 1})
