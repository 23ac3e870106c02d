"""Safe fixes: findings go and none comes, nothing else changes, and a second run finds nothing to do."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from integrationlint.catalog import Catalog, with_examples
from integrationlint.model.change import Verdict
from integrationlint.model.finding import Finding, Status
from integrationlint.model.fix import Fix, Repair
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.report import Report, RunError
from integrationlint.model.rule import Example, Rule, Severity
from integrationlint.model.settings import RuleSetting, Settings
from integrationlint.parse.parsers import SUFFIXES, parse
from integrationlint.pipeline.diff import diff
from integrationlint.pipeline.fix import Fixed, fix
from integrationlint.pipeline.intended import as_intended
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.pipeline.worse import worse
from integrationlint.source.snapshot import Memory
from integrationlint.source.worktree import Worktree

CORPUS = Path(__file__).resolve().parents[2].parent / "shared" / "corpus"
CATALOG: Catalog = with_examples()
# Every rule of which some findings need no person.
FIXABLE = [
    "any/suppression-unused",
    "any/utf8-no-bom",
    "oas/header-case",
    "oas/no-content-no-body",
    "oas/no-unused-scheme",
    "oas/path-params-required",
    "schema/enum-unique",
    "schema/no-unused-components",
    "schema/ref-siblings",
    "xsd/import-complete",
]
ALL = Settings(extends=("all",), today="2030-01-01")


def fixed(files: Mapping[str, bytes], settings: Settings = ALL, catalog: Catalog = CATALOG) -> Fixed:
    return fix(Memory(files), Scope(tuple(sorted(files))), catalog, settings)


def after(found: Fixed, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**files, **{path: new for path, (_, new) in found.files.items()}}


def examples(rule: Rule) -> list[tuple[Example, dict[str, bytes]]]:
    """The examples of a rule that find something in one state of the files."""
    return [
        (one, {path: text.encode("utf-8", "surrogatepass") for path, text in one.files.items() if path[0] != "."})
        for one in rule.examples
        if one.finds and one.before is None
    ]


def alone(rule: Rule, example: Example) -> tuple[Settings, Catalog]:
    said = {rule.id: RuleSetting(severity=rule.severity, options=example.options)}
    return Settings(extends=(), rules=said, select=(rule.id,), today=example.today), replace(CATALOG, rules=(rule,))


def test_the_rules_with_fixes() -> None:
    found = set()
    for rule in CATALOG.rules:
        for example, files in examples(rule):
            settings, catalog = alone(rule, example)
            snapshot, scope = Memory(files), Scope(tuple(sorted(files)))
            report = lint(snapshot, scope, catalog, settings, fixes=True)
            found |= {one.rule for one in report.findings if one.fix is not None}
    assert sorted(found) == FIXABLE


@pytest.mark.parametrize("rule", [one for one in CATALOG.rules if one.id in FIXABLE], ids=lambda rule: rule.id)
def test_what_can_be_fixed_is_found_no_more(rule: Rule) -> None:
    for example, files in examples(rule):
        settings, catalog = alone(rule, example)
        before = lint(Memory(files), Scope(tuple(sorted(files))), catalog, settings, fixes=True)
        found = fixed(files, settings, catalog)
        assert found.count == sum(one.fix is not None for one in before.findings)
        assert len(found.report.findings) == len(before.findings) - found.count
        assert not any(one.fix is not None for one in found.report.findings)


def laws(files: Mapping[str, bytes], settings: Settings = ALL) -> Fixed:
    found = fixed(files, settings)
    assert not worse(found.before, found.report)
    assert len(opened(found.report)) <= len(opened(found.before)) - (found.count > 0)
    assert all(old != new for old, new in found.files.values())
    new = after(found, files)
    again = fixed(new, settings)
    assert (again.files, again.count, again.kept) == ({}, 0, found.kept)
    assert again.before.findings == found.report.findings
    scope = Scope(tuple(sorted(files)))
    changed = diff(Memory(files), Memory(new), (scope, scope), CATALOG, settings)
    assert changed.verdict in (Verdict.NONE, Verdict.SAFE), [one.message for one in changed.changes]
    return found


def opened(report: Report) -> list[object]:
    return [one for one in report.findings if one.status is Status.OPEN]


@pytest.mark.parametrize("rule", CATALOG.rules, ids=lambda rule: rule.id)
def test_the_laws_hold_for_every_bad_example(rule: Rule) -> None:
    for _, files in examples(rule):
        scope = Scope(tuple(sorted(files)))
        if any(one.fix is not None for one in lint(Memory(files), scope, CATALOG, ALL, fixes=True).findings):
            laws(files)


CONTRACT = """\
# An API with much to fix.
openapi: 3.0.3
info:
  title: Orders   # three blanks
  version: 1.0.0
