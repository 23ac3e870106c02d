"""Verdicts on changes of XML Schema, each with a witness where one side refuses what the other takes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from integrationlint.dialects.xml_schema import Validator, validator
from integrationlint.diff.witness_xsd import xsd_witness
from integrationlint.diff.xsd_schemas import Schemas
from integrationlint.model.change import Change, Witness
from integrationlint.workspace.workspace import Workspace

Compared = Callable[..., list[Change]]
Opened = Callable[[Any], Workspace]
CONFORMANCE = Path(__file__).resolve().parents[2].parent / "shared" / "conformance" / "xsd"
KEPT, BROKEN = True, False
BOTH = (KEPT, KEPT)
WIDER, NARROWER, OTHER = (KEPT, BROKEN), (BROKEN, KEPT), (BROKEN, BROKEN)

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'


def xsd(body: str, space: str = "urn:t", more: str = 'elementFormDefault="qualified"') -> str:
    own = f'targetNamespace="{space}" xmlns="{space}"' if space else ""
    return f"<xs:schema {XS} {own} {more}>{body}</xs:schema>"


def element(name: str, kind: str = "xs:string", more: str = "") -> str:
    return f'<xs:element name="{name}" type="{kind}" {more}/>'


def root(inner: str, group: str = "sequence", after: str = "") -> str:
    return f'<xs:element name="r"><xs:complexType><xs:{group}>{inner}</xs:{group}>{after}</xs:complexType></xs:element>'


def simple(facets: str, base: str = "xs:string") -> str:
    kind = f'<xs:simpleType name="T"><xs:restriction base="{base}">{facets}</xs:restriction></xs:simpleType>'
    return f'<xs:element name="r" type="T"/>{kind}'


def facet(name: str, value: object) -> str:
    return f'<xs:{name} value="{value}"/>'


def named(body: str, name: str = "B", more: str = "") -> str:
    return f'<xs:complexType name="{name}" {more}><xs:sequence>{body}</xs:sequence></xs:complexType>'


def derived(body: str, how: str = "extension", base: str = "B") -> str:
    inner = f'<xs:{how} base="{base}"><xs:sequence>{body}</xs:sequence></xs:{how}>'
    return f'<xs:complexType name="D"><xs:complexContent>{inner}</xs:complexContent></xs:complexType>'


def substituted(members: str, more: str = "") -> str:
    found = "".join(f'<xs:element name="{one}" type="xs:string" substitutionGroup="h"/>' for one in members)
    return element("h", more=more) + found + root('<xs:element ref="h"/>')


A, B, C = (element(name) for name in "abc")
OPTIONAL = element("b", more='minOccurs="0"')
MANY = element("a", more='maxOccurs="unbounded"')
TYPED = element("r", "B")
ATTRIBUTE = '<xs:attribute name="k"/>'
FREE = '<xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/>'
LIST = '<xs:simpleType name="L"><xs:list itemType="xs:int"/></xs:simpleType>'
GROUP = f'<xs:group name="G"><xs:sequence>{A}</xs:sequence></xs:group>'
KEY = '<xs:key name="k"><xs:selector xpath="*"/><xs:field xpath="@k"/></xs:key>'
WITH_SIMPLE_CONTENT = (
    '<xs:element name="a"><xs:complexType><xs:simpleContent><xs:extension base="xs:int">'
    '<xs:attribute name="u"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>'
)
CASES: list[tuple[str, str, str, tuple[bool, bool]]] = [
    ("optional element appended", root(A), root(A + OPTIONAL), WIDER),
    ("required element added", root(A), root(A + B), OTHER),
    ("required element removed", root(A + B), root(A), OTHER),
    ("element renamed", root(A), root(B), OTHER),
    ("sequence reordered", root(A + B), root(B + A), OTHER),
    ("became optional", root(A + B), root(A + OPTIONAL), WIDER),
    ("more of it", root(A), root(MANY), WIDER),
    ("wrapped", root(A), root(f'<xs:element name="w">{root(A)[21:-13]}</xs:element>'), OTHER),
    ("fixed added", root(A), root(element("a", more='fixed="x"')), NARROWER),
    ("fixed dropped", root(element("a", "xs:int", 'fixed="1"')), root(element("a", "xs:int")), OTHER),
    ("default dropped", root(element("a", "xs:int", 'default="1"')), root(element("a", "xs:int")), NARROWER),
    ("nil", root(element("a", "xs:int", 'nillable="true"')), root(element("a", "xs:int")), NARROWER),
    ("anonymous to named", root(A), TYPED + named(A), BOTH),
    ("to a global element", root(A), A + root('<xs:element ref="a"/>'), BOTH),
    ("mixed", root(A), root(A).replace("<xs:complexType>", '<xs:complexType mixed="true">'), WIDER),
    ("integer to long", root(element("a", "xs:int")), root(element("a", "xs:long")), WIDER),
    ("date to dateTime", root(element("a", "xs:date")), root(element("a", "xs:dateTime")), OTHER),
    ("simple to complex", root(A), root(f'<xs:element name="a">{root(B)[21:-13]}</xs:element>'), OTHER),
    ("to simple content", root(element("a", "xs:int")), root(WITH_SIMPLE_CONTENT), WIDER),
    ("to anything", root(element("a", "xs:int")), root(element("a", "xs:anyType")), WIDER),
    ("complex to anything", root(A), '<xs:element name="r"/>', WIDER),
    ("type renamed", element("r", "T1") + named(A, "T1"), element("r", "T2") + named(A, "T2"), BOTH),
    ("derived type removed", TYPED + named(A) + derived(B), TYPED + named(A), NARROWER),
    (
        "derived type blocked",
        TYPED + named(A) + derived(B),
        TYPED + named(A, "B", 'block="#all"') + derived(B),
        NARROWER,
    ),
    ("derived no longer", TYPED + named(A) + derived(B), TYPED + named(A) + named(A + B, "D"), NARROWER),
    (
        "base extended",
        element("r", "D") + named(A) + derived(C),
        element("r", "D") + named(A + OPTIONAL) + derived(C),
        WIDER,
    ),
    ("branch removed", root(A + B, "choice"), root(A, "choice"), NARROWER),
    ("branch added", root(A, "choice"), root(A + B, "choice"), WIDER),
    ("sequence to all", root(A + B), root(A + B, "all"), WIDER),
    ("sequence to choice", root(A + B), root(A + B, "choice"), OTHER),
    ("sequence to repeated choice", root(A + B), root(f'<xs:choice maxOccurs="9">{A}{B}</xs:choice>'), WIDER),
    ("nested sequence flattened", root(f"<xs:sequence>{A}</xs:sequence>{B}"), root(A + B), BOTH),
    ("group written out", GROUP + root(f'<xs:group ref="G"/>{B}'), root(A + B), BOTH),
    ("group optional", GROUP + root('<xs:group ref="G"/>'), GROUP + root('<xs:group ref="G" minOccurs="0"/>'), WIDER),
    ("bounds moved to the group", root(MANY), root(f'<xs:sequence maxOccurs="unbounded">{A}</xs:sequence>'), BOTH),
    (
        "bounds multiplied",
        root(f'<xs:sequence maxOccurs="2">{A}</xs:sequence>'),
        root(element("a", more='maxOccurs="2"')),
        BOTH,
    ),
    ("optional attribute added", root(A), root(A, after=ATTRIBUTE), WIDER),
    ("required attribute added", root(A), root(A, after=ATTRIBUTE.replace("/>", ' use="required"/>')), OTHER),
    (
        "attribute prohibited",
        root(A, after=ATTRIBUTE),
        root(A, after=ATTRIBUTE.replace("/>", ' use="prohibited"/>')),
        NARROWER,
    ),
    ("attribute default", root(A, after=ATTRIBUTE), root(A, after=ATTRIBUTE.replace("/>", ' default="x"/>')), BOTH),
    (
        "attribute for a wildcard",
        root(A, after=ATTRIBUTE),
        root(A, after='<xs:anyAttribute processContents="lax"/>'),
        WIDER,
    ),
    (
        "attribute qualified",
        root(A, after=ATTRIBUTE),
        root(A, after=ATTRIBUTE.replace("/>", ' form="qualified"/>')),
        OTHER,
    ),
    ("attribute wildcard removed", root(A, after='<xs:anyAttribute processContents="lax"/>'), root(A), NARROWER),
    ("values listed", simple(""), simple(facet("enumeration", "a")), NARROWER),
    ("shorter at most", simple(facet("maxLength", 5)), simple(facet("maxLength", 3)), NARROWER),
    ("pattern wider", simple(facet("pattern", "[A-Z]{2}")), simple(facet("pattern", "[A-Z]{2,3}")), WIDER),
    ("pattern other", simple(facet("pattern", "[A-Z]+")), simple(facet("pattern", "[0-9]+")), OTHER),
    (
        "bound spelled otherwise",
        simple(facet("maxInclusive", 9), "xs:int"),
        simple(facet("maxExclusive", 10), "xs:int"),
        BOTH,
    ),
    (
        "date bound",
        simple(facet("minInclusive", "2020-01-01"), "xs:date"),
        simple(facet("minInclusive", "2021-01-01"), "xs:date"),
        NARROWER,
    ),
    (
        "digits",
        simple(facet("fractionDigits", 3), "xs:decimal"),
        simple(facet("fractionDigits", 2), "xs:decimal"),
        NARROWER,
    ),
    ("spaces collapse, at most", simple(facet("maxLength", 3)), simple(facet("maxLength", 3), "xs:token"), WIDER),
    ("spaces collapse, at least", simple(facet("minLength", 3)), simple(facet("minLength", 3), "xs:token"), NARROWER),
    ("one to a list", root(element("a", "xs:int")), LIST + root(element("a", "L")), WIDER),
    ("elements qualified", xsd(root(A), more=""), root(A), OTHER),
    ("nothing to qualify", xsd(element("r"), more=""), element("r"), BOTH),
    ("a namespace", xsd(root(A), ""), root(A), OTHER),
    ("unused type removed", root(A) + named(A, "U"), root(A), BOTH),
    ("a root more", root(A), root(A) + element("z"), WIDER),
    ("wildcard added", root(A), root(A + FREE.replace("xs:any", 'xs:any namespace="##other"')), WIDER),
    ("wildcard narrower", root(A + FREE), root(A + FREE.replace("xs:any", 'xs:any namespace="##other"')), NARROWER),
    (
        "in the place of a wildcard",
        root(A + FREE),
        root(A + OPTIONAL + FREE.replace("xs:any", 'xs:any namespace="##other"')),
        NARROWER,
    ),
    ("member removed", substituted("mn"), substituted("m"), NARROWER),
    ("head abstract", substituted("m"), substituted("m", 'abstract="true"'), NARROWER),
    ("substitution blocked", substituted("m"), substituted("m", 'block="substitution"'), NARROWER),
    (
        "choice to substitution",
        element("m") + element("n") + root('<xs:element ref="m"/><xs:element ref="n"/>', "choice"),
        substituted("mn", 'abstract="true"'),
        BOTH,
    ),
    (
        "key added",
        root(
            MANY.replace("/>", "><xs:complexType>" + ATTRIBUTE + "</xs:complexType></xs:element>").replace(
                'type="xs:string"', ""
            )
        ),
        "",
        NARROWER,
    ),
]
CASES[-1] = (*CASES[-1][:2], CASES[-1][1].removesuffix("</xs:element>") + KEY + "</xs:element>", CASES[-1][3])


Proved = list[tuple[Change, Witness | None]]


def proved(compared: Compared, open_side: Opened, one: str, other: str) -> tuple[list[Change], Proved]:
    """The changes, and those that break something each with its witness, which both validators have seen again."""
    sides = [open_side({"a.xsd": text}) for text in (one, other)]
    changes = compared(*sides)
    schemas = (Schemas(sides[0]), Schemas(sides[1]))
    found = {new: [judge(side, new=new) for side in sides] for new in (False, True)}
    judges = found[False] if None not in found[False] else found[True]
    told: Proved = []
    for change in changes:
        if BROKEN not in (change.backward, change.forward):
            continue
        witness = xsd_witness(change, schemas, lambda side, _path, new: found[new][side])
        told.append((change, witness))
        if witness is not None:
            refusals = [bool(each(witness.text)) for each in judges if each is not None]
            assert refusals == [witness.valid == "head", witness.valid == "base"]
            assert 1 <= witness.line <= len(witness.text.splitlines())
            assert witness.refused
    return changes, told


def judge(side: Workspace, *, new: bool) -> Validator | None:
    return validator(side.loaded["a.xsd"].document, lambda _path, _namespace: None, new=new)


@pytest.mark.parametrize(("old", "new", "expected"), [one[1:] for one in CASES], ids=[one[0] for one in CASES])
def test_verdict_and_witness(
    old: str, new: str, expected: tuple[bool, bool], compared: Compared, open_side: Opened
) -> None:
    for texts, kept in (((old, new), expected), ((new, old), expected[::-1])):
        one, other = (text if text.startswith("<xs:schema") else xsd(text) for text in texts)
        changes, found = proved(compared, open_side, one, other)
        assert (BROKEN not in (change.backward for change in changes)) is kept[0]
        assert (BROKEN not in (change.forward for change in changes)) is kept[1]
        assert not any(None in (change.backward, change.forward) for change in changes)
        assert not [change for change, witness in found if witness is None]


@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason="the known answers are not here")
def test_known_answers(compared: Compared, open_side: Opened) -> None:
    """Each verdict is right both ways, and each change that breaks something has its witness."""
    wrong = []
    for case in json.loads((CONFORMANCE / "index.json").read_text(encoding="utf-8"))["cases"]:
        folder = CONFORMANCE / case["id"]
        one, other = ((folder / f"{name}.xsd").read_text(encoding="utf-8") for name in ("base", "revision"))
        changes, found = proved(compared, open_side, one, other)
        for way in ("backward", "forward"):
            effects = [getattr(change, way) for change in changes]
            verdict = "break" if False in effects else "unknown" if None in effects else "ok"
            wrong += [f"{case['id']} {way}"] if verdict != case[way] else []
        wrong += [f"{case['id']} {change.address}" for change, witness in found if witness is None]
    assert wrong == []


def test_a_new_declaration_of_what_an_open_wildcard_took_is_not_decided(compared: Compared) -> None:
    changes = compared({"a.xsd": xsd(root(FREE))}, {"a.xsd": xsd(root(FREE) + element("z", "xs:int"))})
    assert {(change.fact or change.action): change.backward for change in changes} == {
        "added": True,
        "contentModel": None,
    }


def test_the_witness_of_a_change_far_below(compared: Compared, open_side: Opened) -> None:
    inner = root(f'<xs:element name="b">{root(element("c", "T"))[21:-13]}</xs:element>{B.replace("b", "d")}')
    sides = [xsd(inner + simple(facet("maxLength", size))[len(element("r", "T")) - 1 :]) for size in (5, 4)]
    [(_, witness)] = proved(compared, open_side, *sides)[1]
    assert witness is not None
    assert witness.text == ('<r xmlns="urn:t">\n  <b>\n    <c>aaaaa</c>\n  </b>\n  <d>a</d>\n</r>\n')
    assert (witness.line, witness.valid) == (3, "base")
