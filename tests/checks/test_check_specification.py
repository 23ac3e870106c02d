"""OpenAPI documents against their metaschemas: what is said, and where."""

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from integrationlint.checks.specification import valid
from integrationlint.dialects.metaschemas import VERSIONS, metaschema
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from tests.checks.conftest import Find

HEADS = {
    "2.0": 'swagger: "2.0"\ninfo: {title: Orders, version: 1.0.0}\n',
    "3.0": "openapi: 3.0.3\ninfo: {title: Orders, version: 1.0.0}\n",
    "3.1": "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0.0}\n",
    "3.2": "openapi: 3.2.0\ninfo: {title: Orders, version: 1.0.0}\n",
}


def _parameter(text: str) -> str:
    return "paths: {/a: {get: {responses: {'200': {description: a}}, parameters: [" + text + "]}}}\n"


def _schema(text: str) -> str:
    return "paths: {}\ncomponents: {schemas: {A: " + text + "}}\n"


PARAMETER = "/paths/~1a/get/parameters/0"


@pytest.mark.parametrize(
    ("versions", "body", "pointer", "message"),
    [
        (VERSIONS[1:], "paths: {}\nsevers: []\n", "/severs", "unknown property 'severs' (did you mean 'servers'?)"),
        (VERSIONS[1:], "paths: {a: {}}\n", "/paths/a", "the path 'a' must begin with a slash"),
        (VERSIONS, "paths: []\n", "/paths", "'paths' must be a mapping, not a list"),
        (VERSIONS, "paths: {}\ntags: [{nam: a}]\n", "/tags/0/nam", "unknown property 'nam' (did you mean 'name'?)"),
        (VERSIONS[1:2], "paths: {/a: {get: {}}}\n", "/paths/~1a/get", "'get' needs 'responses'"),
        (
            VERSIONS[2:3],
            _parameter("{name: a, in: Query, schema: {}}"),
            f"{PARAMETER}/in",
            "'in' must be one of query, header, path, cookie, not 'Query' (did you mean 'query'?)",
        ),
        (
            VERSIONS[1:2],
            _parameter("{name: a, in: Query, schema: {}}"),
            f"{PARAMETER}/in",
            "'in' must be one of path, query, header, cookie, not 'Query' (did you mean 'query'?)",
        ),
        (
            VERSIONS[1:],
            _parameter("{name: a, in: query}"),
            PARAMETER,
            "this parameter needs one of 'schema', 'content'",
        ),
        (
            VERSIONS[1:],
            _parameter("{name: a, in: query, schema: {}, content: {a/b: {}}}"),
            f"{PARAMETER}/content",
            "'schema' and 'content' exclude each other",
        ),
        (VERSIONS, _parameter("a"), PARAMETER, "this entry of 'parameters' must be a mapping, not 'a'"),
        (
            VERSIONS[2:3],
            _parameter("{name: a, in: header, schema: {}, allowReserved: true}"),
            f"{PARAMETER}/allowReserved",
            "'allowReserved' is not for this parameter, only where 'in' is query",
        ),
        (
            VERSIONS[1:],
            _schema("{properties: [a]}"),
            "/components/schemas/A/properties",
            "'properties' must be a mapping, not a list",
        ),
        (
            VERSIONS[1:2],
            _schema("{type: [string]}"),
            "/components/schemas/A/type",
            "'type' must be a text, not a list; lists of types are of OpenAPI 3.1 and later",
        ),
        (
            VERSIONS[2:],
            _schema("{type: [string, null]}"),
            "/components/schemas/A/type/1",
            "this entry of 'type' must be one of array, boolean, integer, null, number, object, string, not null;"
            " put it in quotes",
        ),
        (
            VERSIONS[1:2],
            _schema("{const: 1}"),
            "/components/schemas/A/const",
            "unknown property 'const': it is of OpenAPI 3.1 and later",
        ),
        (
            VERSIONS[2:],
            "components: {securitySchemes: {A: {type: oauth, flows: {}}}}\n",
            "/components/securitySchemes/A/type",
            "'type' must be one of apiKey, http, mutualTLS, oauth2, openIdConnect, not 'oauth'"
            " (did you mean 'oauth2'?)",
        ),
        (
            VERSIONS[2:],
            "components: {securitySchemes: {A: {type: oauth2, flows: {implicit: {scopes: {}}}}}}\n",
            "/components/securitySchemes/A/flows/implicit",
            "the OAuth flow 'implicit' needs 'authorizationUrl'",
        ),
        (
            VERSIONS[:1],
            "paths: {}\nsecurityDefinitions: {A: {type: oauth2, flow: x}}\n",
            "/securityDefinitions/A/flow",
            "'flow' must be one of implicit, password, application, accessCode, not 'x'",
        ),
        (
            VERSIONS[:1],
            "paths: {}\nsecurityDefinitions: {A: {type: oauth2, flow: implicit, authorizationUrl: 'https://a.b'}}\n",
            "/securityDefinitions/A",
            "the security scheme 'A' needs 'scopes'",
        ),
        (
            VERSIONS[1:],
            "paths: {}\ncomponents: {schemas: {a b: {}}}\n",
            "/components/schemas/a b",
            "'a b' is no name for a component: letters, digits, '.', '-' and '_' are",
        ),
        (
            VERSIONS[1:],
            "paths: {}\ndefinitions: {}\n",
            "/definitions",
            "unknown property 'definitions': that was OpenAPI 2.0, now it is said by components/schemas",
        ),
    ],
)
def test_one_sentence_says_what_is_wrong(
    find: Find, versions: tuple[str, ...], body: str, pointer: str, message: str
) -> None:
    for version in versions:
        assert find("oas/valid-spec", HEADS[version] + body) == [(pointer, message)], version


