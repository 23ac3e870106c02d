"""Changes between contracts: (old paths, new paths, what is told)."""

from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.diff.operations import exchanges
from integrationlint.workspace.workspace import Workspace

Told = Callable[..., list[str]]

COMPONENTS = """
components:
  securitySchemes: {k: {type: apiKey, in: header, name: K}, o: {type: oauth2, flows: {}}}
  parameters:
    Q: {name: q, in: query, schema: {type: string}}
    P: {name: id, in: path, required: true, schema: {type: string}}
  headers: {H: {schema: {type: string}}}
  responses: {Ok: {description: ok, content: {application/json: {schema: {type: string}}}}}
  requestBodies: {B: {required: true, content: {application/json: {schema: {type: string}}}}}
  callbacks: {C: {'{$url}': {post: {requestBody: {content: {a/b: {schema: {type: string}}}}, responses: {}}}}}
  pathItems: {I: {get: {parameters: [{$ref: '#/components/parameters/P'}], responses: {}}}}
"""


def contract(text: str) -> str:
    return f"openapi: 3.1.0\ninfo: {{title: A, version: 1.0.0}}\n{text.replace('#', '#/components/')}\n{COMPONENTS}"


def get(inner: str) -> str:
    return f"paths: {{/a: {{get: {{{inner}}}}}}}"


def two(first: str, second: str, parameters: str) -> str:
    return f"paths: {{'/a/{{{first}}}/{{{second}}}': {{get: {{parameters: {parameters}}}}}}}"


CALLBACK = "{callbacks: {c: {$ref: '#callbacks/C'}}}"
OPERATIONS = [
    ("paths: {/a: {get: {}}}", "paths: {/a: {get: {summary: x, externalDocs: {url: x}}}}", []),
    ("paths: {/a: {get: {}, put: {}}}", "paths: {/a: {get: {}}}", ["operation:PUT /a removed request narrower"]),
    ("paths: {}", "paths: {/a: {get: {}}}", ["operation:GET /a added request wider"]),
    (
        "paths: {/a: {get: {}}}",
        "paths: {/b: {get: {}}}",
        ["operation:GET /a removed request narrower", "operation:GET /b added request wider"],
    ),
    ("webhooks: {w: {post: {}}}", "webhooks: {}", ["webhook:w/operation:POST removed request narrower"]),
    ("paths: {/a: {get: {}}}", "paths: {/a: {get: {deprecated: true}}}", ["operation:GET /a deprecated none same"]),
    ("paths: {/a: {get: {deprecated: false}}}", "paths: {/a: {get: {}}}", []),
    ("paths: {/a: {get: {operationId: a}}}", "paths: {/a: {get: {operationId: b}}}", ["operation:GET /a id none same"]),
    # Path parameters go by position.
    (
        two("x", "y", "[{name: x, in: path}, {name: y, in: path, schema: {type: string}}]"),
        two("v", "w", "[{name: w, in: path, schema: {type: string}}, {name: v, in: path}]"),
        [],
    ),
    (
        two("x", "y", "[{name: x, in: path, schema: {type: string}}, {name: y, in: path}]"),
        two("y", "x", "[{name: x, in: path, schema: {type: string}}, {name: y, in: path}]"),
        [
            "operation:GET /a/{}/{}/parameter:path:x/schema added request narrower",
            "operation:GET /a/{}/{}/parameter:path:x/schema removed request wider",
        ],
    ),
    (
        "paths: {/a: {get: {parameters: [{name: x, in: path}]}}}",
        "paths: {/a: {get: {parameters: [{name: y, in: path}]}}}",
        [
            "operation:GET /a/parameter:path:x removed request same",
            "operation:GET /a/parameter:path:y added request same",
        ],
    ),
    # Parameters of the path hold for its operations, unless one has its own.
    (
        "paths: {/a: {get: {parameters: [{name: q, in: query}]}, put: {parameters: [{name: q, in: query}]}}}",
        "paths: {/a: {parameters: [{name: q, in: query}], get: {}, put: {}}}",
        [],
    ),
    (
        "paths: {/a: {parameters: [{name: q, in: query}], put: {parameters: [{name: q, in: query, required: true}]}}}",
        "paths: {/a: {parameters: [{name: q, in: query, required: true}], put: {}}}",
        [],
    ),
    # Paths and callbacks elsewhere.
    (
        "paths: {'/i/{id}': {get: {parameters: [{$ref: '#parameters/P'}], responses: {}}}}",
        "paths: {'/i/{id}': {$ref: '#pathItems/I'}}",
        [],
    ),
    ("paths: {'/i/{x}': {$ref: '#pathItems/I'}}", "paths: {}", ["operation:GET I removed request narrower"]),
    ("webhooks: {w: {$ref: '#pathItems/I'}}", "webhooks: {}", ["operation:GET I removed request narrower"]),
    (
        "paths: {/a: {post: {callbacks: {c: {'{$x}': {post: {}}}}}}}",
        "paths: {/a: {post: {}}}",
        ["operation:POST /a/callback:c/callback:{$x}/operation:POST removed request narrower"],
    ),
    (
        f"paths: {{/a: {{post: {CALLBACK}}}, /b: {{post: {CALLBACK}}}}}",
        f"paths: {{/a: {{post: {{}}}}, /b: {{post: {CALLBACK}}}}}",
        [],
    ),
]

