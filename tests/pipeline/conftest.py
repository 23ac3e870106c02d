"""What the tests of the pipeline share: rules made on the spot, snapshots from texts."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from integrationlint.catalog import Catalog
from integrationlint.engine.load import load_rule
from integrationlint.model.rule import Check, Problem, Rule
from integrationlint.pipeline.lint import Scope
from integrationlint.source.snapshot import Memory

MakeRule = Callable[..., Rule]
MakeCatalog = Callable[..., Catalog]
Files = Callable[[Mapping[str, str]], tuple[Memory, Scope]]


def every(_subject: object) -> Iterator[Problem]:
    yield Problem()


def odd(_subject: object, *, value: str = "x") -> Iterator[Problem]:
    yield Problem({"value": value})


def broken(_subject: object) -> Iterator[Problem]:
    raise RuntimeError("no")


CHECKS: dict[str, Check] = {"every": every, "odd": odd, "broken": broken}


@pytest.fixture
def make_rule() -> MakeRule:
    """`make_rule(id, each, **keys)`: a rule that finds each of its subjects, in the preset `recommended`."""

    def made(rule_id: str, each: str, **more: Any) -> Rule:
        data = {
            "id": rule_id,
            "title": "T",
            "why": "W.",
            "fix": "F.",
            "each": each,
            "check": "every",
            "message": "{name}",
            "severity": "error",
            "concern": "governance",
            "presets": {"recommended": {}},
        }
        return load_rule({**data, **more}, f"rules/{rule_id}.yaml")

    return made


@pytest.fixture
def make_catalog() -> MakeCatalog:
    """`make_catalog(*rules)`: a catalogue of these rules, with the checks `every`, `odd` and `broken`."""
    return lambda *rules: Catalog(rules, CHECKS.__getitem__)


@pytest.fixture
def given_files() -> Files:
    """`given_files({path: text})`: a snapshot and the scope of all its files."""

    def made(files: Mapping[str, str]) -> tuple[Memory, Scope]:
        return Memory({path: text.encode() for path, text in files.items()}), Scope(tuple(files))

    return made
