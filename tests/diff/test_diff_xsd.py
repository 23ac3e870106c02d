"""What changed facts of XML Schema do; how many of the known answers are right."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from integrationlint.diff.xsd_facts import (
    compositor_effect,
    conditions_effect,
    default_effect,
    is_ordered,
    optional_groups,
)
from integrationlint.diff.xsd_types import type_effect

CONFORMANCE = Path(__file__).resolve().parents[2].parent / "shared" / "conformance" / "xsd"
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


@pytest.mark.skipif(not CONFORMANCE.is_dir(), reason="the known answers are not here")
def test_known_answers(compared: Callable[..., Any]) -> None:
    """Most verdicts are right; content models as languages, and patterns, are not yet compared."""
    right = {"backward": 0, "forward": 0}
    cases = json.loads((CONFORMANCE / "index.json").read_text(encoding="utf-8"))["cases"]
    for case in cases:
        folder = CONFORMANCE / case["id"]
        sides = ({"a.xsd": (folder / f"{name}.xsd").read_text(encoding="utf-8")} for name in ("base", "revision"))
        found = compared(*sides)
        for way in right:
            effects = [getattr(change, way) for change in found]
            verdict = "break" if False in effects else "unknown" if None in effects else "ok"
            right[way] += verdict == case[way]
    assert right["backward"] >= 81
    assert right["forward"] >= 78