@pytest.mark.parametrize(
    ("version", "body"),
    [
        # A path item may refer and say more; a reference may have company; a link has a server.
        ("3.1", "paths: {/a: {$ref: '#/components/pathItems/A', get: {}}}\n"),
        ("3.1", _parameter("{$ref: '#/components/parameters/A', x: 1}")),
        ("3.1", "components: {links: {A: {operationId: a, parameters: {a: 1}, server: {url: 'https://{a}/'}}}}\n"),
        ("3.1", "components: {callbacks: {A: {x-a: 1, '{$url}': {}}}}\n"),
        ("3.1", _schema("{$schema: 'http://json-schema.org/draft-04/schema#', type: 3}")),
        ("3.1", "jsonSchemaDialect: https://example.org/own\n" + _schema("{type: 3}")),
        ("3.1", _schema("{madeUp: 3, properties: {a: true}}")),
        ("2.0", "paths: {}\nresponses: {A: {description: a}}\n"),
        ("2.0", _parameter("{$ref: '#/parameters/A', description: a}")),
        # What other rules say better.
        ("3.0", _schema("{minLength: -1}")),
        ("3.1", _schema("{pattern: '('}")),
        ("3.0", "paths: {/{a}: {get: {parameters: [{name: a, in: path, schema: {}}], responses: {}, x-a: 1}}}\n"),
    ],
)
def test_what_the_specification_allows_is_no_finding(find: Find, version: str, body: str) -> None:
    found = find("oas/valid-spec", HEADS[version] + body)
    assert found in ([], [("/paths/~1{a}/get/responses", "'responses' must not be empty")])


def test_what_is_misspelt_is_not_missing_as_well(find: Find) -> None:
    text = HEADS["3.0"] + "paths: {/a: {get: {respones: {'200': {descripton: a}}}}}\n"
    message = "unknown property 'respones' (did you mean 'responses'?)"
    assert find("oas/valid-spec", text) == [("/paths/~1a/get/respones", message)]


def test_numbers_that_should_be_texts_are_named(find: Find) -> None:
    text = "openapi: 3.1.0\ninfo: {title: Orders, version: 1.0}\npaths: {}\n"
    assert find("oas/valid-spec", text) == [("/info/version", "'version' must be a text, not 1.0; put it in quotes")]


def test_half_a_character_hides_nothing(find: Find) -> None:
    text = '{"openapi": "3.1.0", "info": {"title": "\\ud800", "version": "1"}, "paths": [], "\\ud800": 1}'
    found = find("oas/valid-spec", {"a.json": text})
    assert ("/paths", "'paths' must be a mapping, not a list") in found
    assert len(found) == 2


def test_that_there_are_more_errors_is_told(find: Find) -> None:
    text = (
        HEADS["3.1"] + "paths:\n" + "".join(f"  a{number}: {{}}\n" for number in range(10)) + "tags:\n" + "- 1\n" * 600
    )
    found = find("oas/valid-spec", text)
    assert found[0] == ("", "there are more than 500 errors; the others are told when these are mended")
    assert len(found) <= 512


def test_a_document_that_is_nested_too_deep_is_told() -> None:
    schema: Any = {"type": "strng"}
    for _ in range(2_000):
        schema = {"properties": {"a": schema}}
    whole = {"openapi": "3.0.3", "info": {}, "paths": {}, "components": {"schemas": {"A": schema}}}
    found = list(valid(Element("api", "", Document("a.yaml", "yaml", whole, ""))))
    assert [one.words["problem"] for one in found] == [
        "the document is nested too deep to be compared with the specification"
    ]


def test_an_unknown_version_is_said_and_nothing_else(find: Find) -> None:
    message = "'openapi' must be a version of 3.0, 3.1, 3.2, not '4.0.0'"
    assert find("oas/valid-spec", "openapi: 4.0.0\npaths: 3\n") == [("/openapi", message)]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_metaschema_is_a_new_copy_each_time(version: str) -> None:
    first = metaschema(version)
    first.clear()
    assert metaschema(version)["type"] == "object"


def test_an_unknown_metaschema_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        metaschema("../v3.0")


ODD: tuple[Any, ...] = (None, True, -1, 1.5, "a", "", [], {}, [[]], {"$ref": 3}, 10**400, float("nan"), "\ud800")


@pytest.mark.parametrize("version", VERSIONS)
def test_whatever_a_document_holds_is_put_in_words(version: str) -> None:
    whole = json.loads((Path(__file__).parents[1] / "data/specification.json").read_text(encoding="utf-8"))[version]
    assert not list(valid(Element("api", "", Document("a.yaml", "yaml", whole, ""))))
    chance = random.Random(version)  # noqa: S311  the same document each time
    for _ in range(300):
        broken = copy.deepcopy(whole)
        _break(broken, chance)
        for problem in valid(Element("api", "", Document("a.yaml", "yaml", broken, ""))):
            assert problem.words["problem"]
            assert problem.at is not None


def _break(node: Any, chance: random.Random) -> None:
    """Change, rename or remove a member somewhere."""
    for _ in range(20):
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return
        key = chance.choice(keys)
        if isinstance(node[key], dict | list) and chance.random() < 0.8:
            node = node[key]
            continue
        change = chance.choice(("value", "name", "nothing"))
        if change == "value":
            node[key] = chance.choice(ODD)
        elif change == "name" and isinstance(node, dict):
            node[f"{key}s"] = node.pop(key)
        else:
            del node[key]
        return
