import math

import pytest

from integrationlint.parse.scalars import NOT_TEXT, Scalars, spelled


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("TRUE", True),
        ("False", False),
        ("tRUE", "tRUE"),
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("nULL", "nULL"),
        ("~x", "~x"),
        ("0", 0),
        ("010", 10),
        ("-7", -7),
        ("+12", 12),
        ("0o17", 15),
        ("0o18", "0o18"),
        ("0x1F", 31),
        ("-0x1F", "-0x1F"),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2001-01-01", "2001-01-01"),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("1e3", 1000.0),
        ("1.5E-2", 0.015),
        ("1e", "1e"),
        (".", "."),
        ("-", "-"),
        ("+", "+"),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("+.Inf", math.inf),
        ("1.2.3", "1.2.3"),
        ("٣", "٣"),
        ("1٣", "1٣"),
        ("<<", "<<"),
    ],
)
def test_plain_scalars_follow_the_core_schema_of_yaml_1_2(text: str, value: object) -> None:
    found = Scalars(1000)[text]
    assert (type(found), found) == (type(value), value)
    assert isinstance(value, str) or text[:1] in NOT_TEXT


def test_not_a_number_is_a_float() -> None:
    assert math.isnan(float(str(Scalars(1000)[".NaN"])))


def test_a_number_beyond_the_limit_stays_text_and_is_kept() -> None:
    scalars = Scalars(5)
    assert [scalars[text] for text in ("12345", "123456", "1.23456", "0x12345")] == [
        12345,
        "123456",
        "1.23456",
        "0x12345",
    ]
    assert scalars.too_long == "123456"


def test_no_limit_exceeds_what_python_reads() -> None:
    scalars = Scalars(1_000_000)
    assert scalars["9" * 5000] == "9" * 5000
    assert scalars.too_long


@pytest.mark.parametrize(
    ("text", "tag", "value"),
    [
        ("12", "tag:yaml.org,2002:str", "12"),
        ("12", "tag:yaml.org,2002:int", 12),
        ("12", "tag:yaml.org,2002:float", 12.0),
        ("true", "tag:yaml.org,2002:bool", True),
        ("~", "tag:yaml.org,2002:null", None),
        ("2001-01-01", "tag:yaml.org,2002:timestamp", "2001-01-01"),
        ("aGk=", "tag:yaml.org,2002:binary", "aGk="),
        ("os.system", "tag:yaml.org,2002:python/name:os.system", "os.system"),
        ("12", "!local", 12),
    ],
)
def test_a_tag_asks_for_a_type(text: str, tag: str, value: object) -> None:
    found = Scalars(1000).tagged(text, tag, plain=True)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "name"), [("x", "int"), ("true", "int"), ("1.5", "int"), ("2", "bool"), ("x", "null")]
)
def test_a_text_that_is_no_value_of_the_type_is_an_error(text: str, name: str) -> None:
    with pytest.raises(ValueError, match=f"!!{name}"):
        Scalars(1000).tagged(text, f"tag:yaml.org,2002:{name}", plain=True)


def test_a_quoted_scalar_with_a_local_tag_is_text() -> None:
    assert Scalars(1000).tagged("12", "!local", plain=False) == "12"


@pytest.mark.parametrize(
    ("key", "name"),
    [(200, "200"), (True, "true"), (False, "false"), (None, "null"), (1.5, "1.5"), (1.0, "1.0"), (math.inf, "as is")],
)
def test_keys_are_spelled_as_json_would(key: object, name: str) -> None:
    assert spelled(key, "as is") == name
