"""Files to documents to elements: what is read, and what is made of parts that other files refer to."""

import json
from collections.abc import Callable

import pytest

from integrationlint.model.limits import Limits
from integrationlint.source.snapshot import Memory
from integrationlint.workspace.load import load, target_of
from integrationlint.workspace.workspace import Workspace

OpenFiles = Callable[..., Workspace]
EdgesOf = Callable[[Workspace], list[str]]

API = "openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\n"


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("pointer:a/b.yaml#/x/y", ("a/b.yaml", "/x/y")),
        ("pointer:a#b.yaml#/x", ("a#b.yaml", "/x")),
        ("pointer:a.yaml#/x#/y", ("a.yaml", "/x#/y")),
        ("pointer:a.yaml#", ("a.yaml", "")),
        ("file:a.xsd", ("a.xsd", "")),
        ("schema:a.yaml#Order", ("a.yaml", "Order")),
        ("schema:Order", ("", "")),
        ("anchor:a.json#order", ("a.json", "order")),
        ("id:https://example.com/a#/x", ("", "")),
        ("http:GET /a", ("", "")),
        ("", ("", "")),
    ],
)
def test_the_file_that_a_key_names(key: str, expected: tuple[str, str]) -> None:
    assert target_of(key) == expected


def elements(workspace: Workspace) -> list[str]:
    return [element.address for root in workspace.roots() for element in root.walk() if element.parent is not None]


@pytest.mark.parametrize(
    ("reference", "files", "expected"),
    [
        ("b.yaml", {"api/b.yaml": "type: object"}, "api/b.yaml#type:b"),
        ("./b.yaml", {"api/b.yaml": "type: object"}, "api/b.yaml#type:b"),
        ("../b.json", {"b.json": "{}"}, "b.json#type:b"),
        ("sub/../b.yaml#/x/Order", {"api/b.yaml": "x: {Order: {}}"}, "api/b.yaml#type:Order"),
        ("b%20c.yaml#/a%20b", {"api/b c.yaml": "a b: {}"}, "api/b c.yaml#type:a b"),
        ("b.yaml#/a~1b/c~0d", {"api/b.yaml": "a/b: {c~d: {}}"}, "api/b.yaml#type:c~d"),
        ("b.yaml#/x/1", {"api/b.yaml": "x: [{}, {type: string}]"}, "api/b.yaml#type:1"),
        ("b.yaml#/x", {"api/b.yaml": "x: true"}, "api/b.yaml#type:x"),
        ("b.yaml#/x", {"api/b.yaml": "x: text"}, "?pointer:api/b.yaml#/x"),
        ("b.yaml#/y", {"api/b.yaml": "x: {}"}, "?pointer:api/b.yaml#/y"),
        ("b.yaml", {}, "?pointer:api/b.yaml#"),
        ("b.yaml", {"api/b.yaml": "a: [unclosed"}, "api/b.yaml#"),
        ("b.xsd#/x", {"api/b.xsd": "<x/>"}, "?pointer:api/b.xsd#/x"),
        ("../../b.yaml", {"b.yaml": "{}"}, "?pointer:../b.yaml#"),
        ("https://example.com/b.yaml", {}, "?id:https://example.com/b.yaml"),
        ("http://[", {}, "?id:http://["),
        ("#/x-own/Order", {}, "api/a.yaml#type:Order"),
        ("#/x-own/Order/properties/id", {}, "api/a.yaml#type:id"),
        ("#/info", {}, "api/a.yaml#type:info"),
    ],
)
def test_schemas_elsewhere(
    reference: str, files: dict[str, str], expected: str, open_files: OpenFiles, edges_of: EdgesOf
) -> None:
    schemas = json.dumps({"schemas": {"A": {"$ref": reference}}})
    text = f"{API}x-own: {{Order: {{properties: {{id: {{}}}}}}}}\ncomponents: {schemas}\n"
    workspace = open_files({"api/a.yaml": text, **files}, ["api/a.yaml"])
    assert edges_of(workspace) == [f"api/a.yaml#type:A contains {expected}"]


