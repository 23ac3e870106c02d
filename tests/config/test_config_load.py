"""Configurations that extend each other become one, and what each said keeps its place."""

from collections.abc import Mapping
from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrationlint.config.load import MAX_FILES, Read, load
from integrationlint.config.settings import merge, size
from integrationlint.model.errors import ConfigError
from integrationlint.model.rule import Severity
from integrationlint.model.settings import Settings

MAIN = ".integrationlint.yaml"


def reading(files: Mapping[str, str]) -> Read:
    def read(path: str) -> bytes | None:
        if path in files:
            return files[path].encode()
        if path == "." or any(name.startswith(f"{path}/") for name in files):
            return None
        if path.startswith(".."):
            raise PermissionError(path)
        raise FileNotFoundError(path)

    return read


def loaded(files: Mapping[str, str], path: str = MAIN) -> Settings:
    return load(files[path].encode(), path, reading(files))


def origin(found: Settings, key: str) -> str:
    place = found.origins[key]
    return f"{place.path}:{place.span.start.line}:{place.span.start.column}"


def test_nothing_said_is_the_default() -> None:
    assert load(b"") == load(b"# nothing\n") == load(b"{}") == Settings(file=MAIN)


def test_scalars_follow_yaml_1_2() -> None:
    found = load(b"rules: {a: off, b: {with: {on: yes, n: 010, o: 0o17, f: 1e3, d: 2027-03-31, z: ~, i: .inf}}}")
    assert found.rules["a"].severity is Severity.OFF
    options = {"on": "yes", "n": 10, "o": 15, "f": 1000.0, "d": "2027-03-31", "z": None, "i": ".inf"}
    assert found.rules["b"].options == options


def test_every_rule_setting_knows_its_line() -> None:
    found = load(b"rules:\n  a: error\n  b:\n    with:\n      style: snake\n")
    places = [one.origin for one in found.rules.values()]
    assert [place and (place.pointer, place.span.start) for place in places] == [
        ("/rules/a", (2, 3)),
        ("/rules/b", (3, 3)),
    ]
    assert found.rules["b"].option_origins["style"].span.start == (5, 7)


def test_a_configuration_that_is_extended_lies_below() -> None:
    found = loaded(
        {
            MAIN: "extends: [strict, ./company/base.yaml]\n"
            "rules: {a: {with: {x: 1}}, c: error}\n"
            "limits: {depth: 50}\nsuppressions: [{rule: r, at: s, reason: t}]\n",
            "company/base.yaml": "extends: [zalando, rules/]\n"
            "rules: {a: {severity: info, with: {x: 0, y: 0}}, b: off}\n"
            "select: [oas]\nlimits: {depth: 60, nodes: 70}\nsuppressions: [{rule: q, at: s, reason: t}]\n",
            "company/rules/own/x.yaml": "",
        }
    )
    assert found.extends == ("strict", "zalando", "./company/rules/")
    assert (found.rules["a"].severity, found.rules["a"].options) == (Severity.INFO, {"x": 1, "y": 0})
    assert list(found.rules) == ["b", "a", "c"]
    assert found.select == ("oas",)
    assert (found.limits.depth, found.limits.nodes) == (50, 70)
    assert [one.rule for one in found.suppressions] == ["q", "r"]
    assert origin(found, "select/oas") == "company/base.yaml:3:10"
    assert origin(found, "limits/depth") == f"{MAIN}:3:10"
    assert origin(found, "extends/zalando") == "company/base.yaml:1:11"
    assert origin(found, "extends/./company/rules/") == "company/base.yaml:1:20"


def test_to_extend_a_configuration_and_say_nothing_is_to_have_it() -> None:
    for base in ("rules: {a: error}", "extends: []", "extends: [x, y]\nselect: a\nexclude: [b]"):
        found = loaded({MAIN: "extends: b.integrationlint.yaml", "b.integrationlint.yaml": base})
        alone = load(base.encode(), "b.integrationlint.yaml")
        assert replace(found, file="", origins={}) == replace(alone, file="", origins={})


