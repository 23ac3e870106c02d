"""Lines and columns as Spectral gives them for these texts, but for columns in code points, not in UTF-16."""

import pytest

from integrationlint.parse.parsers import parse
from integrationlint.spectral.places import pointer_of, span_of

YAML = """# comment
openapi: 3.0.0
"info" :
  title: &t "Foo"
  block: |
    abc
  nothing:
  tilde: ~
  tagged: !!str 12
  map: &m
    a: 1
    b: {c: 2, d: [1, 2]}
  alias: *m
  merged:
    <<: *m
    z: 1
  list:
    - x
    - y: 1
    - - a
  empty: {}
  'quoted key': {a: 1}
  ünïcode: {"k": '𝄞', z: 1}
  dup: 1
  dup: 2
"""
PLACES = {
    "": (1, 1),
    "openapi": (2, 10),
    "info": (3, 8),
    "info/title": (4, 13),
    "info/block": (5, 10),
    "info/nothing": (7, 11),
    "info/tilde": (8, 10),
    "info/tagged": (9, 17),
    "info/map": (10, 7),
    "info/map/a": (11, 8),
    "info/map/b": (12, 7),
    "info/map/b/d": (12, 17),
    "info/map/b/d/1": (12, 22),
    "info/alias": (13, 9),
    "info/merged": (14, 10),
    "info/merged/a": (11, 8),
    "info/list": (17, 8),
    "info/list/0": (18, 7),
    "info/list/1": (19, 7),
    "info/list/1/y": (19, 10),
    "info/list/2/0": (20, 9),
    "info/empty": (21, 9),
    "info/quoted key": (22, 16),
    "info/ünïcode": (23, 11),
    "info/ünïcode/z": (23, 26),
    "info/dup": (25, 8),
}


@pytest.mark.parametrize(("path", "place"), PLACES.items())
def test_yaml(path: str, place: tuple[int, int]) -> None:
    document = parse("a.yaml", YAML.encode())
    assert span_of(document, tuple(path.split("/") if path else ())).start == place


JSON = '{\n  "info": {"title":"T","list":[1, {"a" : {}}]},\n  "none": null\n}\n'


@pytest.mark.parametrize(
    ("path", "place"),
    {"": (1, 1), "info": (2, 10), "info/title": (2, 20), "info/list": (2, 31), "info/list/1": (2, 35)}.items(),
)
def test_json(path: str, place: tuple[int, int]) -> None:
    document = parse("a.json", JSON.encode())
    assert span_of(document, tuple(path.split("/") if path else ())).start == place


def test_what_is_not_there_is_at_the_closest_that_is() -> None:
    document = parse("a.yaml", YAML.encode())
    assert span_of(document, ("info", "map", "gone", "x")) == span_of(document, ("info", "map"))
    assert span_of(document, ("gone",)).start == (1, 1)
    assert span_of(document, ("info", "list", 9)) == span_of(document, ("info", "list"))


@pytest.mark.parametrize(
    ("text", "place"),
    {"a: 1\n": (1, 1), "---\na: 1\n": (1, 1), "# c\na: 1\n": (1, 1), "# c\n# d\n\na: 1\n": (4, 1)}.items(),
)
def test_the_document_itself(text: str, place: tuple[int, int]) -> None:
    assert span_of(parse("a.yaml", text.encode()), ()).start == place


def test_a_span_never_ends_before_it_begins() -> None:
    for name, text in (("a.yaml", YAML), ("a.json", JSON), ("b.yaml", "a:\nb:\n  - \n")):
        document = parse(name, text.encode())
        for path in (*PLACES, "a", "b", "b/0", "none"):
            span = span_of(document, tuple(path.split("/") if path else ()))
            assert span.start <= span.end


def test_pointers_are_escaped() -> None:
    assert pointer_of(("paths", "/a~b", 0)) == "/paths/~1a~0b/0"
    assert pointer_of(()) == ""