def test_parts_of_every_kind_are_read_as_what_refers_to_them(open_files: OpenFiles, edges_of: EdgesOf) -> None:
    api = (
        f"{API}paths:\n  /a/{{id}}: {{$ref: paths/a.yaml}}\nwebhooks:\n  done: {{$ref: paths/done.yaml}}\n"
        "components:\n  responses: {R: {$ref: parts.yaml#/r}}\n  headers: {H: {$ref: parts.yaml#/h}}\n"
        "  links: {L: {$ref: parts.yaml#/l}}\n  callbacks: {C: {$ref: parts.yaml#/c}}\n"
        "  requestBodies: {B: {$ref: parts.yaml#/b}}\n"
    )
    path = "get:\n  parameters: [{$ref: ../parts.yaml#/p}]\n  responses: {'200': {$ref: ../parts.yaml#/r}}\n"
    parts = (
        "p: {in: query, name: q, schema: {$ref: '#/s'}}\nr: {description: ok, headers: {X: {$ref: '#/h'}}}\n"
        "h: {schema: {type: string}}\nl: {operationId: none}\nc: {'{$url}': {post: {}}}\nb: {content: {a/b: {}}}\n"
        "s: {type: string}\n"
    )
    files = {"api.yaml": api, "paths/a.yaml": path, "paths/done.yaml": "post: {}", "parts.yaml": parts}
    workspace = open_files(files, ["api.yaml"])
    assert edges_of(workspace) == [
        "api.yaml#callback:C contains parts.yaml#callback:c",
        "api.yaml#header:H contains parts.yaml#header:h",
        "api.yaml#link:L contains parts.yaml#link:l",
        "api.yaml#path:/a/{} contains paths/a.yaml#path:/a/{}",
        "api.yaml#request:B contains parts.yaml#request",
        "api.yaml#response:R contains parts.yaml#response:r",
        "api.yaml#webhook:done contains paths/done.yaml#webhook:done",
        "parts.yaml#link:l calls ?operation-id:none",
        "parts.yaml#parameter:query:q/schema contains parts.yaml#type:s",
        "parts.yaml#response:r/header:X contains parts.yaml#header:h",
        "paths/a.yaml#operation:GET /a/{}/parameter:$ref:p contains parts.yaml#parameter:query:q",
        "paths/a.yaml#operation:GET /a/{}/response:200 contains parts.yaml#response:r",
    ]
    directions = {one.address: one.facts["direction"] for one in workspace.elements("operation")}
    assert directions["paths/done.yaml#webhook:done/operation:POST"] == "out"
    assert directions["paths/a.yaml#operation:GET /a/{}"] == "in"


def test_a_path_elsewhere_has_the_servers_security_and_version_of_its_contract(open_files: OpenFiles) -> None:
    api = (
        "swagger: '2.0'\ninfo: {title: A, version: '1'}\nbasePath: /v1\nsecurity: [{key: []}]\nproduces: [text/plain]\n"
        "securityDefinitions: {key: {type: basic}}\npaths:\n  /a/{x}: {$ref: a.yaml}\n"
    )
    path = (
        "put:\n  parameters: [{in: body, name: b, schema: {$ref: b.yaml}}, {$ref: 'b.yaml#/body'}]\n"
        "  responses: {'200': {description: ok, schema: {type: string}}}\n"
    )
    body = "properties: {a: {$ref: c.yaml, type: string}}\nbody: {in: body, name: c, schema: {}}"
    workspace = open_files({"api.yaml": api, "a.yaml": path, "b.yaml": body, "c.yaml": "{}"}, ["api.yaml"])
    (operation,) = workspace.elements("operation")
    assert operation.keys == ("http:PUT /a/{}", "http:PUT /v1/a/{}")
    targets = {edge.target.address for edge in workspace.edges(operation)}
    assert targets == {"api.yaml#security-scheme:key"}
    assert [one.kind for one in operation.children] == ["parameter", "request", "response"]
    (reference,) = operation.of("parameter")
    assert [edge.target.kind for edge in workspace.edges(reference)] == ["request"]
    (response,) = operation.of("response")
    assert [one.name for one in response.of("media")] == ["text/plain"]
    field = next(one for one in workspace.elements("field"))
    assert "type" not in field.facts  # beside $ref nothing counts before 3.1, in the files of the contract as well