PARAMETERS = [
    ("[]", "[{name: q, in: query}]", "parameter:query:q added request same"),
    ("[]", "[{name: q, in: query, required: true}]", "parameter:query:q added request narrower"),
    ("[{name: q, in: query}]", "[]", "parameter:query:q removed request same"),
    ("[{name: q, in: query, required: true}]", "[]", "parameter:query:q removed request wider"),
    ("[{name: q, in: query}]", "[{name: q, in: query, required: true}]", "parameter:query:q required request narrower"),
    ("[{name: q, in: query}]", "[{name: q, in: query, deprecated: true}]", "parameter:query:q deprecated none same"),
    ("[{name: X-A, in: header}]", "[{name: x-a, in: header}]", ""),
    (
        "[{name: q, in: query}]",
        "[{name: Q, in: query}]",
        "parameter:query:Q added request same|parameter:query:q removed request same",
    ),
    (
        "[{name: q, in: query}]",
        "[{name: q, in: cookie}]",
        "parameter:cookie:q added request same|parameter:query:q removed request same",
    ),
    ("[{name: q, in: query}]", "[{name: q, in: query, style: form, explode: true}]", ""),
    (
        "[{name: q, in: query}]",
        "[{name: q, in: query, style: pipeDelimited}]",
        "parameter:query:q explode request other|parameter:query:q style request other",
    ),
    ("[{name: q, in: query}]", "[{name: q, in: query, explode: false}]", "parameter:query:q explode request other"),
    ("[{name: q, in: header}]", "[{name: q, in: header, style: simple, explode: false}]", ""),
    ("[{$ref: '#parameters/Q'}]", "[{name: q, in: query, schema: {type: string}}]", ""),
    (
        "[{$ref: '#parameters/Q'}]",
        "[{name: q, in: query, schema: {type: integer}}]",
        "parameter:query:q/schema type request narrower",
    ),
    (
        "[{name: q, in: query, content: {application/json: {schema: {type: string}}}}]",
        "[{name: q, in: query, content: {application/json: {schema: {}}}}]",
        "parameter:query:q/media:application/json/schema type request wider",
    ),
    (
        "[{name: q, in: query, schema: {type: string}}]",
        "[{name: q, in: query, content: {a/b: {}}}]",
        "parameter:query:q content request other",
    ),
    ("[{name: b, in: query}, {name: a, in: query}]", "[{name: a, in: query}, {name: b, in: query}]", ""),
]

