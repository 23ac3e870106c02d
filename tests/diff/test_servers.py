"""Where an interface can be called, and where its tokens come from."""

from collections.abc import Callable

import pytest

Told = Callable[..., list[str]]


def contract(text: str, head: str = "openapi: 3.1.0") -> str:
    return f"{head}\ninfo: {{title: A, version: 1.0.0}}\npaths: {{}}\n{text}\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("servers: [{url: 'https://a.example/'}]", "servers: [{url: 'https://a.example'}]", []),
        ("servers: [{url: 'https://a.example'}]", "servers: [{url: 'https://b.example'}]", [" servers none same"]),
        (
            "servers: [{url: 'https://{r}.example', variables: {r: {default: a, enum: [a, b]}}}]",
            "servers: [{url: 'https://b.example'}, {url: 'https://a.example'}]",
            [],
        ),
        ("servers: odd", "servers: [odd]", []),
    ],
)
def test_servers(old: str, new: str, expected: list[str], told: Told) -> None:
    assert told(contract(old), contract(new)) == expected


def test_host_and_base_path_of_2_0_are_a_server(told: Told) -> None:
    old = contract("host: a.example\nbasePath: /v1\nschemes: [https]", "swagger: '2.0'")
    new = contract("servers: [{url: 'https://a.example/v1'}]")
    assert told(old, new) == []


SCHEME = "components: {securitySchemes: {s: SCHEME}}"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("{type: apiKey, in: header, name: A}", "{type: apiKey, in: query, name: A}", ["in request other"]),
        (
            "{type: oauth2, flows: {password: {tokenUrl: a, scopes: {r: x}}}}",
            "{type: oauth2, flows: {password: {tokenUrl: b, scopes: {r: x, w: y}}}}",
            ["scopes none same", "tokenUrl none same"],
        ),
        ("{type: oauth2, flows: odd}", "{type: oauth2, flows: {odd: 1}}", []),
        ("{type: openIdConnect, openIdConnectUrl: a}", "{type: openIdConnect, openIdConnectUrl: a}", []),
    ],
)
def test_security_schemes(old: str, new: str, expected: list[str], told: Told) -> None:
    lines = told(contract(SCHEME.replace("SCHEME", old)), contract(SCHEME.replace("SCHEME", new)))
    assert [line.partition("security-scheme:s ")[2] for line in lines] == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{type: basic}", "{type: http, scheme: Basic}"),
        (
            "{type: oauth2, flow: accessCode, tokenUrl: a, authorizationUrl: b, scopes: {r: x}}",
            "{type: oauth2, flows: {authorizationCode: {tokenUrl: a, authorizationUrl: b, scopes: {r: x}}}}",
        ),
    ],
)
def test_schemes_of_2_0_are_those_of_3(old: str, new: str, told: Told) -> None:
    before = contract(f"securityDefinitions: {{s: {old}}}", "swagger: '2.0'")
    assert told(before, contract(SCHEME.replace("SCHEME", new))) == []


def test_links_that_clients_follow(told: Told) -> None:
    def answer(links: str) -> str:
        return contract("", "openapi: 3.1.0").replace(
            "paths: {}", f"paths: {{/a: {{get: {{responses: {{'200': {{links: {links}}}}}}}}}}}"
        )

    lines = told(answer("{a: {operationId: x}, b: {operationId: x}}"), answer("{a: {operationId: y}, c: {}}"))
    assert [line.partition("response:200/link:")[2] for line in lines] == [
        "a operationId response same",
        "b removed response same",
        "c added response same",
    ]
