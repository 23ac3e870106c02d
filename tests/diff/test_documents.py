"""Which document of the head is which of the base."""

from collections.abc import Callable, Mapping

import pytest

from integrationlint.diff.documents import identity, paired
from integrationlint.workspace.workspace import Workspace

OpenSide = Callable[..., Workspace]


def api(title: str) -> str:
    return f"openapi: 3.1.0\ninfo: {{title: {title}, version: 1.0.0}}\n"


def xsd(namespace: str) -> str:
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{namespace}"/>'


A, B, X, Y = api("A"), api("B"), xsd("urn:x"), xsd("urn:y")


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
        # files that nobody knows have nothing to be known by
        ({"a.yaml": "x: 1"}, {"b.yaml": "x: 1"}, ["- b.yaml", "a.yaml -"]),
        ({"a/c.yaml": "x: 1"}, {"b/c.yaml": "x: 2"}, ["a/c.yaml b/c.yaml"]),
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
        ("a.csv", "# Title,Orders\n# Source,a.yaml#/x\nSource Field,Target Field\na,b\n", "mapping Orders"),
    ],
)
def test_identity(path: str, text: str, expected: str, open_side: OpenSide) -> None:
    assert identity(open_side({path: text}).loaded[path].root) == expected
