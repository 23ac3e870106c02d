"""References replaced: one tree with shared parts, circles left alone, and every path leads back to its source."""

from typing import Any

import pytest

from integrationlint.model.document import Document
from integrationlint.parse.parsers import parse
from integrationlint.spectral.resolve import Resolved, Resolver
from integrationlint.spectral.source import written_in


def _resolved(files: dict[str, str], root: str = "a.yaml") -> Resolved:
    documents = {path: parse(path, text.encode()) for path, text in files.items()}
    return Resolver(documents.get).resolved(documents[root])


def _origin(resolved: Resolved, *path: str | int) -> tuple[str, str]:
    place = written_in(resolved, path)
    return place.document.path, "/".join(map(str, place.path))


def test_a_reference_is_replaced_by_what_it_names_and_its_siblings_are_dropped() -> None:
    found = _resolved({"a.yaml": "one: {$ref: '#/two', x: 1}\ntwo: {three: 3}\n"})
    assert found.root == {"one": {"three": 3}, "two": {"three": 3}}
    assert found.document.value == {"one": {"$ref": "#/two", "x": 1}, "two": {"three": 3}}


def test_what_holds_no_reference_is_the_document_itself() -> None:
    found = _resolved({"a.yaml": "one: {$ref: '#/two'}\ntwo: {three: [3]}\n"})
    value = found.document.value
    assert isinstance(value, dict)
    assert found.root["two"] is value["two"]
    assert found.root["one"] is found.root["two"]


def test_all_that_refer_to_one_thing_share_it() -> None:
    found = _resolved({"a.yaml": "x: {$ref: '#/c'}\ny: [{$ref: '#/c'}]\nc: {d: {$ref: '#/e'}}\ne: {f: 1}\n"})
    assert found.root["x"] is found.root["y"][0] is found.root["c"]
    assert found.root["x"]["d"] is found.root["e"]


def test_a_chain_of_references_ends_at_what_is_none() -> None:
    found = _resolved({"a.yaml": "x: {$ref: '#/y'}\ny: {$ref: '#/z'}\nz: 7\n"})
    assert found.root == {"x": 7, "y": 7, "z": 7}
    assert _origin(found, "x") == ("a.yaml", "z")


def test_a_place_is_found_through_another_reference() -> None:
    found = _resolved({"a.yaml": "x: {$ref: '#/y/k'}\ny: {$ref: '#/z'}\nz: {k: {v: 1}}\n"})
    assert found.root["x"] == {"v": 1}
    assert found.missing == ()
    assert _origin(found, "x", "v") == ("a.yaml", "z/k/v")


@pytest.mark.parametrize("pointer", ["#/a~1b/c~0d", "#/a%2Fb/c%7Ed"])
def test_names_are_unescaped_and_decoded(pointer: str) -> None:
    found = _resolved({"a.yaml": f"x: {{$ref: '{pointer}'}}\na/b: {{c~d: 1}}\n"})
    assert found.root["x"] == 1


def test_other_files_are_read_by_their_paths_from_the_file_that_refers() -> None:
    files = {
        "api/a.yaml": "x: {$ref: '../common/b.json#/deep/1'}\nw: {$ref: ./c.yaml}\n",
        "common/b.json": '{"deep": [0, {"here": {"$ref": "c.yaml#/v"}}]}',
        "common/c.yaml": "v: 5\n",
        "api/c.yaml": "whole: true\n",
    }
    found = _resolved(files, "api/a.yaml")
    assert found.root == {"x": {"here": 5}, "w": {"whole": True}}
    assert _origin(found, "x") == ("common/b.json", "deep/1")
    assert _origin(found, "x", "here") == ("common/c.yaml", "v")
    assert _origin(found, "w", "whole") == ("api/c.yaml", "whole")


def test_a_reference_to_itself_and_references_in_a_circle_stay() -> None:
    text = """
entry: {$ref: '#/node'}
node: {left: {$ref: '#/node'}, other: {$ref: '#/edge'}}
edge: {back: {$ref: '#/node'}, free: {$ref: '#/leaf'}}
leaf: {v: 1}
"""
    found = _resolved({"a.yaml": text}).root
    assert found["entry"] is found["node"]
    assert found["node"] == {"left": {"$ref": "#/node"}, "other": {"$ref": "#/edge"}}
    assert found["edge"] == {"back": {"$ref": "#/node"}, "free": {"v": 1}}


def test_circles_over_files_and_of_mere_references_end() -> None:
    files = {
        "a.yaml": "x: {$ref: 'b.yaml#/y'}\np: {$ref: '#/q'}\nq: {$ref: '#/p'}\n",
        "b.yaml": "y: {z: {$ref: 'a.yaml#/x'}, w: {$ref: 'a.yaml#/x/z'}}\n",
    }
    found = _resolved(files)
    assert _depth(found.root) < 10


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level and depth < 50:
        level = [one for each in level for one in (each.values() if isinstance(each, dict) else ())]
        depth += 1
    return depth


def test_a_document_that_is_a_reference() -> None:
    found = _resolved({"a.yaml": "$ref: b.yaml#/x\n", "b.yaml": "x: {y: 1}\n"})
    assert found.root == {"y": 1}
    assert _origin(found, "y") == ("b.yaml", "x/y")


def test_what_is_not_there_is_told_once_at_its_first_reference() -> None:
    text = "b: {$ref: '#/gone'}\na: [{$ref: '#/gone'}]\nc: {$ref: './no.yaml#/x'}\nd: {$ref: '#name'}\n"
    found = _resolved({"a.yaml": text})
    told = {"/".join(map(str, one.at.path)): (one.reason, one.others) for one in found.missing}
    assert told["b/$ref"] == ("'#/gone' does not exist", 1)
    assert "no.yaml" in told["c/$ref"][0]
    assert "JSON pointer" in told["d/$ref"][0]
    assert found.root["a"] == [{"$ref": "#/gone"}]
    assert len(found.missing) == 3


