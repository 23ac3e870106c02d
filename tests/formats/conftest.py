"""What the tests of the formats share: the golden rendering of an element tree, small schemas written in line."""

import json
from collections.abc import Callable

import pytest

from integrationlint.model.element import Element, Use, Value

Render = Callable[[Element], str]
BuildXsd = Callable[..., Element]


@pytest.fixture
def render_elements() -> Render:
    """`render_elements(root)`: one line per element, indented two spaces per level, in source order.

    A line is `kind:name @pointer fact=json … [key, …] -> role key/path @pointer …`, with the facts sorted by name;
    a tier other than `declared` follows the role in round brackets. A `Value` shows as `<state value raw>`.
    """
    return _tree


@pytest.fixture
def build_xsd() -> BuildXsd:
    """`build_xsd(body, attributes="")`: the elements of a schema of `urn:t` (also `t:`) with that body."""

    # Imported here: the tests of other formats need not wait for this one.
    from integrationlint.formats import xsd, xsd_names
    from integrationlint.parse.parsers import parse

    def build(body: str, attributes: str = "") -> Element:
        names = f'xmlns:xs="{xsd_names.NAMESPACE}" xmlns:t="urn:t" targetNamespace="urn:t"'
        document = parse("t.xsd", f"<xs:schema {names} {attributes}>{body}</xs:schema>".encode())
        assert xsd.recognise(document) is not None
        return xsd.build(document)

    return build


def _tree(root: Element) -> str:
    lines = []
    stack = [(root, 0)]
    while stack:
        element, level = stack.pop()
        lines.append("  " * level + _line(element))
        stack.extend((one, level + 1) for one in reversed(element.children))
    return "\n".join(lines) + "\n"


def _line(element: Element) -> str:
    words = [f"{element.kind}:{element.name}" if element.name else element.kind]
    if element.pointer:
        words.append(f"@{element.pointer}")
    words.extend(f"{name}={_value(fact)}" for name, fact in sorted(element.facts.items()))
    if element.keys:
        words.append(f"[{', '.join(element.keys)}]")
    words.extend(_use(use, element.pointer) for use in element.uses)
    return " ".join(words).replace("\n", "\\n")


def _use(use: Use, origin: str) -> str:
    tier = "" if use.tier == "declared" else f"({use.tier})"
    path = "".join(f"/{step}" for step in use.path)
    expects = f" as {use.expects}" if use.expects else ""
    # A place below the element's own is shown from there on.
    where = f" @{use.pointer.removeprefix(origin + '/')}" if use.pointer else ""
    return f"-> {use.role}{tier} {use.key}{path}{expects}{where}"


def _value(fact: object) -> str:
    if isinstance(fact, Value):
        return _state(fact)
    return json.dumps(fact, ensure_ascii=False, default=_other)


def _state(value: Value) -> str:
    words = [value.state.value]
    if value.value is not None:
        words.append(json.dumps(value.value, ensure_ascii=False, default=_other))
    if value.raw:
        words.append(json.dumps(value.raw, ensure_ascii=False))
    return f"<{' '.join(words)}>"


def _other(fact: object) -> object:
    return _state(fact) if isinstance(fact, Value) else repr(fact)
