"""Uploads, batches, webhooks, outcomes and documentation: what the examples of the rules leave open."""

from json import dumps
from typing import Any

import pytest

from tests.checks.conftest import Find


def api(**members: Any) -> str:
    return dumps({"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, **members})


def post(**operation: Any) -> str:
    return api(paths={"/a": {"post": {"responses": {"201": {"description": "a"}}, **operation}}})


FILE: Any = {"multipart/form-data": {"schema": {"properties": {"a": {"type": "string", "format": "binary"}}}}}


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({"content": FILE}, "does not say how large a file may be and declares no 413 for larger ones"),
        ({"content": FILE, "description": "At most 5 MB"}, "declares no 413 for files that are larger"),
        ({"content": {"multipart/form-data": {"schema": {"properties": {"a": {"type": "string"}}}}}}, ""),
        ({"content": {"application/json": {"schema": {}}}}, ""),
        ({"content": {"image/png": {"schema": {"maxLength": 9}}}}, "declares no 413 for files that are larger"),
    ],
)
def test_uploads_say_how_large(find: Find, body: Any, wrong: str) -> None:
    found = find("oas/upload-limit", post(requestBody=body))
    assert [message for _, message in found] == ([f"POST /a {wrong}"] if wrong else [])


def test_a_range_answers_to_files_that_are_too_large(find: Find) -> None:
    said = {"201": {"description": "a"}, "4XX": {"description": "b"}}
    found = find("oas/upload-limit", post(requestBody={"content": FILE}, responses=said))
    assert [message for _, message in found] == ["POST /a does not say how large a file may be"]


def test_files_of_2_0(find: Find) -> None:
    operation = {"parameters": [{"name": "f", "in": "formData", "type": "file"}], "responses": {}}
    text = dumps({"swagger": "2.0", "info": {}, "paths": {"/a": {"post": {**operation, "consumes": ["image/png"]}}}})
    assert find("oas/upload-limit", text) == []  # parameters of forms are no bodies here


def test_batches_are_told_by_their_operation_id(find: Find) -> None:
    body = {"content": {"application/json": {"schema": {"properties": {"a": {"type": "array"}}}}}}
    assert find("oas/batch-limit", post(requestBody=body)) == []
    assert len(find("oas/batch-limit", post(requestBody=body, operationId="bulkCreate"))) == 1


def test_a_webhook_with_a_scheme_is_signed(find: Find) -> None:
    operation: Any = {"security": [{"a": []}], "responses": {}}
    assert find("oas/webhook-signed", api(webhooks={"a": {"post": operation}})) == []
    operation = {"parameters": [{"name": "X-Acme-Signature", "in": "header"}], "responses": {}}
    assert find("oas/webhook-signed", api(webhooks={"a": {"post": operation}})) == []
    assert find("oas/webhook-signed", post()) == []


def test_the_text_of_the_path_tells_when_a_webhook_comes(find: Find) -> None:
    operation: Any = {"requestBody": {"content": {"a/b": {"schema": {}}}}, "responses": {}}
    assert find("oas/webhook-described", api(webhooks={"a": {"summary": "Sent at noon", "post": operation}})) == []
    assert len(find("oas/webhook-described", api(webhooks={"a": {"post": operation}}))) == 1


def test_a_code_may_be_listed_where_its_schema_is(find: Find) -> None:
    schema: Any = {
        "properties": {"errors": {"type": "array", "items": {"properties": {"error_code": {"type": "string"}}}}}
    }
    said = {"400": {"description": "a", "content": {"application/json": {"schema": schema}}}}
    assert len(find("oas/error-codes-documented", post(responses=said))) == 1
    schema["properties"]["errors"]["items"]["properties"]["error_code"]["description"] = "See the list of codes."
    assert find("oas/error-codes-documented", post(responses=said)) == []


@pytest.mark.parametrize(
    ("name", "vendor", "found"),
    [
        ("application/json; charset=utf-8", "none", 0),
        ("text/x-yaml", "any", 1),
        ("application/vnd.acme+json", "any", 0),
        ("application/vnd.acme+json", "none", 1),
        ("application/vnd.acme.v2+json", "versioned", 0),
        ("*/*", "none", 0),
        ("no type", "none", 0),
    ],
)
def test_registered_media_types(find: Find, name: str, vendor: str, found: int) -> None:
    text = post(requestBody={"content": {name: {}}})
    assert len(find("oas/media-type-standard", text, vendor=vendor)) == found


def test_headings_are_those_of_markdown(find: Find) -> None:
    text = api(
        info={"title": "t", "version": "1", "description": "## Errors and limits ##\n\nSupport\n===\n\nauthentication"}
    )
    found = find("oas/info-description-sections", text)
    assert found == [("/info/description", "the description has no section on: authentication")]
    assert find("oas/info-description-sections", text, wanted=["errors"]) == []
    assert find("oas/info-description-sections", text, shortest=1_000) == []


def test_administrators_may_be_told_apart_by_scopes(find: Find) -> None:
    scoped: Any = {"/a": {"get": {"security": [{"o": ["a"]}]}}, "/admin/a": {"get": {"security": [{"o": ["b"]}]}}}
    assert find("oas/admin-separated", api(paths=scoped)) == []
    scoped["/admin/a"]["get"]["security"] = [{"o": ["a"]}]
    assert len(find("oas/admin-separated", api(paths=scoped))) == 1
    assert find("oas/admin-separated", api(paths=scoped), paths=["root"]) == []


def test_purpose_is_asked_where_there_is_personal_data(find: Find) -> None:
    assert find("any/purpose-declared", api(components={"schemas": {"A": {"properties": {"id": {}}}}})) == []
    assert len(find("any/purpose-declared", api(components={"schemas": {"A": {"properties": {"iban": {}}}}}))) == 1
    allowed = find(
        "any/purpose-declared", api(components={"schemas": {"A": {"properties": {"iban": {}}}}}), allow=["iban"]
    )
    assert allowed == []
