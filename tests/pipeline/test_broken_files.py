"""Files that cannot be read or built: told, never passed over, and the others go on."""

import pytest

from integrationlint.catalog import assembled
from integrationlint.formats import openapi
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.settings import Settings
from integrationlint.pipeline.diff import diff
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.source.snapshot import Memory

GOOD = b"openapi: 3.1.0\ninfo: {title: A, version: 1.0.0}\npaths: {/a: {get: {responses: {'200': {description: x}}}}}\n"
CATALOG = assembled()


def snapshot(**files: bytes) -> tuple[Memory, Scope]:
    named = {f"{name}.yaml": data for name, data in files.items()}
    return Memory(named), Scope(tuple(named))


def test_a_file_that_broke_is_a_finding_and_no_removal() -> None:
    (base, before), (head, after) = snapshot(a=GOOD, b=GOOD), snapshot(a=b"openapi: [", b=GOOD)
    report = diff(base, head, (before, after), CATALOG, Settings())
    assert report.changes == ()
    assert [(one.rule, one.location.path) for one in report.findings] == [("any/parseable", "a.yaml")]


def test_a_format_that_fails_is_an_error_of_its_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    build = openapi.build

    def broken(document: Document) -> Element:
        if document.path == "a.yaml":
            raise RuntimeError("no")
        return build(document)

    monkeypatch.setattr(openapi, "build", broken)
    files, scope = snapshot(a=GOOD, b=GOOD)
    report = lint(files, scope, CATALOG, Settings())
    assert [(one.kind, one.file, one.message) for one in report.errors] == [("format", "a.yaml", "RuntimeError: no")]
    assert {one.location.path for one in report.findings} == {"b.yaml"}
    assert diff(files, files, (scope, scope), CATALOG, Settings()).changes == ()
