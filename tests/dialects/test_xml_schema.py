"""Validators of XML Schema: both versions, several documents, and what has none."""

from collections.abc import Mapping

import pytest

from integrationlint.dialects.xml_schema import Validator, validator
from integrationlint.model.document import Document
from integrationlint.parse.parsers import parse

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def schema(body: str, namespace: str = "urn:a", more: str = "") -> str:
    return f'<xs:schema {XS} xmlns="{namespace}" targetNamespace="{namespace}" {more}>{body}</xs:schema>'


def made(texts: Mapping[str, str], *, new: bool = False) -> Validator | None:
    documents = {path: parse(path, text.encode()) for path, text in texts.items()}

    def find(path: str, namespace: str) -> Document | None:
        mine = f'targetNamespace="{namespace}"'
        known = [one for one in documents.values() if namespace and mine in one.text]
        return documents.get(path) or next(iter(known), None)

    return validator(documents["a.xsd"], find, new=new)


NUMBER = '<xs:element name="r" type="xs:int"/>'
TYPE = '<xs:simpleType name="T"><xs:restriction base="xs:int"/></xs:simpleType>'


def test_lines_and_messages_of_faults() -> None:
    found = made({"a.xsd": schema(NUMBER)})
    assert found is not None
    assert found('<r xmlns="urn:a">1</r>') == []
    assert found('\n<r xmlns="urn:a">x</r>') == [
        (2, "Element 'r': 'x' is not a valid value of the atomic type 'xs:int'")
    ]
    assert found("<r") != []


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (
            schema('<xs:include schemaLocation="x/b.xsd"/><xs:element name="r" type="T"/>'),
            {"x/b.xsd": schema(TYPE)},
        ),
        (
            schema(
                '<xs:import namespace="urn:b" schemaLocation="./b%20c.xsd"/>'
                '<xs:element name="r" xmlns:b="urn:b" type="b:T"/>'
            ),
            {"b c.xsd": schema(TYPE, "urn:b")},
        ),
        (
            schema('<xs:import namespace="urn:b"/><xs:element name="r" xmlns:b="urn:b" type="b:T"/>'),
            {"z.xsd": schema(TYPE, "urn:b")},
        ),
    ],
)  # fmt: skip
def test_other_documents_of_the_snapshot(here: str, there: dict[str, str]) -> None:
    found = made({"a.xsd": here, **there})
    assert found is not None
    assert [bool(found(f'<r xmlns="urn:a">{text}</r>')) for text in ("1", "x")] == [False, True]


def test_version_1_1() -> None:
    body = (
        '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence>'
        '<xs:assert test="a > 5"/></xs:complexType></xs:element>'
    )
    found = made({"a.xsd": schema(body)}, new=True)
    assert found is not None
    assert [bool(found(f'<n:r xmlns:n="urn:a"><a>{text}</a></n:r>')) for text in ("6", "5")] == [False, True]
    assert made({"a.xsd": schema(body)}) is None


@pytest.mark.parametrize(
    "text",
    [
        schema('<xs:include schemaLocation="missing.xsd"/>' + NUMBER),
        schema('<xs:import namespace="urn:b" schemaLocation="http://example.com/b.xsd"/>' + NUMBER),
        schema('<xs:include schemaLocation="../../etc/b.xsd"/>' + NUMBER),
        "<!DOCTYPE s [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + schema(NUMBER),
        schema('<xs:element name="r" type="Missing"/>'),
        schema(TYPE.replace("/></xs:s", '><xs:pattern value="(a{999}){999}"/></xs:restriction></xs:s')),
        schema('<xs:complexType name="T"><xs:assert test="every $i in 1 to 99999999 satisfies $i"/></xs:complexType>'),
        schema("<xs:annotation/>" + " " * 2_100_000),
    ],
)  # fmt: skip
def test_what_has_no_validator(text: str) -> None:
    assert made({"a.xsd": text}) is None


def test_groups_that_grow_are_too_much_work() -> None:
    groups = "".join(
        f'<xs:group name="g{one}"><xs:sequence>{f"""<xs:group ref="g{one + 1}"/>""" * 2}</xs:sequence></xs:group>'
        for one in range(25)
    )
    last = '<xs:group name="g25"><xs:sequence><xs:element name="a"/></xs:sequence></xs:group>'
    split = {"a.xsd": schema(f'<xs:include schemaLocation="b.xsd"/>{NUMBER}'), "b.xsd": schema(groups + last)}
    assert made(split) is None
