import pytest

from integrationlint.formats.xsd_builtins import BUILTINS
from integrationlint.model.vocabulary import SHAPE


def test_the_44_types_of_1_0_and_the_5_of_1_1_are_there() -> None:
    of_1_1 = {"anyAtomicType", "dateTimeStamp", "yearMonthDuration", "dayTimeDuration", "error"}
    assert of_1_1 <= BUILTINS.keys()
    # 19 primitive and 25 derived types (XML Schema 1.0 Part 2), anyType and anySimpleType.
    assert len(BUILTINS) == 19 + 25 + 2 + len(of_1_1)


def test_their_facts_are_in_the_vocabulary() -> None:
    assert all(facts.keys() <= SHAPE for facts in BUILTINS.values())


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("unsignedShort", {"type": ("integer",)}),
        ("long", {"type": ("integer",), "format": "int64"}),
        ("date", {"type": ("string",), "format": "date"}),
        ("base64Binary", {"type": ("string",), "contentEncoding": "base64"}),
        ("NMTOKENS", {"type": ("array",)}),
        ("anyType", {}),
    ],
)
def test_what_they_mean_in_json_schema(name: str, expected: dict[str, object]) -> None:
    assert BUILTINS[name] == expected
