"""No message contradicts a verdict: what is valid on one side and called kept is valid on the other."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count, islice
from random import Random
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.dialects.xml_schema import Validator, validator
from integrationlint.diff.witness_xsd import inside
from integrationlint.diff.xsd_instances import Maker, TooDeepError, written
from integrationlint.diff.xsd_routes import followed, routes
from integrationlint.diff.xsd_schemas import Schemas, is_offered
from integrationlint.diff.xsd_variations import variations
from integrationlint.model.change import Change
from integrationlint.parse.parsers import parse
from integrationlint.workspace.workspace import Workspace

Compared = Callable[..., list[Change]]
Opened = Callable[[Any], Workspace]
Parts = list[str]

SIMPLE = ("xs:string", "xs:int", "xs:long", "xs:date", "xs:decimal", "xs:token", "xs:boolean", "t:S", "t:U")
COMPLEX = ("t:T1", "t:T2", "t:T3")
OCCURS = (
    "",
    "",
    'minOccurs="0"',
    'maxOccurs="unbounded"',
    'minOccurs="0" maxOccurs="2"',
    'minOccurs="2" maxOccurs="3"',
)
FLAGS = ("", "", "", 'mixed="true"', 'abstract="true"', 'block="extension"')
SPACES = ("##any", "##other", "##local", "urn:x")
TEXTS = (
    "minLength 2",
    "maxLength 4",
    "pattern [a-z]*",
    "pattern [a-z0-9 ]{1,5}",
    "enumeration a",
    "whiteSpace collapse",
)
NUMBERS = ("minInclusive 1", "maxInclusive 9", "maxExclusive 10", "pattern [0-9]+", "enumeration 5", "totalDigits 2")
IDENTITY = '<xs:{} name="u"><xs:selector xpath="*"/><xs:field xpath="@k"/></xs:{}>'


class Written:
    """One schema, written by chance: types, derived types, groups, a substitution group, two root elements."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def one(self, *choices: str) -> str:
        return self.chance.choice(choices)

    def maybe(self, text: str) -> str:
        return text if self.chance.random() < 0.3 else ""

    def parts(self) -> Parts:
        head = self.one("", 'block="substitution"', 'nillable="true"')
        member = self.one("", 'substitutionGroup="t:H"')
        return [
            self.simple(),
            f'<xs:simpleType name="U"><xs:union memberTypes="{self.one(*SIMPLE[:4])} xs:boolean"/></xs:simpleType>',
            f'<xs:complexType name="T1" {self.one(*FLAGS)}>{self.body()}</xs:complexType>',
            self.derived("T2", "T1"),
            self.derived("T3", self.one("T1", "T2")),
            f'<xs:group name="G"><xs:sequence>{self.element("g")}</xs:sequence></xs:group>',
            f'<xs:attributeGroup name="AG"><xs:attribute name="z" type="{self.one(*SIMPLE)}"/></xs:attributeGroup>',
            f'<xs:element name="H" type="{self.one("xs:string", "xs:int", "t:T1")}" {head}/>',
            f'<xs:element name="M" type="{self.one("xs:string", "xs:int", "t:T1", "t:T2")}" {member}/>',
            f'<xs:element name="E" type="{self.one(*COMPLEX)}">{self.identity()}</xs:element>',
            f'<xs:element name="R"><xs:complexType>{self.body()}</xs:complexType>{self.identity()}</xs:element>',
        ]  # fmt: skip

    def identity(self) -> str:
        kind = self.one("unique", "key")
        return self.maybe(IDENTITY.format(kind, kind))

    def simple(self) -> str:
        base = self.one("xs:string", "xs:token", "xs:int", "xs:decimal")
        known = TEXTS if base in ("xs:string", "xs:token") else NUMBERS
        facets = (one.split(" ", 1) for one in self.chance.sample(known, self.chance.randint(0, 2)))
        text = "".join(f'<xs:{name} value="{value}"/>' for name, value in facets)
        return f'<xs:simpleType name="S"><xs:restriction base="{base}">{text}</xs:restriction></xs:simpleType>'

    def derived(self, name: str, base: str) -> str:
        if self.chance.random() < 0.5:
            return f'<xs:complexType name="{name}" {self.one(*FLAGS)}>{self.body()}</xs:complexType>'
        inner = f'<xs:extension base="t:{base}">{self.body("no")}</xs:extension>'
        return f'<xs:complexType name="{name}"><xs:complexContent>{inner}</xs:complexContent></xs:complexType>'

    def body(self, names: str = "klm") -> str:
        uses = ("", "", 'use="required"', 'use="prohibited"', 'fixed="1"', 'form="qualified"')
        found = self.chance.sample(names, self.chance.randint(0, 2))
        text = "".join(f'<xs:attribute name="{one}" type="{self.one(*SIMPLE)}" {self.one(*uses)}/>' for one in found)
        text += self.maybe('<xs:attributeGroup ref="t:AG"/>')
        text += self.maybe(f"<xs:anyAttribute {self.wildcard()}/>")
        return self.group(list("abcd")) + text

    def group(self, names: Parts, depth: int = 0) -> str:
        kind = self.one("sequence", "sequence", "choice", *(["all"] if depth == 0 else []))
        if kind == "all":
            found = (f'<xs:element name="{one}" type="{self.one(*SIMPLE)}" {self.one(*OCCURS[:3])}/>' for one in names)
            return f"<xs:all>{''.join(found)}</xs:all>"
        inner = [self.particle(names, depth) for _ in range(self.chance.randint(1, 3))]
        return f"<xs:{kind} {self.one(*OCCURS) if depth else ''}>{''.join(inner)}</xs:{kind}>"

    def particle(self, names: Parts, depth: int) -> str:
        kind = self.chance.random()
        if not names or kind < 0.1:
            return f"<xs:any {self.wildcard()} {self.one(*OCCURS)}/>"
        if kind < 0.25 and depth < 2:
            return self.group(names, depth + 1)
        if kind < 0.4:
            reference = self.one('group ref="t:G"', 'element ref="t:H"', 'element ref="t:M"', 'element ref="t:E"')
            return f"<xs:{reference} {self.one(*OCCURS)}/>"
        return self.element(names.pop(0))

    def wildcard(self) -> str:
        return f'namespace="{self.one(*SPACES)}" processContents="{self.one("lax", "skip", "strict")}"'

    def element(self, name: str) -> str:
        kind = self.one(*SIMPLE, *COMPLEX)
        more = self.one("", "", 'nillable="true"', 'form="unqualified"', 'default="1"', 'fixed="1"')
        return f'<xs:element name="{name}" type="{kind}" {self.one(*OCCURS)} {more}/>'


