"""What changed facts of XML Schema do."""

from typing import Any

import pytest

from integrationlint.diff.xsd_facts import (
    compositor_effect,
    conditions_effect,
    default_effect,
    is_ordered,
    optional_groups,
    readable,
)
from integrationlint.diff.xsd_types import type_effect

SAME, WIDER, NARROWER, OTHER, UNKNOWN = (True, True), (True, False), (False, True), (False, False), (None, None)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("int", "long", WIDER),
        ("byte", "integer", WIDER),
        ("unsignedByte", "short", WIDER),
        ("int", "unsignedInt", OTHER),
        ("integer", "decimal", WIDER),
        ("decimal", "double", WIDER),
        ("float", "decimal", NARROWER),
        ("float", "double", SAME),
        ("boolean", "string", WIDER),
        ("string", "token", SAME),
        ("ID", "NMTOKEN", WIDER),
        ("date", "dateTime", OTHER),
        ("dateTimeStamp", "dateTime", WIDER),
        ("string", "anyType", WIDER),
        ("anySimpleType", "string", SAME),
        ("unheardOf", "string", WIDER),
    ],
)
def test_built_in_types(old: str, new: str, expected: Any) -> None:
    assert type_effect(f"xs:{old}", f"xs:{new}") == expected
    assert type_effect(f"xs:{new}", f"xs:{old}") == expected[::-1]


@pytest.mark.parametrize("name", ["{urn:x}T", None, 5, ""])
def test_other_names_say_nothing(name: Any) -> None:
    assert type_effect(name, "xs:int") == UNKNOWN


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("sequence", "all", WIDER),
        ("sequence", "choice", OTHER),
        ("all", "choice", OTHER),
        (None, "sequence", SAME),
    ],
)
def test_compositors(old: Any, new: Any, expected: Any) -> None:
    assert compositor_effect(old, new) == expected
    assert compositor_effect(new, old) == expected[::-1]


UNIQUE = {"construct": "unique", "name": "u", "selector": "a", "fields": ("@id",)}
KEY = {**UNIQUE, "construct": "key"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (None, (UNIQUE,), NARROWER),
        ((UNIQUE,), (KEY,), NARROWER),
        ((UNIQUE,), ({**UNIQUE, "name": "v"},), SAME),
        ((UNIQUE,), ({**UNIQUE, "selector": "b"},), OTHER),
        (("extension",), ("extension", "restriction"), NARROWER),
        (("@a > 1",), None, WIDER),
        ("odd", None, SAME),
    ],
)
def test_conditions(old: Any, new: Any, expected: Any) -> None:
    assert conditions_effect(old, new) == expected
    assert conditions_effect(new, old) == expected[::-1]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"base": "xs:int", "default": "1"}, {"base": "xs:int"}, NARROWER),
        ({"base": "xs:int"}, {"base": "xs:int", "default": "1"}, WIDER),
        ({"base": "xs:string", "default": "x"}, {"base": "xs:string"}, SAME),
        ({"default": "x"}, {}, SAME),
    ],
)
def test_defaults_of_elements(old: Any, new: Any, expected: Any) -> None:
    assert default_effect(old, new) == expected


def test_groups_that_may_be_left_out() -> None:
    content = [
        "sequence", 1, 1,
        [
            ["group:a", 0, 1],
            ["group:b", 1, 1],
            ["choice", 1, 1, [["group:c", 1, 1], [0, 1, 1]]],
            ["choice", 1, 1, [["group:d", 1, 1]]],
            ["sequence", 0, 1, [["group:e", 1, 1]]],
        ],
    ]  # fmt: skip
    assert optional_groups(content) == {"group:a", "group:c", "group:e"}
    assert optional_groups(None) == optional_groups(["odd"]) == frozenset()
    assert is_ordered({"contentModel": content})
    assert not is_ordered({"contentModel": ["sequence", 1, 1, [[0, 1, 1]]]})
    assert not is_ordered({})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"base": "xs:int", "fixed": "1"}, {"base": "xs:int"}, NARROWER),
        ({"default": "x", "minLength": 1}, {"minLength": 1}, NARROWER),
        ({"default": "x", "enum": ("x",)}, {"enum": ("x",)}, NARROWER),
        ({"default": "x", "enum": ("x", "")}, {"enum": ("x", "")}, SAME),
        ({"default": "x", "pattern": "a?"}, {"pattern": "a?"}, (None, True)),
    ],
)
def test_facets_that_refuse_an_empty_element(old: Any, new: Any, expected: Any) -> None:
    assert default_effect(old, new) == expected
    assert default_effect(new, old) == expected[::-1]


def test_identity_constraints_in_words() -> None:
    reference = {**KEY, "construct": "keyref", "fields": ("@id", "b"), "refer": "{urn:x}k"}
    assert readable((UNIQUE, reference)) == ("unique u of a by @id", "keyref u of a by @id, b to {urn:x}k")
    assert readable(("x", "y")) == ("x", "y")
    assert readable(None) is None