BODIES = [
    ("x-a: 1", "requestBody: {content: {a/b: {}}}", "request added request wider"),
    ("x-a: 1", "requestBody: {required: true, content: {a/b: {}}}", "request added request other"),
    ("requestBody: {content: {a/b: {}}}", "x-a: 1", "request removed request narrower"),
    ("requestBody: {required: true, content: {a/b: {}}}", "x-a: 1", "request removed request other"),
    (
        "requestBody: {content: {a/b: {}}}",
        "requestBody: {required: true, content: {a/b: {}}}",
        "request required request narrower",
    ),
    (
        "requestBody: {content: {a/b: {}}}",
        "requestBody: {content: {c/d: {}}}",
        "request/media:a/b removed request narrower|request/media:c/d added request wider",
    ),
    ("requestBody: {content: {a/b: {}}}", "requestBody: {content: {A/B; charset=utf-8: {}}}", ""),
    (
        "requestBody: {content: {a/b;v=1: {}, a/b;v=2: {schema: {type: string}}}}",
        "requestBody: {content: {a/b;v=1: {}, a/b;v=2: {}}}",
        "request/media:a/b;v=2/schema removed request wider",
    ),
    (
        "requestBody: {$ref: '#requestBodies/B'}",
        "requestBody: {required: true, content: {application/json: {schema: {type: string}}}}",
        "",
    ),
    (
        "requestBody: {$ref: '#requestBodies/B'}",
        "requestBody: {required: true, content: {application/json: {schema: {type: integer}}}}",
        "request/media:application/json/schema type request other",
    ),
]

RESPONSES = [
    ("{'200': {}}", "{'200': {description: x}}", ""),
    ("{'200': {}}", "{200: {}}", ""),
    ("{2xx: {}}", "{2XX: {}}", ""),
    ("{'200': {}, '404': {}}", "{'200': {}}", "response:404 removed response narrower"),
    ("{'200': {}}", "{'200': {}, '404': {}}", "response:404 added response wider"),
    (
        "{'200': {content: {a/b: {}}}}",
        "{'200': {content: {a/b: {}, c/d: {}}}}",
        "response:200/media:c/d added both wider",
    ),
    (
        "{'200': {content: {a/b: {}, c/d: {}}}}",
        "{'200': {content: {a/b: {}}}}",
        "response:200/media:c/d removed both narrower",
    ),
    ("{'200': {$ref: '#responses/Ok'}}", "{'200': {content: {application/json: {schema: {type: string}}}}}", ""),
    (
        "{'200': {$ref: '#responses/Ok'}}",
        "{'200': {content: {application/json: {schema: {}}}}}",
        "response:200/media:application/json/schema type response wider",
    ),
    ("{'200': {headers: {X-A: {}}}}", "{'200': {headers: {x-a: {}}}}", ""),
    ("{'200': {headers: {X-A: {}}}}", "{'200': {}}", "response:200/header:X-A removed response same"),
    ("{'200': {headers: {X-A: {required: true}}}}", "{'200': {}}", "response:200/header:X-A removed response wider"),
    ("{'200': {}}", "{'200': {headers: {X-A: {required: true}}}}", "response:200/header:X-A added response narrower"),
    (
        "{'200': {headers: {X-A: {}}}}",
        "{'200': {headers: {X-A: {required: true}}}}",
        "response:200/header:X-A required response narrower",
    ),
    ("{'200': {headers: {X-A: {$ref: '#headers/H'}}}}", "{'200': {headers: {X-A: {schema: {type: string}}}}}", ""),
    (
        "{'200': {headers: {X-A: {$ref: '#headers/H'}}}}",
        "{'200': {headers: {X-A: {schema: {type: integer}}}}}",
        "response:200/header:X-A/schema type response narrower",
    ),
]

SECURITY = [
    ("[]", "[{k: []}]", "narrower"),
    ("[{k: []}]", "[]", "wider"),
    ("[{}]", "[]", ""),
    ("[{k: []}]", "[{k: []}, {o: []}]", "wider"),
    ("[{k: []}, {o: []}]", "[{o: []}, {k: []}]", ""),
    ("[{k: []}, {o: []}]", "[{o: []}]", "narrower"),
    ("[{k: []}]", "[{o: []}]", "other"),
    ("[{k: []}]", "[{k: [], o: []}]", "narrower"),
    ("[{k: []}]", "[{k: []}, {k: [], o: []}]", ""),
    ("[{o: [read]}]", "[{o: [read, write]}]", "narrower"),
    ("[{o: [read, write]}]", "[{o: [write, read]}]", ""),
    ("[{o: [read]}]", "[{o: [write]}]", "other"),
    ("[{k: []}]", "[{k: []}, {}]", "wider"),
    ("odd", "[]", ""),
    ("[odd, {k: odd}]", "[]", ""),
]