def document(parts: Parts) -> str:
    names = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t"'
    return f'<xs:schema {names} elementFormDefault="qualified">{"".join(parts)}</xs:schema>'


class Side(NamedTuple):
    parts: Parts
    opened: Workspace
    faults: Validator


def side(open_side: Opened, parts: Parts) -> Side | None:
    """The opened schema with its validator; None for one that breaks a rule of schemas."""
    text = document(parts)
    found = validator(parse("a.xsd", text.encode()), lambda _path, _namespace: None, new=False)
    return None if found is None else Side(parts, open_side({"a.xsd": text}), found)


def drawn(open_side: Opened, chance: Random) -> tuple[Side, Side]:
    """A schema, and the same with some parts of another one."""
    schemas = (side(open_side, Written(chance).parts()) for _ in count())
    old = next(one for one in schemas if one is not None)
    changed = (side(open_side, mixed(old.parts, Written(chance).parts(), chance)) for _ in count())
    return old, next(one for one in changed if one is not None)


def mixed(old: Parts, other: Parts, chance: Random) -> Parts:
    taken = chance.sample(range(len(old)), chance.choice((1, 1, 2)))
    return [other[place] if place in taken else part for place, part in enumerate(old)]


def tried(mine: Workspace, yours: Workspace) -> Iterator[str]:
    """Small documents of one side, valid or nearly so: the elements that a message may have, in their variations."""
    schemas, others = Schemas(mine), Schemas(yours)
    wanted = {id(one) for schema in mine.elements("schema-document") for one in schema.walk()}
    roots = [one for one in schemas.elements.values() if is_offered(one, mine)]
    maker = Maker(schemas)
    for route in routes(roots, wanted, schemas, 40):
        other = followed(route, others)
        with suppress(TooDeepError):
            for node in islice(variations(route[-1], other[-1] if other else None, maker, others), 60):
                maker.made = 0
                yield written(inside(route, node, maker)).text


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000_000))
def test_no_message_contradicts_a_verdict(compared: Compared, open_side: Opened, seed: int) -> None:
    old, new = drawn(open_side, Random(seed))  # noqa: S311
    changes = compared(old.opened, new.opened)
    if all(change.backward for change in changes):
        refused = (text for text in tried(old.opened, new.opened) if new.faults(text))
        assert [text for text in refused if not old.faults(text)] == []
    if all(change.forward for change in changes):
        refused = (text for text in tried(new.opened, old.opened) if old.faults(text))
        assert [text for text in refused if not new.faults(text)] == []