security: [{token: []}]
paths:
  "/orders/{id}":
    parameters:
      - name: id
        in: path      # the key
        schema: {type: string}
    get:
      operationId: getOrder
      responses:
        '200':
          description: The order
          headers:
            etag: {schema: {type: string}}
        "304":
          description: As before
          content:
            application/json: {}
components:
  securitySchemes:
    token: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
  schemas:
    State:
      type: string
      enum:
        - open
        # paid is not here twice by accident
        - paid
        - open
"""


def test_a_contract_line_by_line() -> None:
    (change,) = laws({"a.yaml": CONTRACT.encode()}).files.values()
    expected = (
        CONTRACT.replace(
            "        in: path      # the key\n", "        in: path      # the key\n        required: true\n"
        )
        .replace("etag", "ETag")
        .replace("          content:\n            application/json: {}\n", "")
        .replace("    key: {type: apiKey, in: header, name: X-Key}\n", "")
        .replace("        - paid\n        - open\n", "        - paid\n")
    )
    assert change[1].decode() == expected


@pytest.mark.parametrize("encode", ["crlf", "bom", "utf-16"])
def test_line_ends_and_encodings_stay_unless_they_are_what_is_wrong(encode: str) -> None:
    text = CONTRACT.replace("\n", "\r\n") if encode == "crlf" else CONTRACT
    data = {"crlf": text.encode(), "bom": text.encode("utf-8-sig"), "utf-16": text.encode("utf-16")}[encode]
    one = Settings(rules={"oas/path-params-required": RuleSetting(severity=None)}, select=("oas/path-params-required",))
    ((_, new),) = laws({"a.yaml": data}, one).files.values()
    line_end = b"\r\n" if encode == "crlf" else b"\n"
    codec = "utf-16-le" if encode == "utf-16" else "utf-8"
    assert new.startswith(data[: data.index("openapi".encode(codec))])
    if encode != "utf-16":
        assert new.count(line_end) == new.count(b"\n") == data.count(b"\n") + 1
    assert laws({"a.yaml": data}).files["a.yaml"][1].decode().startswith("# An API")


def test_line_ends_are_fixed_where_they_are_wrong() -> None:
    for wanted, old, new in (("lf", b"\r\n", b"\n"), ("crlf", b"\n", b"\r\n")):
        settings = Settings(
            rules={"any/utf8-no-bom": RuleSetting(options={"line_end": wanted})}, select=("any/utf8-no-bom",)
        )
        data = b"openapi: 3.1.0\ninfo: {title: |-\n    a\n, version: 1.0.0}\n".replace(b"\n", old)
        plain = b"openapi: 3.1.0\ninfo:\n  title: |\n    a\n    b\npaths: {}\n".replace(b"\n", old)
        assert not fixed({"a.yaml": data}, settings).files
        assert fixed({"a.yaml": plain}, settings).files["a.yaml"][1] == plain.replace(old, new)


def test_what_others_refer_to_stays() -> None:
    ref = "#/paths/~1a/get/responses/200/headers/etag"
    one = f"""\
openapi: 3.1.0
info: {{title: A, version: 1.0.0}}
paths:
  /a: {{get: {{responses: {{"200": {{description: A, headers: {{etag: {{schema: {{type: string}}}}}}}}}}}}}}
  /b: {{get: {{responses: {{"200": {{description: B, headers: {{ETag: {{$ref: "{ref}"}}}}}}}}}}}}
