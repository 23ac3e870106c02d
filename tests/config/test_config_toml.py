"""The table [tool.integrationlint]: the same settings, errors at the lines of the file."""

from time import perf_counter

import pytest

from integrationlint.config.load import load
from integrationlint.model.errors import ConfigError
from integrationlint.model.rule import Severity

FILE = "pyproject.toml"
HEAD = '[project]\nname = "x"\n\n'

GOOD = (
    HEAD
    + """
[tool.integrationlint]
extends = ["recommended", "./company/"]
limits = {file-size = "1 KiB", depth = 100}

[tool.integrationlint.rules]
"flow/timeout" = "off"

[[tool.integrationlint.suppressions]]
rule = "oas/x"
at = "orders.yaml"
reason = "agreed"
expires = 2027-03-31

[[tool.integrationlint.suppressions]]
rule = "oas/y"
at = "orders.yaml"
reason = "agreed"
"""
)


def test_the_table_says_what_a_yaml_file_would_say() -> None:
    settings = load(GOOD.encode(), FILE)
    assert settings.extends == ("recommended", "./company/")
    assert settings.rules["flow/timeout"].severity is Severity.OFF
    assert (settings.limits.file_size, settings.limits.depth) == (1024, 100)
    assert [(one.rule, one.expires, one.location.span.start) for one in settings.suppressions] == [
        ("oas/x", "2027-03-31", (12, 1)),
        ("oas/y", "", (18, 1)),
    ]
    assert settings.origins["extends"].span.start == (6, 1)
    assert settings.origins["limits/depth"].span.start == (7, 1)
    assert settings.rules["flow/timeout"].origin is not None
    assert settings.rules["flow/timeout"].origin.span == ((10, 1), (10, 15))


WRONG = [
    (HEAD + "[tool.integrationlint]\nselct = 1", "5:1: unknown key 'selct' (did you mean 'select'?)"),
    (HEAD + "[tool.integrationlint.limit]\ndepth = 1", "4:1: unknown key 'limit' (did you mean 'limits'?)"),
    (
        HEAD + '[tool.integrationlint]\nlimits.depth = 0 # low\n  "limits".nodes = "x"',
        "5:1: 'depth' takes a whole number from 1 to 256, not 0",
    ),
    (
        HEAD + "[[tool.integrationlint.catalog]]\nconsumer='a'\nuses='b'\n[[tool.integrationlint.catalog]]\nuses=['b']",
        "7:1: an entry of 'catalog' lacks 'consumer': the name of who uses it",
    ),
    ("[tool.integrationlint]\nselect = [\n", "3:1: not TOML: Invalid value"),
    ("[tool.integrationlint]\nx = 1\nx = 2", "3:6: not TOML: Cannot overwrite a value"),
    (HEAD, "1:1: has no table [tool.integrationlint]"),
    ("[tool.other]\nx = 'integrationlint'", "1:1: has no table [tool.integrationlint]"),
    ("tool = 'integrationlint'", "1:1: has no table [tool.integrationlint]"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_mistake_is_a_line_at_the_name(text: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(text.encode(), FILE)
    assert str(caught.value) == f"{FILE}:{expected}"


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "[" * 100_000,
        "a." * 100_000 + "a = 1",
        "[" + "a ." * 100_000 + "a]",
        "x = {" + "a." * 100_000 + "a = 1}",
        "x = " + "9" * 5_000,
        "[tool.integrationlint.rules.x.with]\ny = " + "[" * 150 + "]" * 150,
        "[[[\n" * 50_000,
    ],
)
def test_hostile_toml_is_refused_at_once(text: str) -> None:
    before = perf_counter()
    with pytest.raises(ConfigError):
        load(("# integrationlint\n" + text).encode(), FILE)
    assert perf_counter() - before < 2
