"""Laws of the comparison over generated schema documents."""

import random
import re
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.model.change import Change

Compared = Callable[..., list[Change]]
Parts = list[str]

XS = "http://www.w3.org/2001/XMLSchema"
NAMES = st.sampled_from(["id", "note", "line", "party"])
SIMPLE = ("Code", "Amount")
COMPLEX = ("Order", "Line")
TYPES = st.sampled_from(["xs:string", "xs:int", "xs:long", "xs:date", *(f"t:{name}" for name in SIMPLE + COMPLEX)])
OCCURS = st.sampled_from(["", ' minOccurs="0"', ' maxOccurs="3"', ' minOccurs="2" maxOccurs="unbounded"'])


def _element() -> st.SearchStrategy[str]:
    extras = st.sampled_from(["", ' nillable="true"', ' default="1"', ' form="unqualified"'])
    return st.tuples(NAMES, TYPES, OCCURS, extras).map(
        lambda one: f'<xs:element name="{one[0]}" type="{one[1]}"{one[2]}{one[3]}/>'
    )


def _attribute() -> st.SearchStrategy[str]:
    uses = st.sampled_from(["", ' use="required"', ' use="prohibited"', ' fixed="x"'])
    return st.tuples(NAMES, uses).map(lambda one: f'<xs:attribute name="{one[0]}" type="xs:string"{one[1]}/>')


def _content() -> st.SearchStrategy[str]:
    elements = st.lists(_element() | st.just('<xs:any processContents="lax"/>'), max_size=3)
    group = st.sampled_from(["sequence", "choice", "all"])
    attributes = st.lists(_attribute(), max_size=2, unique_by=lambda one: one.split('"')[1])
    return st.tuples(group, elements, attributes).map(
        lambda one: f"<xs:{one[0]}>{''.join(one[1])}</xs:{one[0]}>{''.join(one[2])}"
    )


def _complex(name: str) -> st.SearchStrategy[str]:
    more = st.sampled_from(["", ' mixed="true"', ' abstract="true"'])
    own = st.tuples(_content(), more).map(
        lambda one: f'<xs:complexType name="{name}"{one[1]}>{one[0]}</xs:complexType>'
    )
    other = COMPLEX[COMPLEX.index(name) - 1]
    how = st.sampled_from(["extension", "restriction"])
    derived = st.tuples(how, _content()).map(
        lambda one: (
            f'<xs:complexType name="{name}"><xs:complexContent><xs:{one[0]} base="t:{other}">{one[1]}'
            f"</xs:{one[0]}></xs:complexContent></xs:complexType>"
        )
    )
    return own | derived


def _simple(name: str) -> st.SearchStrategy[str]:
    facet = st.sampled_from(
        [
            'maxLength value="5"',
            'maxLength value="9"',
            'pattern value="a"',
            'enumeration value="x"',
            'enumeration value="y"',
        ]
    ).map(lambda text: f"<xs:{text}/>")
    base = st.sampled_from(["xs:string", "xs:int", "xs:decimal"])
    restricted = st.tuples(base, st.lists(facet, max_size=2, unique=True)).map(
        lambda one: f'<xs:restriction base="{one[0]}">{"".join(one[1])}</xs:restriction>'
    )
    more = st.sampled_from(['<xs:list itemType="xs:int"/>', '<xs:union memberTypes="xs:int xs:date"/>'])
    return (restricted | more).map(lambda body: f'<xs:simpleType name="{name}">{body}</xs:simpleType>')


GLOBAL = st.tuples(st.sampled_from(["E", "F"]), TYPES).map(lambda one: f'<xs:element name="{one[0]}" type="{one[1]}"/>')
SCHEMAS: st.SearchStrategy[Parts] = st.tuples(
    st.tuples(*map(_simple, SIMPLE), *map(_complex, COMPLEX)),
    st.lists(GLOBAL, max_size=2, unique_by=lambda one: one[:20]),
).map(lambda one: [*one[0], *one[1]])


