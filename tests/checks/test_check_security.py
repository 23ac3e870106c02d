"""Requirements, schemes, URLs: what the examples of the rules leave open."""

from collections.abc import Callable
from json import dumps
from typing import Any

import pytest

Find = Callable[..., list[tuple[str, str]]]


def api(**members: Any) -> str:
    return dumps({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, **members})


def paths(**operation: Any) -> dict[str, Any]:
    return {"/a": {"post": {"responses": {}, **operation}}}


def test_webhooks_need_no_security_of_ours(find: Find) -> None:
    webhook: Any = {"paid": {"post": {"responses": {}, "security": [{}]}}}
    assert find("oas/security-required", api(webhooks=webhook)) == []
    assert find("oas/security-optional", api(webhooks=webhook)) == []


def test_an_empty_list_at_the_top_is_no_security(find: Find) -> None:
    assert len(find("oas/security-required", api(security=[], paths=paths()))) == 1
    assert find("oas/security-required", api(security=[], paths=paths(), **{"x-public": True})) == []


def test_methods_can_be_left_out(find: Find) -> None:
    assert find("oas/security-required", api(paths=paths()), methods=["DELETE"]) == []


@pytest.mark.parametrize("path", ["/oauth2/token", "/login", "/v1/health", "/signUp"])
def test_logins_and_monitors_may_be_open(path: str, find: Find) -> None:
    assert find("oas/security-optional", api(paths={path: {"post": {"security": [], "responses": {}}}})) == []


def test_requirements_of_odd_forms(find: Find) -> None:
    odd: tuple[Any, ...] = (5, "oauth", {"oauth": []}, [5, None, {"oauth": "all"}, {"oauth": [{"a": 1}]}])
    rules = ("security-scheme-exists", "scopes-assigned", "no-unused-scheme", "security-required")
    found = [find(f"oas/{rule}", api(security=one, paths=paths(security=one))) for one in odd for rule in rules]
    assert sum(map(len, found)) > 0


def test_a_search_by_post_only_reads(find: Find) -> None:
    schemes = {"oauth": {"type": "oauth2", "flows": {"clientCredentials": {"scopes": {"orders.read": "x"}}}}}
    for path, found in (("/orders/search", 0), ("/orders", 1)):
        operation = {"security": [{"oauth": ["orders.read"]}], "responses": {}}
        text = api(paths={path: {"post": operation}}, components={"securitySchemes": schemes})
        assert len(find("oas/scopes-assigned", text)) == found


def test_scopes_of_flows_that_list_none_are_not_known(find: Find) -> None:
    schemes = {"oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.test"}}}}
    text = api(security=[{"oauth": ["any"]}], components={"securitySchemes": schemes})
    assert find("oas/security-scheme-exists", text) == []


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("http://api.example.com", 1),
        ("ws://api.example.com", 1),
        ("https://api.example.com", 0),
        ("http://localhost:8080", 0),
        ("http://127.0.0.1", 0),
        ("http://orders.local/v1", 0),
        ("http://localhost.example.com", 1),
        ("//api.example.com", 0),
        ("/v1", 0),
        ("http://{host}/v1", 1),
        ("", 0),
    ],
)
def test_server_urls(url: str, found: int, find: Find) -> None:
    assert len(find("oas/https-only", api(servers=[{"url": url}]))) == found


def test_a_variable_of_the_host_counts_with_its_default(find: Find) -> None:
    server = {"url": "http://{host}/v1", "variables": {"host": {"default": "localhost"}}}
    assert find("oas/https-only", api(servers=[server, {"url": 5}, "x"])) == []


@pytest.mark.parametrize(
    "scheme",
    [{}, {"type": 5}, {"type": ["http"]}, {"type": "http"}, {"type": "oauth2", "flows": []}, {"type": "oauth2"}],
)
def test_schemes_of_odd_forms(scheme: Any, find: Find) -> None:
    text = api(components={"securitySchemes": {"a": scheme}})
    for rule in ("no-http-basic", "oauth-no-implicit", "oauth-urls", "oauth-refresh", "no-apikey-in-url"):
        assert find(f"oas/{rule}", text) == []


def test_numbers_in_paths_that_identify_nothing(find: Find) -> None:
    parameter = {"name": "page", "in": "path", "required": True, "schema": {"type": "integer"}}
    assert find("oas/no-enumerable-ids", api(paths={"/a/{page}": {"parameters": [parameter]}})) == []
