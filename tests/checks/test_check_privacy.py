"""Names by their words: passengers are no passwords, and page tokens no credentials."""

from collections.abc import Callable
from json import dumps
from typing import Any

import pytest

from integrationlint.checks.names import endings, phrases, plain, words

Find = Callable[..., list[tuple[str, str]]]


@pytest.mark.parametrize("name", ["customerID", "customer_id", "CUSTOMER-ID", "customer.id", "CustomerId"])
def test_words_do_not_depend_on_case(name: str) -> None:
    assert words(name) == ("customer", "id")
    assert plain(name) == "customerid"


def test_endings_and_phrases() -> None:
    assert {"numbers", "number", "phonenumbers", "phonenumber"} <= endings("homePhoneNumbers")
    assert "pass" not in endings("compass")
    assert phrases("home_email_hash") == {"home", "email", "hash", "homeemail", "emailhash", "homeemailhash"}


def contract(*parameters: dict[str, Any]) -> str:
    operation = {"parameters": list(parameters), "responses": {}}
    return dumps({"openapi": "3.0.3", "paths": {"/a": {"get": operation}}})


def query(name: str, kind: str = "string") -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {"type": kind}}


@pytest.mark.parametrize(
    "name", ["password", "user_password", "apiKey", "accessToken", "token", "client-secret", "jwt"]
)
def test_credentials_in_urls(name: str, find: Find) -> None:
    assert len(find("oas/no-credentials-in-url", contract(query(name)))) == 1


@pytest.mark.parametrize(
    "name",
    ["page_token", "nextToken", "token_type", "shipping_rate_token", "passenger", "key", "compass", "tokens_left"],
)
def test_what_only_sounds_like_credentials(name: str, find: Find) -> None:
    assert find("oas/no-credentials-in-url", contract(query(name))) == []


def test_flags_about_credentials_are_none(find: Find) -> None:
    assert find("oas/no-credentials-in-url", contract(query("password", "boolean"), query("has_password"))) == []


def test_references_to_parameters_are_left_alone(find: Find) -> None:
    assert find("oas/no-pii-in-query", contract({"$ref": "#/components/parameters/email"})) == []


def travels(request: Any, response: Any, **schemas: Any) -> str:
    body = {"content": {"application/json": {"schema": request}}}
    answer = {"200": {"content": {"application/json": {"schema": response}}}}
    paths = {"/a": {"post": {"requestBody": body, "responses": answer}}}
    return dumps({"openapi": "3.0.3", "paths": paths, "components": {"schemas": schemas}})


REFERENCE = {"$ref": "#/components/schemas/User"}


def user(**fields: Any) -> dict[str, Any]:
    return {"type": "object", "properties": fields}


def test_the_way_of_a_field_is_followed_through_references(find: Find) -> None:
    secret = user(password={"type": "string"})
    nested = {"type": "array", "items": {"allOf": [REFERENCE]}}
    at = "/components/schemas/User/properties/password"
    assert find("schema/secret-write-only", travels(REFERENCE, {"type": "object"}, User=secret)) == []
    assert [one for one, _ in find("oas/sensitive-in-response", travels({}, nested, User=secret))] == [at]
    assert [one for one, _ in find("schema/secret-write-only", travels(REFERENCE, nested, User=secret))] == [at]
    assert find("oas/sensitive-in-response", travels(REFERENCE, nested, User=secret)) == []


def test_what_a_webhook_sends_is_sent(find: Find) -> None:
    body = {"content": {"application/json": {"schema": user(password={"type": "string"})}}}
    whole = {"openapi": "3.1.0", "webhooks": {"paid": {"post": {"requestBody": body, "responses": {}}}}}
    assert len(find("oas/sensitive-in-response", dumps(whole))) == 1


@pytest.mark.parametrize(
    "field",
    [
        {"type": "string", "description": "Masked but for the last four digits."},
        {"type": "string", "example": "************4242"},
        {"type": "string", "maxLength": 4},
        {"type": "string", "x-encrypted": True},
        {"type": "boolean"},
        {"type": "string", "enum": ["VISA"]},
    ],
)
def test_card_numbers_that_are_protected(field: dict[str, Any], find: Find) -> None:
    assert find("schema/pci-pan-protected", travels({}, user(cardNumber=field))) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4929 3813 3266 4295", 1),
        ("4929-3813-3266-4295", 1),
        ("4929381332664296", 0),
        ("4242424242424242", 0),
        ("+4929381332664295", 0),
        ("order 49293813326642951", 0),
        ("DE34 2105 0170 0024 6719 83", 1),
        ("DE35210501700024671983", 0),
        ("AH34210501700024671983", 0),
    ],
)
def test_numbers_that_may_be_somebodys(text: str, found: int, find: Find) -> None:
    whole = {"openapi": "3.1.0", "components": {"schemas": {"A": {"type": "string", "example": text}}}}
    assert len(find("schema/example-no-real-data", dumps(whole))) == found
