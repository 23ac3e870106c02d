"""What is shipped: one catalogue that says what the rule files say, and templates that escape what is put in."""

import json
import os
import zipfile
from html import unescape
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from integrationlint import resources
from integrationlint.config.load import read_node
from integrationlint.model.errors import ConfigError, UsageError
from integrationlint.resources import cached, catalogue, compiled, dump, folder, render, rule_source

RULE = """\
title: Names
why: "so"
severity: off
with: {404: a, n: 10, f: 1.5, on: ~, day: 2027-03-31, h: 0x1F}
presets: {strict: {severity: error}}
examples:
  - good: |
      x: 1
"""


def rules(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_a_rule_is_the_plain_data_of_its_file_without_examples(tmp_path: Path) -> None:
    [rule] = compiled(rules(tmp_path, {"oas/names.yaml": RULE}))
    assert rule == {
        "id": "oas/names",
        "title": "Names",
        "why": "so",
        "severity": "off",
        "with": {"404": "a", "n": 10, "f": 1.5, "on": None, "day": "2027-03-31", "h": 31},
        "presets": {"strict": {"severity": "error"}},
        "_lines": {"title": 1, "why": 2, "severity": 3, "with": 4, "presets": 5, "examples": 6},
    }
    [whole] = compiled(tmp_path, examples=True)
    assert whole["examples"] == [{"good": "x: 1\n"}]


def test_rules_come_by_id_and_what_is_hidden_or_linked_does_not(tmp_path: Path) -> None:
    files = dict.fromkeys(["b/z.yaml", "b/a.yaml", "a/b/c.yaml", "_draft/x.yaml", ".git/x.yaml", "b/_x.yaml"], "a: 1")
    folder = rules(tmp_path / "rules", {**files, "b/readme.md": "x"})
    rules(tmp_path, {"outside/y.yaml": "a: 1"})
    (folder / "c").symlink_to(tmp_path / "outside")
    (folder / "b" / "y.yaml").symlink_to(tmp_path / "outside" / "y.yaml")
    assert [one["id"] for one in compiled(folder)] == ["a/b/c", "b/a", "b/z"]
    assert compiled(tmp_path / "missing") == []


WRONG = [
    ("- a", "1:1: a rule file is one mapping in YAML"),
    ("", "1:1: a rule file is one mapping in YAML"),
    ("a: 1\n---\nb: 2", "1:1: a rule file is one mapping in YAML"),
    ("a: [\n", "2:1: not YAML: did not find expected node content"),
    ("a: 1\nb: {c: 1, c: 2}", "2:11: key 'c' is given twice"),
    ("a: &x 1\nb: *x", "2:4: a rule file has only words as keys, no aliases, no tags, and at most 100 levels"),
    ("a: !!int x", "1:4: a rule file has only words as keys, no aliases, no tags, and at most 100 levels"),
    ("{[a]: 1}", "1:2: a rule file has only words as keys, no aliases, no tags, and at most 100 levels"),
    ("a: " + "[" * 101, "1:103: a rule file has only words as keys, no aliases, no tags, and at most 100 levels"),
    ("#" * 1_000_001, "1:1: larger than 1000000 bytes: not a rule"),
]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_file_that_is_no_rule_is_named_with_its_place(tmp_path: Path, text: str, expected: str) -> None:
    rules(tmp_path, {"a/b.yaml": text})
    with pytest.raises(ConfigError) as caught:
        compiled(tmp_path, "company/rules")
    assert str(caught.value) == f"company/rules/a/b.yaml:{expected}"


def test_without_libyaml_it_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = compiled(rules(tmp_path, {"oas/names.yaml": RULE, "x.yaml": 'a: "\\u2028"'}))
    monkeypatch.delattr("yaml.CLoader")
    assert compiled(tmp_path) == expected
    rules(tmp_path, {"y.yaml": 'a: "\\ud800"'})
    assert json.loads(dump(compiled(tmp_path))) == compiled(tmp_path)
    rules(tmp_path, {"y.yaml": 'a: "\\U99999999"'})
    with pytest.raises(ConfigError, match=r"^rules/y\.yaml:1:1: not YAML: "):
        compiled(tmp_path)


@pytest.mark.parametrize("data", [b"a: \xff", b"a: \x00", b"\xff\xfe\x00", b"a: 'x\x07'"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.yaml").write_bytes(data)
    with pytest.raises(ConfigError, match=r"^rules/a\.yaml:1:\d+: not YAML: "):
        compiled(tmp_path)


words = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=8)
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(data=st.dictionaries(words, plain, max_size=4))
def test_what_was_written_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, data: dict[str, Any]) -> None:
    file = tmp_path_factory.mktemp("rules") / "x.yaml"
    file.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    [rule] = compiled(file.parent, examples=True)
    assert {key: value for key, value in rule.items() if key not in ("id", "_lines")} == {
        key: value for key, value in data.items() if key not in ("id", "_lines")
    }


class TestCache:
    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        return rules(tmp_path / "rules", {"a/one.yaml": "title: one", "a/two.yaml": "title: two"})

    def test_what_is_kept_equals_a_direct_read(self, home: Path, tmp_path: Path) -> None:
        first, second = cached(home, tmp_path / "store"), cached(home, tmp_path / "store")
        assert first == second == compiled(home)
        assert len(list((tmp_path / "store").iterdir())) == 1

    def test_what_is_kept_is_not_read_again(self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first = cached(home, tmp_path / "store")
        monkeypatch.setattr(resources, "compiled", lambda *_: pytest.fail("compiled again"))
        assert cached(home, tmp_path / "store") == first

    def test_a_change_in_name_size_or_time_is_seen(self, home: Path, tmp_path: Path) -> None:
        store = tmp_path / "store"
        cached(home, store)
        file = home / "a" / "two.yaml"
        before = file.stat().st_mtime_ns
        file.write_text("title: 222")
        os.utime(file, ns=(before, before + 1))
        assert cached(home, store)[1]["title"] == 222
        file.rename(home / "a" / "zwei.yaml")
        assert [one["id"] for one in cached(home, store)] == ["a/one", "a/zwei"]
        (home / "a" / "three.yaml").write_text("title: three")
        assert len(cached(home, store)) == 3
        (home / "a" / "one.yaml").unlink()
        assert len(cached(home, store)) == 2

    def test_damage_is_noticed_and_mended(self, home: Path, tmp_path: Path) -> None:
        expected = cached(home, tmp_path / "store")
        [file] = (tmp_path / "store").iterdir()
        whole = file.read_bytes()
        for at in range(0, len(whole), 3):
            file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert cached(home, tmp_path / "store") == expected
            file.write_bytes(whole[:at])
            assert cached(home, tmp_path / "store") == expected
        assert file.read_bytes() == whole

    def test_two_checkouts_keep_theirs_apart(self, home: Path, tmp_path: Path) -> None:
        other = rules(tmp_path / "other", {"b/x.yaml": "title: x"})
        cached(home, tmp_path / "store")
        cached(other, tmp_path / "store")
        assert len(list((tmp_path / "store").iterdir())) == 2

    def test_nothing_is_kept_where_nothing_can_be_written(self, home: Path, tmp_path: Path) -> None:
        (tmp_path / "store").write_text("a file, not a folder")
        assert cached(home, tmp_path / "store") == compiled(home)
        assert (tmp_path / "store").read_text() == "a file, not a folder"

    def test_reading_it_is_cheap(self, tmp_path: Path) -> None:
        text = RULE + "".join(f"text{number}: {'word ' * 12}\n" for number in range(20))
        home = rules(tmp_path / "rules", {f"p{number % 15}/r{number}.yaml": text for number in range(200)})
        cached(home, tmp_path / "store")
        times = []
        for _ in range(10):
            before = perf_counter()
            cached(home, tmp_path / "store")
            times.append(perf_counter() - before)
        assert min(times) < 0.02  # about 3 ms where it was measured


def test_the_cache_lies_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTEGRATIONLINT_CACHE_DIR", str(tmp_path / "here"))
    assert catalogue() == compiled(folder("rules"))
    assert [file.name.partition("-")[0] for file in (tmp_path / "here").iterdir()] == ["catalogue"]
    monkeypatch.delenv("INTEGRATIONLINT_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert resources.cache_folder().name == "integrationlint"


def test_an_installed_package_reads_its_own_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = rules(tmp_path / "integrationlint" / "_shipped", {"rules/a/one.yaml": "title: one"})
    (shipped / "catalogue.json").write_bytes(dump(compiled(shipped / "rules")))
    rules(tmp_path / "rules", {"stranger.yaml": "title: of another package"})
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "integrationlint")
    monkeypatch.setenv("INTEGRATIONLINT_CACHE_DIR", str(tmp_path / "unused"))
    assert [one["id"] for one in catalogue()] == ["a/one"]
    assert rule_source("a/one") == "title: one"
    assert not (tmp_path / "unused").exists()


def test_built_in_rules_are_read_alike_by_the_configuration_reader() -> None:
    # Two readers of YAML 1.2, one for rules and one for settings, understand each rule file alike.
    found = {one["id"]: one for one in compiled(folder("rules"), examples=True)}
    assert found
    for rule_id, rule in found.items():
        node, errors = read_node(rule_source(rule_id).encode(), f"rules/{rule_id}.yaml")
        assert errors == []
        assert {key: value for key, value in rule.items() if key not in ("id", "_lines")} == node.plain()
        assert rule["_lines"] == {key: one.named.span.start.line for key, one in node.entries.items()}


@pytest.mark.parametrize(
    "rule_id", ["oas/path-cse", "../pyproject", "/etc/passwd", "", "oas", "oas/path-case.yaml", "a\x00/b"]
)
def test_a_rule_that_does_not_exist_is_said(rule_id: str) -> None:
    with pytest.raises(UsageError, match="there is no built-in rule"):
        rule_source(rule_id)


@pytest.fixture
def templates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "folder", lambda _: Path(__file__).parent / "data" / "templates")


@pytest.mark.usefixtures("templates")
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text())
def test_text_stays_text_in_every_notation(text: str) -> None:
    inside = render("escape.html.j2", x=text).removeprefix("<p>").removesuffix("</p>\n")
    assert not set("<>'\"") & set(inside)
    assert "&" not in inside or unescape(inside) == text
    node, errors = read_node(render("escape.yaml.j2", x=text).encode(), "x.yaml")
    assert (errors, node.plain()) == ([], {"a": text, "b": text})
    markdown = render("escape.md.j2", x=text)
    assert "<" not in markdown
    assert len(markdown.splitlines()) == 1