def document(parts: Parts) -> str:
    names = f'xmlns:xs="{XS}" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified"'
    return f"<xs:schema {names}>{''.join(parts)}</xs:schema>"


def side(parts: Parts) -> dict[str, str]:
    return {"a.xsd": document(parts)}


MIRRORED = {"added": "removed", "removed": "added", "changed": "changed"}


def facts(change: Change, *, mirrored: bool = False) -> tuple[str, ...]:
    there, here = (str(one.address if one is not None else None) for one in (change.before, change.after))
    values = [(there, repr(change.old), str(change.backward)), (here, repr(change.new), str(change.forward))]
    if mirrored:
        values.reverse()
    action = MIRRORED[change.action] if mirrored else change.action
    return (action, change.fact, change.direction, *values[0], *values[1])


def effects(changes: list[Change]) -> list[str]:
    return [
        f"{one.address} {one.fact or one.action} {one.backward} {one.forward}"
        for one in changes
        if (one.backward, one.forward) != (True, True)
    ]


@given(SCHEMAS)
def test_a_schema_does_not_differ_from_itself(compared: Compared, parts: Parts) -> None:
    assert compared(side(parts), side(parts)) == []


@settings(max_examples=200)
@given(SCHEMAS, SCHEMAS)
def test_the_way_back_is_the_mirror_of_the_way_there(compared: Compared, one: Parts, other: Parts) -> None:
    there, back = compared(side(one), side(other)), compared(side(other), side(one))
    assert sorted(map(facts, there)) == sorted(facts(change, mirrored=True) for change in back)


@given(SCHEMAS, st.randoms(use_true_random=False))
def test_order_comments_annotations_and_prefixes_change_nothing(
    compared: Compared, parts: Parts, chance: random.Random
) -> None:
    mixed = list(parts)
    chance.shuffle(mixed)
    note = "<xs:annotation><xs:documentation>Text.</xs:documentation></xs:annotation>"
    noted = [re.sub(r'(<xs:(?:complexType|simpleType) name="[A-Z]\w*"[^>]*>)', rf"\1{note}", part) for part in mixed]
    text = re.sub(r"\bt:", "own:", document(noted)).replace("xmlns:t=", "xmlns:own=")
    text = "<!-- A comment. -->" + text.replace("xs:", "schema:").replace("xmlns:xs=", "xmlns:schema=")
    assert effects(compared(side(parts), {"a.xsd": text})) == []


@given(SCHEMAS)
def test_a_schema_in_two_files_is_the_same_schema(compared: Compared, parts: Parts) -> None:
    inclusion = '<xs:include schemaLocation="b.xsd"/>'
    split = {"a.xsd": document([inclusion, *parts[::2]]), "b.xsd": document(parts[1::2])}
    assert compared(side(parts), split) == []
    assert compared(split, side(parts)) == []


@given(SCHEMAS)
def test_a_named_type_means_as_much_as_an_anonymous_one(compared: Compared, parts: Parts) -> None:
    parts[2] = parts[2].replace(' abstract="true"', "")  # a type without a name cannot be
    body = parts[2].partition(">")[2].removesuffix("</xs:complexType>")
    start = parts[2].partition(">")[0].replace(' name="Order"', "")
    anonymous = f'<xs:element name="New">{start}>{body}</xs:complexType></xs:element>'
    named = '<xs:element name="New" type="t:Order"/>'
    found = effects(compared(side([*parts, anonymous]), side([*parts, named])))
    # Only from a type with a name others are derived, which may stand in for it.
    assert [one for one in found if " xsi:type " not in one] == []


@given(SCHEMAS, SCHEMAS)
def test_two_runs_tell_the_same(compared: Compared, one: Parts, other: Parts) -> None:
    runs: list[Any] = [[facts(change) for change in compared(side(one), side(other))] for _ in range(2)]
    assert runs[0] == runs[1]