def test_the_schema_of_a_parameter_of_2_0_stands_where_the_parameter_does(
    open_files: OpenFiles, edges_of: EdgesOf
) -> None:
    api = (
        "swagger: '2.0'\npaths:\n  /a:\n    get:\n      parameters: [{in: query, name: q, type: string}]\n"
        "      produces: [a/b, c/d]\n      responses: {'200': {schema: {type: string}}}\n"
        "definitions: {T: {$ref: '#/paths/~1a/get/parameters/0'}}\n"
    )
    assert edges_of(open_files({"a.yaml": api})) == [
        "a.yaml#operation:GET /a/response:200/media:c/d contains a.yaml#operation:GET /a/response:200/media:a/b/schema",
        "a.yaml#type:T contains a.yaml#operation:GET /a/parameter:query:q/schema",
    ]


def test_a_reference_to_a_thing_of_another_kind_finds_that_thing(open_files: OpenFiles, edges_of: EdgesOf) -> None:
    text = (
        f"{API}components:\n  responses: {{R: {{description: ok}}}}\n"
        "  schemas: {S: {$ref: '#/components/responses/R'}, T: {$ref: '#'}}\n"
    )
    assert edges_of(open_files({"a.yaml": text})) == [
        "a.yaml#type:S contains a.yaml#response:R",
        "a.yaml#type:T contains a.yaml#",
    ]


def test_files_that_refer_to_each_other_are_read_once(open_files: OpenFiles, edges_of: EdgesOf) -> None:
    files = {
        "a.yaml": f"{API}components: {{schemas: {{A: {{$ref: b.yaml#/B}}}}}}",
        "b.yaml": "B: {properties: {c: {$ref: c.yaml}, self: {$ref: '#/B'}}}",
        "c.yaml": "allOf: [{$ref: b.yaml#/B}, {$ref: 'a.yaml#/components/schemas/A'}]",
    }
    workspace = open_files(files, ["a.yaml"])
    assert list(workspace.loaded) == ["a.yaml", "b.yaml", "c.yaml"]
    assert edges_of(workspace) == [
        "a.yaml#type:A contains b.yaml#type:B",
        "b.yaml#type:B/field:c contains c.yaml#type:c",
        "b.yaml#type:B/field:self contains b.yaml#type:B",
        "c.yaml#type:c/variant:A extends a.yaml#type:A",
        "c.yaml#type:c/variant:B extends b.yaml#type:B",
    ]


def test_a_part_of_a_part_is_the_element_that_is_there_already(open_files: OpenFiles, edges_of: EdgesOf) -> None:
    api = f"{API}components: {{schemas: {{A: {{$ref: b.yaml#/B/properties/c}}, Z: {{$ref: b.yaml#/B}}}}}}"
    files = {"a.yaml": api, "b.yaml": "B: {properties: {c: {type: string}}}"}
    assert edges_of(open_files(files, ["a.yaml"])) == [
        "a.yaml#type:A contains b.yaml#type:B/field:c",
        "a.yaml#type:Z contains b.yaml#type:B",
    ]