def below(text: str) -> list[str]:
    return [f"operation:GET /a/{one}" for one in text.split("|") if one]


@pytest.mark.parametrize(("old", "new", "changes"), OPERATIONS)
def test_operations(old: str, new: str, changes: list[str], told: Told) -> None:
    assert told(contract(old), contract(new)) == changes


@pytest.mark.parametrize(("old", "new", "changes"), PARAMETERS)
def test_parameters(old: str, new: str, changes: str, told: Told) -> None:
    before, after = (contract(get(f"parameters: {side}")) for side in (old, new))
    assert told(before, after) == below(changes)


@pytest.mark.parametrize(("old", "new", "changes"), BODIES)
def test_bodies(old: str, new: str, changes: str, told: Told) -> None:
    assert told(contract(get(old)), contract(get(new))) == below(changes)


@pytest.mark.parametrize(("old", "new", "changes"), RESPONSES)
def test_responses(old: str, new: str, changes: str, told: Told) -> None:
    before, after = (contract(get(f"responses: {side}")) for side in (old, new))
    assert told(before, after) == below(changes)


@pytest.mark.parametrize("place", ["operation", "contract"])
@pytest.mark.parametrize(("old", "new", "effect"), SECURITY)
def test_security(place: str, old: str, new: str, effect: str, told: Told) -> None:
    sides = (
        contract(get(f"security: {side}") if place == "operation" else f"security: {side}\n{get('x-a: 1')}")
        for side in (old, new)
    )
    assert told(*sides) == ([f"operation:GET /a security request {effect}"] if effect else [])


def test_security_of_an_operation_stands_for_that_of_the_contract(told: Told) -> None:
    before = contract(f"security: [{{k: []}}]\n{get('security: []')}")
    after = contract(f"security: [{{o: []}}]\n{get('security: []')}")
    assert told(before, after) == []


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("{type: apiKey, in: header, name: K}", "{type: apiKey, in: header, name: k}", []),
        ("{type: apiKey, in: header, name: K}", "{type: apiKey, in: query, name: K}", ["in"]),
        ("{type: http, scheme: Basic}", "{type: http, scheme: basic}", []),
        ("{type: http, scheme: basic}", "{type: oauth2, flows: {}}", ["scheme", "type"]),
    ],
)
def test_security_schemes(old: str, new: str, changes: list[str], told: Told) -> None:
    sides = (f"openapi: 3.1.0\ncomponents: {{securitySchemes: {{s: {side}}}}}" for side in (old, new))
    assert told(*sides) == [f"security-scheme:s {fact} request other" for fact in changes]


TYPED = "{content: {a/b: {schema: {type: TYPE}}}}"


@pytest.mark.parametrize(
    ("text", "directions"),
    [
        (
            "paths: {/a: {post: {requestBody: BODY, responses: {'200': BODY}}}}",
            {"request": "request", "response": "response"},
        ),
        (
            "webhooks: {w: {post: {requestBody: BODY, responses: {'200': BODY}}}}",
            {"request": "response", "response": "request"},
        ),
        (
            "paths: {/a: {post: {callbacks: {c: {'{$x}': {post: {requestBody: BODY, responses: {'200': BODY}}}}}}}}",
            {"request": "response", "response": "request"},
        ),
    ],
)
def test_what_a_contract_sends_and_receives(text: str, directions: dict[str, str], compared: Any) -> None:
    old, new = (contract(text.replace("BODY", TYPED.replace("TYPE", one))) for one in ("string", "integer"))
    found = {change.element.parent.parent.kind: change.direction for change in compared(old, new)}
    assert found == directions