def test_the_last_mention_of_a_preset_counts() -> None:
    assert load(b"extends: [a, b, a]").extends == ("b", "a")


KEPT = {
    "a rule": "title: t\neach: path\ncheck: c\nmessage: m\n",
    "spectral rules": "rules: {x: {given: $, then: {function: truthy}}}",
    "spectral base": "extends: [[spectral:oas, off]]\nrules: {operation-tags: error}",
    "spectral keys": "extends: spectral:oas\nformats: [oas3]\nrules: {}",
    "spectral tags": "extends: ['spectral:oas']\nrules: {x: {given: $}, y: off}\nfunctions: [z]",
    "something else": "openapi: 3.1.0",
}


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT.keys())
def test_what_is_no_configuration_is_kept_for_those_who_know_it(text: str) -> None:
    assert loaded({MAIN: "extends: ./other.yaml", "other.yaml": text}).extends == ("./other.yaml",)


def test_names_of_files_decide_before_their_content() -> None:
    files = {MAIN: "extends: [./.spectral.yaml]", ".spectral.yaml": "extends: spectral:oas\nrules: {a/b: off}"}
    assert loaded(files).extends == ("./.spectral.yaml",)
    files = {MAIN: "extends: [./x.integrationlint.yaml]", "x.integrationlint.yaml": "extends: spectral:oas"}
    assert loaded(files).extends == ("spectral:oas",)


def test_other_names_are_kept() -> None:
    names = ["recommended", "spectral:oas", "company-pack"]
    assert load(f"extends: {names}".encode()).extends == tuple(names)
    assert loaded({MAIN: "extends: [rules.json, ., company]", "rules.json": "{"}).extends == (
        "./rules.json",
        "./",
        "company",
    )


def complaint(files: Mapping[str, str]) -> str:
    with pytest.raises(ConfigError) as caught:
        loaded(files)
    return str(caught.value)


def test_a_cycle_is_an_error_at_the_entry_that_closes_it() -> None:
    files = {MAIN: "extends: ./a/a.yaml", "a/a.yaml": "extends:\n  - ../b.yaml", "b.yaml": "extends: ./a/a.yaml"}
    assert complaint(files) == f"b.yaml:1:10: extends itself: {MAIN} -> a/a.yaml -> b.yaml -> a/a.yaml"
    assert "extends itself" in complaint({MAIN: f"extends: ./{MAIN}"})


def test_what_is_not_there_or_outside_is_an_error() -> None:
    assert complaint({MAIN: "extends: [./x.yaml]"}) == f"{MAIN}:1:11: there is no file or folder './x.yaml' to extend"
    expected = f"{MAIN}:1:10: '../../x/' lies outside the repository, or may not be read"
    assert complaint({MAIN: "extends: ../../x/"}) == expected


def test_a_mistake_in_a_file_that_is_extended_is_told_there() -> None:
    assert complaint({MAIN: "extends: ./b.yaml", "b.yaml": "rules: {a: x}"}).startswith("b.yaml:1:12: 'a' takes")
    assert complaint({MAIN: "extends: ./b.yaml", "b.yaml": "rules: ["}).startswith("b.yaml:1:9: not YAML")


def test_many_files_end_soon() -> None:
    chain = {f"{number}.yaml": f"extends: [./{number + 1}.yaml]" for number in range(MAX_FILES + 5)}
    assert f"more than {MAX_FILES} configurations" in complaint({MAIN: "extends: ./0.yaml", **chain})
    twice = {f"{n}.yaml": f"extends: [./{n + 1}.yaml, ./{n + 1}.yaml]\nrules: {{a: off}}" for n in range(40)}
    files = {MAIN: "extends: ./0.yaml", **twice, "40.yaml": "overrides: [{files: a, rules: {}}]"}
    assert len(loaded(files).overrides) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1B", 1), ("20MB", 20_000_000), ("512 KiB", 524_288), ("2gb", 2 * 10**9), ("1MiB", 2**20), ("7kB", 7_000)],
)
def test_sizes(text: str, expected: int) -> None:
    assert load(f"limits: {{file-size: {text}}}".encode()).limits.file_size == expected == size(text)