def test_what_is_not_there_in_another_file_counts_where_it_is_reached() -> None:
    files = {
        "a.yaml": "x: {$ref: 'b.yaml#/used'}\n",
        "b.yaml": "used: {y: {$ref: '#/gone'}}\nunused: {z: {$ref: '#/gone2'}}\n",
    }
    (only,) = _resolved(files).missing
    assert (only.at.document.path, only.at.path) == ("b.yaml", ("used", "y", "$ref"))


def test_urls_are_left_alone_without_a_word() -> None:
    found = _resolved({"a.yaml": "x: {$ref: 'https://example.com/a.json#/b'}\n"})
    assert found.root == found.document.value
    assert found.missing == ()


def test_the_places_that_are_referred_to() -> None:
    files = {
        "a.yaml": "x: {$ref: '#/p'}\np: {in: {$ref: '#/p'}, to: {$ref: 'b.yaml#/q'}}\nr: {self: {$ref: '#/r'}}\n",
        "b.yaml": "q: [{$ref: 'a.yaml#/a~1b'}, {$ref: '#/s'}]\ns: 1\n",
    }
    files["a.yaml"] += "a/b: 1\n"
    assert _resolved(files).references == {"#/p", "b.yaml#/q", "#/a/b", "b.yaml#/s"}


def test_a_path_that_ends_at_a_reference_with_siblings_means_the_reference() -> None:
    found = _resolved({"a.yaml": "x: {$ref: '#/y', description: d}\nw: {$ref: '#/y'}\ny: {type: t}\n"})
    assert _origin(found, "x") == ("a.yaml", "x")
    assert _origin(found, "w") == ("a.yaml", "y")
    assert _origin(found, "x", "type") == ("a.yaml", "y/type")


def test_what_is_missing_is_placed_at_the_closest_that_is_there() -> None:
    found = _resolved({"a.yaml": "x: {$ref: '#/y'}\ny: {z: {}}\n"})
    place = written_in(found, ("x", "z", "k", "l"))
    assert (place.path, place.asked) == (("y", "z"), ("y", "z", "k", "l"))
    place = written_in(found, ("y", "z", "k"))
    assert (place.path, place.asked) == (("y", "z"), ("y", "z", "k"))


def test_documents_that_share_a_file_are_resolved_with_it_once() -> None:
    documents = {
        "a.yaml": parse("a.yaml", b"x: {$ref: 'c.yaml#/v'}\n"),
        "b.yaml": parse("b.yaml", b"y: {$ref: 'c.yaml#/v'}\n"),
        "c.yaml": parse("c.yaml", b"v: {w: {$ref: '#/u'}}\nu: 1\n"),
    }
    asked: list[str] = []

    def load(path: str) -> Document | None:
        asked.append(path)
        return documents.get(path)

    resolver = Resolver(load)
    one, other = resolver.resolved(documents["a.yaml"]), resolver.resolved(documents["b.yaml"])
    assert one.root["x"] is other.root["y"]
    assert one.root["x"] == {"w": 1}
    assert asked == ["c.yaml"]


def test_what_another_document_reaches_in_a_shared_file_is_looked_at_again() -> None:
    documents = {
        "a.yaml": parse("a.yaml", b"x: {$ref: 'c.yaml#/v'}\n"),
        "b.yaml": parse("b.yaml", b"y: {$ref: 'c.yaml#/w'}\n"),
        "c.yaml": parse("c.yaml", b"v: 1\nw: {z: {$ref: '#/gone'}, u: {$ref: '#/t'}}\nt: 1\n"),
    }
    resolver = Resolver(documents.get)
    assert resolver.resolved(documents["a.yaml"]).missing == ()
    other = resolver.resolved(documents["b.yaml"])
    assert [one.at.path for one in other.missing] == [("w", "z", "$ref")]
    assert other.references >= {"c.yaml#/w", "c.yaml#/t"}


def test_many_references_deep_inside_what_is_referred_to_end_in_time() -> None:
    deep, many = 90, 2_000
    text = "top:\n" + "".join(f"{' ' * level}k:\n" for level in range(1, deep))
    items = ", ".join(["{$ref: '#/leaf'}"] * many)
    text += f"{' ' * deep}all: [{items}]\nleaf: {{v: 1}}\nuses:\n"
    text += "".join(f"  - {{$ref: '#/top{'/k' * level}'}}\n" for level in range(1, deep))
    found = _resolved({"a.yaml": text})
    here = found.root["uses"][-1]["all"]
    assert len(here) == many
    assert here[0] is found.root["leaf"]


def test_thousands_of_levels_and_references_end_in_time() -> None:
    many = 3_000
    chain = "".join(f"k{number}: {{v: {{$ref: '#/k{number + 1}'}}}}\n" for number in range(many))
    found = _resolved({"a.yaml": f"{chain}k{many}: 1\n"}).root
    here, steps = found["k0"], 0
    while isinstance(here, dict):
        here, steps = here["v"], steps + 1
    assert steps == many


def test_aliases_of_yaml_are_replaced_wherever_they_stand() -> None:
    found = _resolved({"a.yaml": "x: &x {y: {$ref: '#/z'}}\nw: [*x]\nz: 1\n"})
    assert found.root == {"x": {"y": 1}, "w": [{"y": 1}], "z": 1}
