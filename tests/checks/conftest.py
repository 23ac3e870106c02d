"""How the checks are tried: a contract, one rule, and where it finds what."""

from collections.abc import Callable
from typing import Any

import pytest

from integrationlint.catalog import Catalog, with_examples
from integrationlint.model.rule import Severity
from integrationlint.model.settings import RuleSetting, Settings
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.source.snapshot import Memory

Find = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The rules as they stand in their folder."""
    return with_examples()


@pytest.fixture
def find(catalog: Catalog) -> Find:
    """`find(rule, text, **options)`: pointer and message of each finding of one rule in one document, or in files."""

    def run(rule: str, text: str | dict[str, str], **options: Any) -> list[tuple[str, str]]:
        files = {"api.yaml": text} if isinstance(text, str) else text
        said = {rule: RuleSetting(severity=Severity.WARNING, options=options)}
        settings = Settings(extends=(), rules=said, select=(rule,))
        snapshot = Memory({path: one.encode() for path, one in files.items()})
        report = lint(snapshot, Scope(tuple(sorted(files))), catalog, settings)
        assert report.errors == ()
        return [(one.location.pointer, one.message) for one in report.findings]

    return run
