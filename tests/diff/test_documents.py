"""Which document of the head is which of the base."""

from collections.abc import Callable, Mapping

import pytest

from integrationlint.diff.documents import identity, lineage, paired
from integrationlint.workspace.workspace import Workspace

OpenSide = Callable[..., Workspace]


def api(title: str, version: str = "1.0.0", *paths: str) -> str:
    listed = ", ".join(f"/{one}: {{get: {{responses: {{}}}}}}" for one in paths)
    return f"openapi: 3.1.0\ninfo: {{title: {title}, version: {version}}}\npaths: {{{listed}}}\n"


def xsd(namespace: str) -> str:
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}"/>'


A, B, X, Y = api("A"), api("B"), xsd("urn:x"), xsd("urn:y")
A_EDITED, A2, A2_EDITED, A3 = api("A", "1.1.0"), api("A", "2.0.0"), api("A", "2.1.0"), api("A", "3.0.0")
DAY, DAYS = api("A", '"2027-01-31"'), api("A", '"2027-03-31"')
X_MORE, X_LESS = f"{X}<!-- more -->", f"{X}<!-- less -->"


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ({"a.yaml": A}, {"a.yaml": B}, ["a.yaml a.yaml"]),
        ({"a.yaml": A}, {}, ["a.yaml -"]),
        ({}, {"a.yaml": A}, ["- a.yaml"]),
        # moved: by what it says it is, wherever it lies
        ({"a.yaml": A, "x.xsd": X}, {"b.yaml": A, "y.xsd": X}, ["a.yaml b.yaml", "x.xsd y.xsd"]),
        ({"a.yaml": A, "b.yaml": B}, {"c.yaml": B, "d.yaml": A}, ["a.yaml d.yaml", "b.yaml c.yaml"]),
        # two of the same name stay apart, unless their files tell them
        ({"v1/a.yaml": A, "v2/a.yaml": A}, {"v3/a.yaml": A}, ["- v3/a.yaml", "v1/a.yaml -", "v2/a.yaml -"]),
        ({"a.yaml": A, "b.yaml": A}, {"x/a.yaml": A, "x/b.yaml": A}, ["a.yaml x/a.yaml", "b.yaml x/b.yaml"]),
        # the same file name in another folder
        (
            {"v1/a.yaml": A, "v1/x.xsd": X},
            {"v2/a.yaml": B, "v2/x.xsd": Y},
            ["v1/a.yaml v2/a.yaml", "v1/x.xsd v2/x.xsd"],
        ),
        # nothing else moved
        ({"a.yaml": A}, {"b.yaml": B}, ["a.yaml b.yaml"]),
        ({"a.yaml": A, "k.yaml": A}, {"b.yaml": B, "k.yaml": A}, ["a.yaml b.yaml", "k.yaml k.yaml"]),
        ({"a.yaml": A}, {"x.xsd": X}, ["- x.xsd", "a.yaml -"]),
        (
            {"a.yaml": A, "b.yaml": B},
            {"x.yaml": api("C"), "y.yaml": api("D")},
            ["- x.yaml", "- y.yaml", "a.yaml -", "b.yaml -"],
        ),
        # files that nobody knows are known by their content and name
        ({"a.yaml": "x: 1"}, {"b.yaml": "x: 1"}, ["a.yaml b.yaml"]),
        ({"a.yaml": "x: 1"}, {"b.yaml": "x: 2"}, ["- b.yaml", "a.yaml -"]),
        ({"a/c.yaml": "x: 1"}, {"b/c.yaml": "x: 2"}, ["a/c.yaml b/c.yaml"]),
        # versions of one API side by side: each is the next of its own lineage, wherever it went
        (
            {"v1.yaml": A, "v2.yaml": A2},
            {"b.yaml": A2_EDITED, "c.yaml": A_EDITED},
            ["v1.yaml c.yaml", "v2.yaml b.yaml"],
        ),
        ({"a.yaml": A}, {"a.yaml": A2, "a-v1.yaml": A_EDITED}, ["- a.yaml", "a.yaml a-v1.yaml"]),
        (
            {"v1.yaml": A, "v2.yaml": A2},
            {"v1.yaml": A2_EDITED, "v2.yaml": A3},
            ["- v2.yaml", "v1.yaml -", "v2.yaml v1.yaml"],
        ),
        ({"v1.yaml": A, "v2.yaml": A2}, {"v2.yaml": A2, "v3.yaml": A3}, ["- v3.yaml", "v1.yaml -", "v2.yaml v2.yaml"]),
        # the only one, moved or not, stays the same when its major version rises
        ({"a.yaml": A}, {"a.yaml": A2}, ["a.yaml a.yaml"]),
        ({"a.yaml": A, "b.yaml": B}, {"x.yaml": A2, "b.yaml": B}, ["a.yaml x.yaml", "b.yaml b.yaml"]),
        ({"a.yaml": A}, {"a.yaml": A2, "draft.yaml": A3}, ["- draft.yaml", "a.yaml a.yaml"]),
        # days are versions of their own
        ({"o/1.yaml": DAY, "n/1.yaml": DAYS}, {"1.yaml": DAYS, "2.yaml": DAY}, ["n/1.yaml 1.yaml", "o/1.yaml 2.yaml"]),
        # no name tells, but what they hold
        (
            {"a.yaml": api("A", "1.0", "x", "y", "z"), "b.yaml": api("B", "1.0", "u", "v")},
            {"c.yaml": api("C", "1.0", "u", "v", "w"), "d.yaml": api("D", "1.0", "x", "y")},
            ["a.yaml d.yaml", "b.yaml c.yaml"],
        ),
        # the same namespace in files of their own names
        ({"a/m.xsd": X, "a/n.xsd": X_MORE}, {"b/m.xsd": X_MORE, "b/n.xsd": X}, ["a/m.xsd b/n.xsd", "a/n.xsd b/m.xsd"]),
        ({"a/m.xsd": X, "a/n.xsd": X_MORE}, {"b/m.xsd": X_LESS, "b/n.xsd": X}, ["a/m.xsd b/n.xsd", "a/n.xsd b/m.xsd"]),
        # moved and edited, while another took its place
        ({"a.xsd": X}, {"b.xsd": X_MORE, "a.xsd": Y}, ["- a.xsd", "a.xsd b.xsd"]),
    ],
)
def test_pairs(base: Mapping[str, str], head: Mapping[str, str], expected: list[str], open_side: OpenSide) -> None:
    before, after = ({path: one.root for path, one in open_side(side).loaded.items()} for side in (base, head))
    found = [
        " ".join(root.document.path if root is not None else "-" for root in pair) for pair in paired(before, after)
    ]
    assert sorted(found) == expected


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.yaml", A, "api A"),
        ("a.xsd", X, "schema-document urn:x"),
        ("a.xsd", xsd(""), ""),
        ("a.yaml", "x: 1", ""),
        ("a.json", '{"$schema": "http://json-schema.org/draft-07/schema#", "$id": "urn:o"}', "type urn:o"),
        ("a.csv", "# Title,Orders\n# Source,a.yaml#/x\nSource Field,Target Field\na,b\n", "mapping Orders"),
    ],
)
def test_identity(path: str, text: str, expected: str, open_side: OpenSide) -> None:
    assert identity(open_side({path: text}).loaded[path].root) == expected


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.4.0", "api A 1"),
        ("v2", "api A 2"),
        ("1.0", "api A 1"),
        ("3-beta", "api A 3"),
        ('"2027-03-31"', "api A 2027-03-31"),
        ("beta", "api A beta"),
        ('""', "api A"),
    ],
)
def test_lineage(version: str, expected: str, open_side: OpenSide) -> None:
    assert lineage(open_side({"a.yaml": api("A", version)}).loaded["a.yaml"].root) == expected
