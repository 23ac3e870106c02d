"""Hosts of servers, actions on resources, and how parameters are written."""

import pytest

from tests.checks.conftest import Find

HEAD = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\n"


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://192.168.1.4/v1", "an address of a private network"),
        ("https://[fd00::1]/v1", "an address of a private network"),
        ("http://orders:8080", "a name without a domain"),
        ("https://user@orders.corp/x", "a name of an internal domain"),
        ("https://8.8.8.8", ""),
        ("https://{host}/v1", ""),
        ("/v1", ""),
        ("http://127.0.0.1:8080", ""),
        ("https://api.example.org", ""),
    ],
)
def test_hosts_that_only_the_own_network_knows(find: Find, url: str, kind: str) -> None:
    found = find("any/no-internal-hosts", f"{HEAD}servers: [{{url: '{url}'}}]\npaths: {{}}\n")
    assert [message.endswith(kind) for _, message in found] == ([True] if kind else [])


def test_hosts_can_be_allowed_and_suffixes_named(find: Find) -> None:
    text = f"{HEAD}servers: [{{url: 'https://a.acme'}}, {{url: 'https://b.corp'}}]\npaths: {{}}\n"
    assert [at for at, _ in find("any/no-internal-hosts", text)] == ["/servers/1/url"]
    assert find("any/no-internal-hosts", text, allow=["b.corp"]) == []
    assert [at for at, _ in find("any/no-internal-hosts", text, suffixes=["acme"])] == ["/servers/0/url"]


def _paths(**operations: str) -> str:
    lines = [
        f"  {path}: {{{', '.join(f'{one}: {{}}' for one in methods.split())}}}" for path, methods in operations.items()
    ]
    return HEAD + "paths:\n" + "\n".join(lines) + "\n"


def test_a_noun_that_could_be_a_verb_is_an_action_where_it_is_posted_to(find: Find) -> None:
    said = {"/a/{id}/lock": "put delete", "/a/{id}:cancel": "post", "/b/{id}:send": "post"}
    assert find("oas/action-style", _paths(**said)) == []
    said["/a/{id}/lock"] = "post delete"
    assert [at for at, _ in find("oas/action-style", _paths(**said))] == ["/paths/~1a~1{id}~1lock"]


def test_an_item_of_an_item_is_no_collection(find: Find) -> None:
    said = {"/a/{id}": "put", "/a/{id}/{part}": "get"}
    assert find("oas/method-target", _paths(**said)) == []
    assert [at for at, _ in find("oas/method-target", _paths(**{"/a": "put", "/a/{id}": "get post"}))] == [
        "/paths/~1a/put",
        "/paths/~1a~1{id}/post",
    ]


def test_the_most_usual_way_of_lists_is_the_one(find: Find) -> None:
    one = "{name: %s, in: query%s, schema: {type: array, items: {}}}"
    params = ", ".join((one % ("a", ", explode: false"), one % ("b", ", style: pipeDelimited, explode: false")))
    text = f"{HEAD}paths: {{/a: {{get: {{parameters: [{params}], responses: {{}}}}}}}}\n"
    assert find("oas/array-param-style", text) == []  # one of each is no custom
    third = text.replace("parameters: [", "parameters: [" + one % ("c", ", explode: false") + ", ")
    assert find("oas/array-param-style", third) == [
        ("/paths/~1a/get/parameters/2", "the parameter 'b' writes several values as a=1|2, most others as a=1,2")
    ]


def test_header_names_are_compared_without_case_and_told_once(find: Find) -> None:
    header = "{name: %s, in: header, schema: {}}"
    params = ", ".join(header % name for name in ("IF-MATCH", "Acme-Id", "acme-id", "Own-Id"))
    text = f"{HEAD}paths: {{/a: {{get: {{parameters: [{params}], responses: {{}}}}}}}}\n"
    assert [at for at, _ in find("oas/header-allowlist", text, prefixes=["own-"])] == [
        "/paths/~1a/get/parameters/1/name"
    ]


def test_the_required_version_is_folded_into_one_problem(find: Find) -> None:
    said = {f"/a{number}": "get" for number in range(5)}
    found = find("oas/version-query-date", _paths(**said).replace("1.0.0", "2026-01-01"))
    assert found == [("/paths", "5 of 5 operations do not require the query parameter api-version")]