def test_addresses_of_parts_do_not_depend_on_who_asks_first(open_files: OpenFiles) -> None:
    parts = {"parts.yaml": "b: {x: {type: string}}\na: {x: {type: integer}}\n"}
    for first, second in (("a", "b"), ("b", "a")):
        schemas = f"{{A: {{$ref: parts.yaml#/{first}/x}}, B: {{$ref: parts.yaml#/{second}/x}}}}"
        workspace = open_files({"a.yaml": f"{API}components: {{schemas: {schemas}}}", **parts}, ["a.yaml"])
        found = {one.address: one.pointer for one in workspace.loaded["parts.yaml"].root.children}
        assert found == {"parts.yaml#type:x": "/a/x", "parts.yaml#type:x~2": "/b/x"}


def test_the_order_of_paths_changes_nothing(open_files: OpenFiles, edges_of: EdgesOf) -> None:
    files = {
        "a.yaml": f"{API}paths: {{/a/{{x}}: {{$ref: p.yaml}}}}",
        "b.yaml": f"{API}paths: {{/b/{{x}}: {{$ref: p.yaml}}}}",
        "p.yaml": "get: {}",
    }
    there, back = (open_files(files, paths) for paths in (["a.yaml", "b.yaml"], ["b.yaml", "a.yaml", "b.yaml"]))
    assert elements(there) == elements(back)
    assert edges_of(there) == edges_of(back)


def test_a_file_that_cannot_be_read_is_a_document_with_a_fault() -> None:
    snapshot = Memory({"a.yaml": b"a: [", "b.yaml": b"a: 1\na: 2\n"})
    loaded = load(snapshot, ["a.yaml", "b.yaml", "gone.yaml"], Limits())
    faults = {
        path: [(one.name, one.facts["fatal"]) for one in found.root.of("fault")] for path, found in loaded.items()
    }
    assert faults == {
        "a.yaml": [("syntax", True)],
        "b.yaml": [("duplicate-key", False)],
        "gone.yaml": [("unreadable", True)],
    }
    assert all(found.match is None and found.format == "" for found in loaded.values())


def test_elements_are_listed_by_kind_with_those_of_parts(open_files: OpenFiles) -> None:
    files = {"a.yaml": f"{API}components: {{schemas: {{A: {{$ref: b.yaml}}}}}}", "b.yaml": "properties: {x: {}}"}
    workspace = open_files(files, ["a.yaml"])
    assert [one.address for one in workspace.elements("type", "field")] == [
        "a.yaml#type:A",
        "b.yaml#type:b",
        "b.yaml#type:b/field:x",
    ]


def test_many_references_to_the_wrong_place_are_not_slow(open_files: OpenFiles) -> None:
    schemas = {f"S{number}": {"$ref": "#"} for number in range(3_000)}
    text = json.dumps({"openapi": "3.1.0", "components": {"schemas": schemas}})
    workspace = open_files({"a.json": text})
    assert sum(len(workspace.edges(one)) for one in workspace.elements("type")) == 3_000


def test_parts_that_repeat_each_other_too_often_are_left_out_and_told(
    open_files: OpenFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    def place(level: int) -> str:
        return f"parts.json#/x{'/properties/x' * level}"

    monkeypatch.setattr("integrationlint.workspace.load._FREE", 200)
    node: dict[str, object] = {"properties": {f"f{number}": {} for number in range(40)}}
    for level in range(30, 0, -1):
        node = {"properties": {"x": node, "up": {"allOf": [{"$ref": place(level)}]}}}
    api = {"openapi": "3.1.0", "components": {"schemas": {"A": {"$ref": place(30)}}}}
    # Each part refers to the one around it, so that the largest comes last.
    text = json.dumps({"x": node}).replace('"f0": {}', f'"f0": {{"$ref": "{place(29)}"}}')
    for level in range(30):
        text = text.replace(f'"$ref": "{place(level + 1)}"}}]', f'"$ref": "{place(max(0, level - 1))}"}}]')
    workspace = open_files({"api.json": json.dumps(api), "parts.json": text}, ["api.json"])
    faults = [(one.name, one.facts["fatal"]) for one in workspace.elements("fault")]
    assert faults == [("limit", False)]
    assert sum(1 for _ in workspace.elements("field")) < 1_500
