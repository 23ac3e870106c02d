"""What is in force, and who said so."""

import pytest

from integrationlint.config.load import load
from integrationlint.config.schema import KEYS
from integrationlint.config.show import show, with_overrides
from integrationlint.model.errors import UsageError
from integrationlint.model.settings import Settings

TEXT = b"""\
extends: [strict]
rules:
  oas/path-case: {severity: error, with: {style: snake}}
overrides:
  - files: legacy/**
    rules: {oas/path-case: off}
suppressions:
  - {rule: a, at: b, reason: c}
catalog:
  - {consumer: d, uses: e}
limits: {depth: 9}
exclude: vendor/**
"""


def test_each_setting_is_shown_with_its_origin() -> None:
    rows = {row.key: (row.value, row.origin.removeprefix(".integrationlint.yaml:")) for row in show(load(TEXT))}
    assert rows["extends"] == ("strict", "1:11")
    assert rows["rules/oas/path-case"] == ({"severity": "error", "with": {"style": "snake"}}, "3:3")
    assert rows["overrides/0/files"] == (["legacy/**"], "5:5")
    assert rows["overrides/0/rules/oas/path-case"] == ({"severity": "off"}, "6:13")
    assert rows["suppressions/0"] == ({"rule": "a", "at": "b", "reason": "c"}, "8:5")
    assert rows["catalog/0"] == ({"consumer": "d", "uses": ["e"]}, "10:5")
    assert rows["limits/depth"] == (9, "11:10")
    assert rows["limits/file-size"] == (20_000_000, "default")
    assert rows["exclude"] == (["vendor/**"], "12:1")
    assert rows["select"] == ([], "default")


def test_defaults_are_shown_in_the_order_of_the_schema() -> None:
    keys = list(dict.fromkeys(row.key.partition("/")[0] for row in show(Settings())))
    assert keys == [key for key in KEYS if key not in ("rules", "overrides", "suppressions", "catalog")]
    assert {row.origin for row in show(Settings())} == {"default"}


def test_the_command_line_lies_on_top() -> None:
    below = load(TEXT)
    found = with_overrides(
        below, select=["flow"], extends=["spectral:oas"], limits={"file-size": "1KiB"}, today="2027-01-01"
    )
    rows = {row.key: (row.value, row.origin) for row in show(found)}
    assert rows["select"] == ("flow", "command line")
    assert rows["extends"] == ("spectral:oas", "command line")
    assert rows["limits/file-size"] == (1024, "command line")
    assert rows["limits/depth"] == (9, ".integrationlint.yaml:11:10")
    assert (found.today, found.rules) == ("2027-01-01", below.rules)


def test_an_empty_command_line_changes_nothing() -> None:
    assert with_overrides(load(TEXT)) == load(TEXT)


def test_a_limit_of_the_command_line_is_checked_as_in_the_file() -> None:
    with pytest.raises(UsageError, match=r"^unknown key 'deph' \(did you mean 'depth'\?\)$"):
        with_overrides(Settings(), limits={"deph": 3})
    with pytest.raises(UsageError, match="'depth' takes a whole number from 1 to 256, not 0"):
        with_overrides(Settings(), limits={"depth": 0})
