"""Path templates and base paths."""

from typing import Any

import pytest

from integrationlint.formats.http_paths import base_paths, normal_path, operation_keys, parameter_names
from integrationlint.formats.openapi import build
from integrationlint.parse.parsers import parse


@pytest.mark.parametrize(
    ("template", "normal", "names"),
    [
        ("/orders", "/orders", []),
        ("/orders/{id}/lines/{line}", "/orders/{}/lines/{}", ["id", "line"]),
        ("/a{x}{y}", "/a{}{}", ["x", "y"]),
        ("/{}", "/{}", [""]),
        ("/{unclosed", "/{unclosed", []),
        ("/{{x}}", "/{{}}", ["x"]),
    ],
)
def test_templates(template: str, normal: str, names: list[str]) -> None:
    assert normal_path(template) == normal
    assert parameter_names(template) == names


@pytest.mark.parametrize(
    ("url", "paths"),
    [
        ("https://example.com/v1/", ("/v1",)),
        ("https://example.com", ()),
        ("https://example.com/", ()),
        ("/v1", ("/v1",)),
        ("v1/x", ("/v1/x",)),
        ("//example.com/v1", ("/v1",)),
        ("https://{host}/v1", ("/v1",)),
        ("{scheme}://example.com:{port}/v1", ("/v1",)),
        ("https://example.com/{version}/x?a=/b#/c", ("/{}/x",)),
        ("https://[", ()),
        ("", ()),
    ],
)
def test_base_paths(url: str, paths: tuple[str, ...]) -> None:
    assert base_paths([{"url": url}]) == paths


def test_variables_stand_for_themselves_and_for_their_defaults() -> None:
    variables = {"version": {"default": "v2"}, "host": {"default": "example.com"}, "odd": 5, "other": {"default": 1}}
    assert base_paths([{"url": "https://{host}/{version}/{other}", "variables": variables}]) == ("/{}/{}", "/v2/{}")


@pytest.mark.parametrize("servers", [None, {}, "x", [None, 5, {}, {"url": 5}, {"url": "/a", "variables": []}]])
def test_odd_servers(servers: Any) -> None:
    assert base_paths(servers) == (("/a",) if isinstance(servers, list) else ())


def test_keys_of_an_operation() -> None:
    assert operation_keys("GET", "/a/{}", ("/v1",), "getA") == (
        "http:GET /a/{}",
        "http:GET /v1/a/{}",
        "operation-id:getA",
    )
    assert operation_keys("GET", "/a", (), None) == operation_keys("GET", "/a", (), 5) == ("http:GET /a",)


def test_the_closest_servers_count() -> None:
    text = """
openapi: 3.1.0
servers: [{url: /root}]
paths:
  /a: {get: {}, put: {servers: [{url: /own}]}}
  /b: {servers: [{url: /path}], get: {}, put: {servers: [{url: /own}]}}
"""
    root = build(parse("a.yaml", text.encode()))
    keys = {one.name: one.keys[-1] for one in root.walk() if one.kind == "operation"}
    assert keys == {
        "GET /a": "http:GET /root/a",
        "PUT /a": "http:PUT /own/a",
        "GET /b": "http:GET /path/b",
        "PUT /b": "http:PUT /own/b",
    }