def swagger(text: str) -> str:
    return (
        "swagger: '2.0'\ninfo: {title: A, version: '1'}\nconsumes: [application/json]\n"
        "securityDefinitions: {k: {type: apiKey, in: header, name: K}, o: {type: oauth2}}\n"
        f"parameters: {{B: {{in: body, name: b, schema: {{type: string}}}}}}\npaths: {{/a: {{post: {text}}}}}\n"
    )


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (
            "{parameters: [{in: query, name: q, type: string, collectionFormat: csv}]}",
            "{parameters: [{in: query, name: q, type: integer}]}",
            ["operation:POST /a/parameter:query:q/schema type request narrower"],
        ),
        (
            "{parameters: [{in: query, name: q, type: array}]}",
            "{parameters: [{in: query, name: q, type: array, collectionFormat: multi}]}",
            ["operation:POST /a/parameter:query:q explode request other"],
        ),
        (
            "{parameters: [{in: body, name: x, schema: {type: string}}]}",
            "{parameters: [{in: body, name: y, required: true, schema: {type: integer}}]}",
            [
                "operation:POST /a/request required request narrower",
                "operation:POST /a/request/media:application/json/schema type request other",
            ],
        ),
        ("{parameters: [{$ref: '#/parameters/B'}]}", "{parameters: [{in: body, name: c, schema: {type: string}}]}", []),
        ("{parameters: [{$ref: '#/parameters/B'}]}", "{}", ["request:b removed request narrower"]),
        (
            "{produces: [a/b, c/d], responses: {'200': {schema: {type: string}}}}",
            "{produces: [a/b, c/d], responses: {'200': {schema: {type: integer}}}}",
            ["operation:POST /a/response:200/media:a/b/schema type response other"],
        ),
    ],
)
def test_swagger_2_0(old: str, new: str, changes: list[str], told: Told) -> None:
    assert told(swagger(old), swagger(new)) == changes


def test_swagger_2_0_and_openapi_3_that_say_the_same(told: Told) -> None:
    old = swagger(
        "{parameters: [{in: body, name: b, required: true, schema: {type: string}},"
        " {in: query, name: q, type: string}], produces: [a/b], responses:"
        " {'200': {schema: {type: string}, headers: {X: {type: string}}}}}"
    )
    new = contract(
        "paths: {/a: {post: {requestBody: {required: true, content: {application/json: {schema: {type: string}}}},"
        " parameters: [{in: query, name: q, schema: {type: string}}],"
        " responses: {'200': {headers: {X: {schema: {type: string}}}, content: {a/b: {schema: {type: string}}}}}}}}"
    )
    assert told(old, new) == []
    assert told(new, old) == []


def test_callbacks_in_a_circle_end(open_side: Callable[[str], Workspace]) -> None:
    text = (
        "openapi: 3.1.0\npaths: {/a: {post: {callbacks: {c: {$ref: '#/components/callbacks/C'}}}}}\n"
        "components: {callbacks: {C: {'{$x}': {post: {callbacks: {c: {$ref: '#/components/callbacks/C'}}}}}}}\n"
    )
    side = open_side(text)
    found = exchanges(side.loaded["a.yaml"].root, side)
    assert list(found) == ["POST /a", "POST callback C {$x}"]


def test_paths_that_differ_in_parameter_names_alone_are_compared_in_order(told: Told) -> None:
    both = "paths: {'/a/{x}': {get: {}}, '/a/{y}': {get: {deprecated: true}}}"
    assert told(contract(both), contract(both)) == []


def test_a_contract_in_several_files_is_compared_as_one(told: Told) -> None:
    parameter = "{name: id, in: path, required: true, schema: {type: string}}"
    whole = contract(f"paths: {{'/o/{{id}}': {{get: {{parameters: [{parameter}], responses: {{'200': {{}}}}}}}}}}")
    parts = {
        "a.yaml": contract("paths: {'/o/{id}': {$ref: paths/o.yaml}}"),
        "paths/o.yaml": "get: {parameters: [{$ref: ../b.yaml#/Id}], responses: {'200': {$ref: ../b.yaml#/Ok}}}",
        "b.yaml": f"Id: {parameter}\nOk: {{description: ok}}",
    }
    assert told({"a.yaml": whole}, parts) == []
    assert told(parts, {"a.yaml": whole}) == []
    changed = parts | {"b.yaml": parts["b.yaml"].replace("string", "integer")}
    assert told(parts, changed) == ["parameter:path:id/schema type request narrower"]
