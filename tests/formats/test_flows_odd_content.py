"""Odd content: whatever is of the wrong type is left out, and nothing raises."""

import copy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrationlint.formats.flows import mule, step_functions
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.element import Element
from integrationlint.parse.parsers import parse

DATA = Path(__file__).resolve().parents[1] / "data/formats/flows"
JSON_FIXTURES = [
    parse(path.name, path.read_bytes())
    for path in sorted((DATA / "step-functions").iterdir())
    if path.suffix != ".golden"
]
XML_FIXTURES = [parse(path.name, path.read_bytes()) for path in sorted((DATA / "mule").rglob("*.xml"))]
ODD: list[object] = [
    None,
    True,
    False,
    0,
    -1,
    10**30,
    1e308,
    float("inf"),
    float("nan"),
    "",
    "x",
    "$",
    "${",
    "#[",
    "{%",
    "arn:aws",
    "::",
    "$.a",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"a": None},
    {"": ""},
    {1: 2},
    {None: [1]},
    {"Ref": None},
    {"Fn::Sub": []},
    {"Fn::GetAtt": {}},
    {"Fn::Join": [1, 2]},
    [1, "x", {"Next": 3}],
    {"StartAt": 1, "States": {"a": 1}},
    {"StartAt": ["a"], "States": {"a": {}}},
]
BOUNDED = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def places(value: object) -> list[tuple[object, object]]:
    """Every container and key in a value."""
    found: list[tuple[object, object]] = []
    stack = [value]
    while stack:
        one = stack.pop()
        items = list(one.items()) if isinstance(one, dict) else list(enumerate(one)) if isinstance(one, list) else []
        found.extend((one, key) for key, _ in items)
        stack.extend(inner for _, inner in items)
    return found


def use_up(root: Element) -> None:
    for element in root.walk():
        assert element.address
        assert element.location
        assert all(use.key for use in element.uses)


@BOUNDED
@given(data=st.data())
def test_step_functions_with_wrong_types(data: st.DataObject) -> None:
    fixture = data.draw(st.sampled_from(JSON_FIXTURES))
    value = copy.deepcopy(fixture.value)
    for _ in range(data.draw(st.integers(1, 6))):
        known = places(value)
        if not known:
            break
        container, key = data.draw(st.sampled_from(range(len(known))).map(known.__getitem__))
        container[key] = copy.deepcopy(data.draw(st.sampled_from(ODD)))  # type: ignore[index]
    document = Document(fixture.path, fixture.syntax, value, fixture.text, fixture.locator)
    step_functions.recognise(document)
    use_up(step_functions.build(document))


def nodes(root: XmlNode) -> list[XmlNode]:
    found, stack = [], [root]
    while stack:
        one = stack.pop()
        found.append(one)
        stack.extend(one.children)
    return found


WORDS = [
    "",
    "x",
    "${x}",
    "#[payload.a]",
    "#[",
    "-1",
    "HTTPS",
    "https://h/p",
    "/",
    "::",
    "get:\\x",
    "ANY",
    "classpath://../../x",
    "9" * 5000,
]
NAMES = sorted({node.name for fixture in XML_FIXTURES for node in nodes(fixture.value)})  # type: ignore[arg-type]
ATTRIBUTES = sorted({name for fixture in XML_FIXTURES for node in nodes(fixture.value) for name in node.attributes})  # type: ignore[arg-type]


@BOUNDED
@given(data=st.data())
def test_mule_with_misplaced_elements_and_odd_attributes(data: st.DataObject) -> None:
    fixture = data.draw(st.sampled_from(XML_FIXTURES))
    root = copy.deepcopy(fixture.value)
    assert isinstance(root, XmlNode)
    for _ in range(data.draw(st.integers(1, 10))):
        known = nodes(root)
        node = known[data.draw(st.integers(0, len(known) - 1))]
        match data.draw(st.sampled_from(["set", "clear", "move", "text", "empty"])):
            case "set":
                node.attributes[data.draw(st.sampled_from(ATTRIBUTES))] = data.draw(st.sampled_from(WORDS))
            case "clear":
                node.attributes.clear()
            case "move":
                node.children.append(
                    XmlNode(
                        data.draw(st.sampled_from(NAMES)), dict(node.attributes), [], {}, f"{node.pointer}/x[1]", 1, 1
                    )
                )
            case "text":
                node.pieces.append(data.draw(st.sampled_from(["%dw 2.0 --- {", "#[payload", "'", "{a: {b:"])))
            case _:
                node.children.clear()
    document = Document(fixture.path, "xml", root, fixture.text, fixture.locator)
    mule.recognise(document)
    use_up(mule.build(document))


@pytest.mark.parametrize(
    "value", [None, "text", 3, [], {}, {"StartAt": "a"}, {"Resources": []}, {"Resources": {"a": None}}]
)
def test_documents_of_something_else(value: object) -> None:
    document = Document("a.json", "json", value, "")
    assert step_functions.recognise(document) is None
    assert mule.recognise(document) is None
    assert [one.kind for one in step_functions.build(document).walk()] == ["document"]
    assert [one.kind for one in mule.build(document).walk()] == ["document"]