def test_merging_with_nothing_changes_nothing() -> None:
    found = load(b"rules: {a: off}\nselect: x\ninclude: [y]\nlimits: {files: 3}")
    assert merge(Settings(), found) == found
    assert replace(merge(found, Settings()), file=MAIN) == found


def test_aliases_stand_for_what_was_written_and_are_counted() -> None:
    found = load(b"rules: {a: &s {with: {x: 1}}, b: *s}")
    assert found.rules["b"].options == {"x": 1}
    assert found.rules["b"].origin is not None
    assert found.rules["b"].origin.pointer == "/rules/b"


def bomb(levels: int) -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, levels)]
    return "\n".join(lines)


def tower(levels: int) -> str:
    # Each alias is shallow where it is written, and deep in what it stands for.
    deep = "[" * 60
    return "a0: &a0 x\n" + "\n".join(f"a{n}: &a{n} {deep}*a{n - 1}{deep.replace('[', ']')}" for n in range(1, levels))


HOSTILE = {
    "aliases": (bomb(30), "more than 50000 values"),
    "tower": (tower(400), "nested deeper than 100 levels"),
    "self": ("&a [*a]", "alias *a stands for nothing"),
    "flow": ("[" * 900_000, "nested deeper than 100 levels"),
    "block": ("- " * 400_000, "nested deeper than 100 levels"),
    "keys": ("? " * 400_000, "nested deeper than 100 levels"),
    "braces": ("{a: " * 200_000, "nested deeper than 100 levels"),
    "number": ("limits: {depth: " + "9" * 900_000 + "}", "'depth' takes a whole number"),
    "tags": (
        "select:\n" + "- !!int x\n- !!timestamp x\n- !!python/object/apply:os.system [true]\n" * 3_000,
        "tags (!name)",
    ),
    "wide": ("\n".join(f"k{number}: v" for number in range(60_000)), "more than 50000 values"),
    "words": ("select: [" + "a," * 40_000 + "]", ""),
    "rules": ("rules: {" + ",".join(f"r{number}: erorr" for number in range(20_000)) + "}", "'r0' takes error"),
}


@pytest.mark.parametrize(("text", "expected"), HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_end_soon(text: str, expected: str) -> None:
    before = perf_counter()
    said = refused(text.encode(), MAIN)
    assert perf_counter() - before < 5
    assert expected in said if expected else not said


def test_without_libyaml_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    text = b"# x\nrules:\r\n  a/b: {severity: off, with: {x: [1, 'y']}}\n  c: error\nselect:\n- 'oas'\n\n"
    expected = load(text)
    monkeypatch.delattr("yaml.CLoader")
    assert load(text) == expected
    for odd in (b'"\\U99999999"', b"%YAML 1.99999\n---\na", b"a: [", b"a:\tb: c", b"&a"):
        assert refused(odd, MAIN).startswith(f"{MAIN}:")


def refused(data: bytes, path: str) -> str:
    try:
        load(data, path)
    except ConfigError as error:
        return str(error)
    return ""


KEY = st.sampled_from(["extends", "rules", "select", "suppressions", "limits", "policy", "overrides", "baseline"])
TOKENS = st.lists(
    KEY
    | st.sampled_from(
        [*"[]{}:,-?&*!|>'\"#%@`~\n \t", ": ", "- ", "\n  ", "&a ", "*a ", "!!int ", "<<: ", "off", "1e999", "\x00"]
    )
    | st.text(max_size=3),
    max_size=40,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(TOKENS | st.text() | st.binary(), st.sampled_from([MAIN, "pyproject.toml"]))
def test_no_text_does_anything_but_load_or_be_refused(text: str | bytes, path: str) -> None:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    data = b"# integrationlint\n" + data if path.endswith(".toml") else data
    said = refused(data, path)
    assert not said or said.startswith(f"{path}:")
    assert "\n" not in said