"""
    settings = Settings(rules={"oas/header-case": RuleSetting()}, select=("oas/header-case",))
    assert not fixed({"a.yaml": one.encode()}, settings).files
    assert not fixed({"a.yaml": one.split("  /b")[0].encode(), "b.yaml": f"$ref: a.yaml{ref}".encode()}, settings).files
    assert fixed({"a.yaml": one.split("  /b")[0].encode()}, settings).files


def test_a_fix_that_would_bring_a_finding_is_not_made_and_the_others_are() -> None:
    # Whoever removes the response leaves the schema without a use.
    text = (
        CONTRACT
        + "  responses:\n    Gone: {description: x, content: {a/b: {schema: {$ref: '#/components/schemas/E'}}}}\n"
    )
    text = text.replace("    State:\n", "    E: {type: object}\n    State:\n")
    found = laws({"a.yaml": text.encode()})
    assert b"Gone" in found.files["a.yaml"][1]
    assert b"required: true" in found.files["a.yaml"][1]
    assert found.kept == (
        "a.yaml: not fixed, for it would change or uncover something else: schema/no-unused-components",
    )


def test_suppressed_findings_and_other_files_are_left_alone() -> None:
    line = "        - open  # integrationlint: ignore[schema/enum-unique] agreed\n"
    text = CONTRACT.replace("        - paid\n        - open\n", f"        - paid\n{line}")
    assert line.encode() in laws({"a.yaml": text.encode()}).files["a.yaml"][1]
    files = {"a.yaml": CONTRACT.encode(), "b.yaml": CONTRACT.encode()}
    some = fix(Memory(files), Scope(tuple(files), lambda path: path == "b.yaml"), CATALOG, ALL)
    assert list(some.files) == ["b.yaml"]
    assert not fix(Memory(files), Scope(tuple(files)), CATALOG, ALL, lambda _: False).files


def test_an_exception_is_not_called_needless_by_a_run_without_its_rule() -> None:
    text = CONTRACT.replace("components:\n", "components:  # integrationlint: ignore[oas/path-case] why\n")
    only = replace(ALL, select=("any/suppression-unused",))
    assert not fixed({"a.yaml": text.encode()}, only).files
    assert b"ignore" not in laws({"a.yaml": text.encode()}).files["a.yaml"][1]


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not here")
@pytest.mark.parametrize("folder", ["openapi/v2", "openapi/v3.0", "openapi/v3.1"])
def test_the_laws_hold_for_real_contracts(folder: str) -> None:
    tree = Worktree(str(CORPUS / folder))
    paths = [one for one in tree.paths() if f".{one.rpartition('.')[2]}" in SUFFIXES]
    files = {path: data for path in paths if len(data := tree.read(path)) < 200_000}
    assert laws(files).count


def test_what_an_alias_repeats_is_left_alone() -> None:
    shared = "openapi: 3.1.0\ncomponents:\n  schemas:\n    S: {enum: &all [a, b, a]}\nx-all: *all\n"
    found = laws({"a.yaml": shared.encode()})
    assert (found.files, len(found.kept)) == ({}, 1)
    assert laws({"a.yaml": shared.replace("x-all: *all\n", "").encode()}).count == 1


def test_what_holds_nothing_any_more_says_so() -> None:
    parts = "  responses:\n    A: {description: a}\n    B:\n      description: b\n"
    found = laws({"a.yaml": (CONTRACT + parts).encode()})
    assert found.files["a.yaml"][1].decode().endswith("        - paid\n  responses: {}\n")


@pytest.mark.parametrize(
    ("before", "after", "repairs", "intended"),
    [
        ("a: 1\nb: 2\n", "a: 1\n", [Repair("remove", "/b")], True),
        ("a: 1\nb: 2\n", "b: 2\n", [Repair("remove", "/b")], False),
        ("a: 1\nb: 2\n", "a: true\n", [Repair("remove", "/b")], False),
        ("a: 1\nb: 2\n", "a: 1\nb: 2\nc: true\n", [Repair("insert", "/c", value=True, beside="b")], True),
        ("a: 1\nb: 2\n", "a: 1\nc: true\nb: 2\n", [Repair("insert", "/c", value=True, beside="b")], False),
        ("a: [1, 2, 3, 4]\n", "a: [1, 3]\n", [Repair("remove", "/a/1"), Repair("remove", "/a/3")], True),
        ("a: x\n", "A: x\n", [Repair("rename", "/a", "A")], True),
        ("a: x\nA: y\n", "A: x\n", [Repair("rename", "/a", "A")], False),
        ("a: 1\n", "a: 1\n", [Repair("remove", "/b")], False),
        ("a: 1\n", "a: [\n", [Repair("utf-8")], False),
        ("<a><b/><c/></a>", "<a><c/></a>", [Repair("remove", "/a[1]/b[1]")], True),
        ("<a><b/><c/></a>", "<a><b/></a>", [Repair("remove", "/a[1]/b[1]")], False),
        ("<a><b/>x</a>", "<a>y</a>", [Repair("remove", "/a[1]/b[1]")], False),
    ],
)
def test_an_edit_has_to_do_what_was_intended(before: str, after: str, repairs: list[Repair], intended: bool) -> None:
    name = "a.xml" if before.startswith("<") else "a.yaml"
    old, new = (parse(name, text.encode()) for text in (before, after))
    assert as_intended(old, new, [Fix(tuple(repairs))]) is intended


def test_worse_is_what_was_not_there() -> None:
    def found(*said: tuple[str, str, str]) -> Report:
        place = Location("a.yaml", "", START_OF_FILE)
        ones = tuple(Finding("r/r", Severity.ERROR, text, at, place, print_) for text, at, print_ in said)
        return Report("", "lint", Memory({}).info, findings=ones)

    old = found(("x (2 places)", "a", "1"), ("y", "b", "2"))
    assert not worse(old, found(("x", "c", "3")))
    assert not worse(old, found(("z", "A", "3"), ("z", "c", "1")))
    assert worse(old, found(("z", "c", "3"))) == {"a.yaml"}
    assert worse(old, found(("x", "a", "1"), ("x", "b", "2"), ("x", "a", "3"))) == {"a.yaml"}
    fixable = replace(found(("z", "c", "3")).findings[0], fix=Fix(()))
    assert not worse(old, replace(old, findings=(fixable,)), unless_fixable=True)
    assert worse(old, replace(old, errors=(RunError("no", file="b.yaml"),))) == {"b.yaml"}