@pytest.mark.usefixtures("templates")
def test_markdown_marks_are_behind_backslashes() -> None:
    assert render("escape.md.j2", x="*a* [b](http://c) `d` <e> @f #1\n# g | h") == (
        "# \\*a\\* \\[b\\]\\(http\\://c\\) \\`d\\` &lt;e&gt; @\u200bf \\#1 \\# g \\| h\n"
    )


@pytest.mark.usefixtures("templates")
def test_values_in_yaml_are_scalars_or_flow_collections() -> None:
    assert render("escape.yaml.j2", x=["no", 1, None, {"k": True}]).splitlines() == [
        'a: ["no", 1, null, {"k": true}]',
        'b: ["no", 1, null, {"k": true}]',
    ]


@pytest.mark.usefixtures("templates")
def test_only_markup_goes_in_as_it_is() -> None:
    assert render("escape.html.j2", x="<b>'") == "<p>&lt;b&gt;&#39;</p>\n"
    assert render("escape.html.j2", x=Markup("<b>")) == "<p><b></p>\n"
    assert render("escape.md.j2", x=Markup("*a*")) == "# *a*\n"


@pytest.mark.usefixtures("templates")
def test_a_value_or_a_notation_that_is_missing_is_an_error() -> None:
    with pytest.raises(Exception, match="'x' is undefined"):
        render("escape.md.j2")
    with pytest.raises(KeyError, match="loop"):
        render("escape.html.loop.j2")
    with pytest.raises(Exception, match="passwd"):
        render("../../etc/passwd.html.j2")


def test_the_wheel_holds_the_catalogue(tmp_path: Path) -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel")
    root = Path(__file__).resolve().parents[1]
    [made] = wheel.WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(made) as archive:
        found = json.loads(archive.read("integrationlint/_shipped/catalogue.json"))
    assert found == compiled(folder("rules"))
