"""libyaml and PyYAML's own parser have to agree: the second one is used where the first is missing."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.model.limits import DEFAULT_LIMITS
from integrationlint.model.location import Position, Span
from integrationlint.parse import yaml as parser
from integrationlint.parse.composer import Composer
from integrationlint.parse.places import Layout, Places
from integrationlint.parse.text import RefusedError

TEXTS = [
    "",
    "# c\n",
    "a",
    "a: 1\nb: [x, {c: d}, e: f]\ng:\n- h\n-\n",
    "a: |\n  x\n\n  y  \n\nb: >-\n  x\n  y\n# c\nc: |2+\n   z\n\n",
    "a: 'it''s'\nb: \"\\x41\\u00e9\\n \\\n  z\"\n",
    "a: x\n  y\n\n  z\nb: &x !!str 12\nc: *x\nd: &y {e: 1}\nf: {<<: *y, g: [*x, *y]}\n",
    "? a\n? |\n  b\n: c\n",
    "!Sub 'x'\n",
    "a: !If [b, !Ref c]\nd: !<tag:yaml.org,2002:str> 1\ne: ! 2\n",
    "a: x\u2028y\nb: |\n  l\u2028m\n  n\x85o\n",
    "a: é😀\r\nb:\r\n  - c\r- d\n",
    "%YAML 1.1\n%TAG ! tag:x,2000:\n---\na: !b c\n...\n",
    "---\na: 1\n---\nb: 2\n",
    "---\n---\nb: 2\n",
    "a: 1\na: 2\n",
    "? [a]\n: b\n",
    "a: *b\n",
    "&a [*a]\n",
    "[" * 300,
    "a: b: c\n",
    "a:\n\tb: 1\n",
    "a: 'x\n",
    "a: [1, 2\nb: 3\n",
    "a:\n  b: 1\n c: 2\n",
    'a: "\\d"\n',
    'a: "\\ud800"\n',
    "a: x\x01y\n",
    "a: @x\n",
    "]\n",
]


def told(text: str, *, libyaml: bool) -> tuple[object, ...]:
    """The value, the faults without their words, and the places of all members; or where and how it was refused."""
    composer = Composer(text, DEFAULT_LIMITS)
    try:
        parser.compose(parser.events(text, libyaml=libyaml), composer, DEFAULT_LIMITS)
        layout = composer.layout()
    except RefusedError as refused:
        return refused.fault.code, refused.fault.span
    except yaml.YAMLError:
        return ("syntax",)
    faults = [(fault.code, fault.span) for fault in composer.faults]
    return repr(layout.root), faults, places(text, layout)


def places(text: str, layout: Layout) -> list[tuple[str, Span | None, Span | None]]:
    found = Places(text, lambda: layout)
    pointers = [""]
    for pointer, value in (stack := [("", layout.root)]):
        members: list[tuple[Any, object]] = []
        if isinstance(value, dict):
            members = [(str(key).replace("~", "~0").replace("/", "~1"), one) for key, one in value.items()]
        elif isinstance(value, list):
            members = list(enumerate(value))
        stack += [(f"{pointer}/{key}", one) for key, one in members]
        pointers += [f"{pointer}/{key}" for key, _ in members]
    return [(pointer, found.key(pointer), found.value(pointer)) for pointer in pointers]


@pytest.mark.skipif(not parser.HAS_LIBYAML, reason="PyYAML was built without libyaml")
@pytest.mark.parametrize("text", TEXTS)
def test_both_parsers_agree(text: str) -> None:
    assert told(text, libyaml=True) == told(text, libyaml=False)


scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.skipif(not parser.HAS_LIBYAML, reason="PyYAML was built without libyaml")
@given(values, st.sampled_from([True, False, None]), st.integers(20, 80))
def test_both_parsers_agree_on_generated_values(value: object, flow: bool | None, width: int) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True, width=width)
    assert told(text, libyaml=True) == told(text, libyaml=False)


def test_a_document_can_be_read_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parser.events, "__kwdefaults__", {"libyaml": False})
    document = parser.parse("a.yaml", "a: [1, b]\n", "utf-8", DEFAULT_LIMITS)
    assert document.value == {"a": [1, "b"]}
    assert document.span("/a/1", key=False) == Span(Position(1, 8), Position(1, 9))
