"""Example messages of changes: made, tried on both sides, for the worst changes alone."""

import pytest

from integrationlint.catalog import assembled
from integrationlint.diff.compare import compare
from integrationlint.diff.documents import paired
from integrationlint.engine.judge import Judged, judge
from integrationlint.engine.select import chosen
from integrationlint.model.change import Verdict
from integrationlint.model.settings import Settings
from integrationlint.pipeline.changes import sides
from integrationlint.pipeline.witnesses import witnessed
from integrationlint.source.snapshot import Memory
from integrationlint.workspace.load import load
from integrationlint.workspace.workspace import Workspace

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def schema(body: str) -> str:
    return f'<xs:schema {XS} xmlns="urn:a" targetNamespace="urn:a" elementFormDefault="qualified">{body}</xs:schema>'


def opened(files: dict[str, str]) -> Workspace:
    snapshot = Memory({path: text.encode() for path, text in files.items()})
    return Workspace(snapshot, load(snapshot, files))


def found(before: dict[str, str], after: dict[str, str]) -> list[Judged]:
    both = opened(before), opened(after)
    pairs = paired(*({path: one.root for path, one in side.loaded.items()} for side in both))
    catalog = assembled()
    bounds = chosen(catalog.rules, Settings(), catalog.check)
    return witnessed(judge(compare(*both, pairs, []), bounds, both[1], []), sides(*both, pairs))


def order(kind: str, more: str = "") -> str:
    inner = f'<xs:sequence><xs:element name="id" type="{kind}"/></xs:sequence>'
    return schema(f'{more}<xs:element name="Order"><xs:complexType>{inner}</xs:complexType></xs:element>')


def test_a_break_has_its_witness() -> None:
    [one] = found({"a.xsd": order("xs:string")}, {"a.xsd": order("xs:int")})
    witness = one.change.witness
    assert one.verdict is Verdict.BREAKING
    assert witness is not None
    assert (witness.syntax, witness.valid, witness.line) == ("xml", "base", 2)
    assert witness.text == '<Order xmlns="urn:a">\n  <id>a</id>\n</Order>\n'
    assert witness.refused == "Element 'id': 'a' is not a valid value of the atomic type 'xs:int'"


def test_the_schema_may_lie_in_several_documents() -> None:
    include = '<xs:include schemaLocation="b.xsd"/>'
    sizes = ("3", "2")
    texts = [
        schema(
            '<xs:simpleType name="Id"><xs:restriction base="xs:string">'
            f'<xs:maxLength value="{size}"/></xs:restriction></xs:simpleType>'
        )
        for size in sizes
    ]
    [one] = found(*({"a.xsd": order("Id", include), "b.xsd": text} for text in texts))
    assert one.change.witness is not None
    assert "<id>aaa</id>" in one.change.witness.text


@pytest.mark.parametrize("kind", ["xs:string", "Missing"])
def test_what_breaks_nothing_or_is_no_schema_has_none(kind: str) -> None:
    assert [one.change.witness for one in found({"a.xsd": order(kind)}, {"a.xsd": order(kind)})] == []
    changes = found({"a.xsd": order("Missing")}, {"a.xsd": order("xs:int")})
    assert {one.change.witness for one in changes} <= {None}
    other = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {%s}\n'
    operation = '/a: {get: {responses: {"200": {description: Done}}}}'
    assert {one.change.witness for one in found({"a.yaml": other % operation}, {"a.yaml": other % ""})} == {None}


def test_only_the_worst_changes_have_one() -> None:
    def many(kind: str) -> str:
        return schema("".join(f'<xs:element name="e{one:02}" type="{kind}"/>' for one in range(30)))

    changes = found({"a.xsd": many("xs:string")}, {"a.xsd": many("xs:int")})
    assert [one.change.witness is not None for one in changes] == [True] * 20 + [False] * 10
