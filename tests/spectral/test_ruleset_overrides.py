"""What a ruleset says otherwise for some files, and at some places in them."""

import pytest

from integrationlint.model.errors import ConfigError
from integrationlint.spectral.aliases import expressions
from integrationlint.spectral.globs import GlobError, matcher
from integrationlint.spectral.nouns import SEVERITIES, Path
from integrationlint.spectral.ruleset import Ruleset, told
from tests.spectral.rulesets import RULE, levels, read_files, ruleset

ERROR, WARN, INFO, OFF = (SEVERITIES[name] for name in ("error", "warn", "info", "off"))


def _at(found: Ruleset, file: str, *path: str | int) -> str:
    """The severity of the rule `a` at a path of a file, in the ruleset for the document `api.yaml`."""
    here = found.for_file("api.yaml")
    return here.severity_at(file, path, "a", here.rules["a"].severity).name


def test_an_override_means_the_files_that_its_globs_match() -> None:
    found = ruleset(
        f"""\
rules: {{a: {RULE}, b: {RULE}}}
overrides:
  - files: [legacy/**, '*.old.yaml']
    rules: {{a: off, b: error}}
  - files: [legacy/v2/*]
    rules: {{a: hint, c: {{given: $.c, then: {{function: truthy}}}}}}
"""
    )
    assert levels(found) == {"a": "warn", "b": "warn", "c": "off"}
    assert levels(found.for_file("api.yaml")) == levels(found)
    assert levels(found.for_file("legacy/api.yaml")) == {"a": "off", "b": "error", "c": "off"}
    assert levels(found.for_file("x/y/api.old.yaml")) == {"a": "off", "b": "error", "c": "off"}
    assert levels(found.for_file("legacy/v2/api.yaml")) == {"a": "hint", "b": "error", "c": "warn"}
    assert [one.id for one in found.running()] == ["a", "b"]


def test_globs_are_relative_to_the_folder_of_the_ruleset() -> None:
    files = {
        "team/rules/main.yaml": f"rules: {{a: {RULE}}}\noverrides: [{{files: [../apis/**], rules: {{a: error}}}}]",
    }
    found = read_files(files)
    assert levels(found.for_file("team/apis/x.yaml")) == {"a": "error"}
    assert levels(found.for_file("apis/x.yaml")) == {"a": "warn"}


def test_a_ruleset_above_the_root_sees_the_files_where_they_are() -> None:
    text = f"rules: {{a: {RULE}}}\noverrides: [{{files: [team/apis/**], rules: {{a: error}}}}]"
    found = read_files({"../main.yaml": text}, "../main.yaml", root="/code/team")
    assert levels(found.for_file("apis/x.yaml")) == {"a": "error"}


def test_overrides_of_a_ruleset_that_is_extended_mean_nothing() -> None:
    base = f"rules: {{a: {RULE}}}\noverrides: [{{files: ['**'], rules: {{a: error}}}}]"
    assert levels(ruleset("extends: ./base.yaml", base=base).for_file("x.yaml")) == {"a": "warn"}


def test_an_override_may_extend_and_define_aliases_and_formats() -> None:
    found = ruleset(
        """\
aliases: {Here: [$.one], There: [$.there]}
rules: {a: {given: '#Here', then: {function: truthy}}}
overrides:
  - files: [x.yaml]
    extends: ./more.yaml
    aliases: {Here: [$.two]}
    formats: [oas2]
    rules: {b: {given: ['#Here', '#There'], then: {function: truthy}}}
""",
        more=f"rules: {{m: {RULE}}}",
    )
    here = found.for_file("x.yaml")
    assert expressions(here.rules["a"], ()) == ("$.one",)
    assert expressions(here.rules["b"], ()) == ("$.two", "$.there")
    assert (here.rules["b"].formats, here.rules["a"].formats) == (("oas2",), ())
    assert levels(here)["m"] == "warn"
    assert levels(found) == {"a": "warn", "m": "off", "b": "off"}


def test_what_an_override_extends_takes_the_place_of_all_else_where_it_has_no_rules() -> None:
    text = "extends: spectral:oas\noverrides: [{files: ['*.async.yaml'], extends: [spectral:asyncapi]}]"
    found = ruleset(text)
    assert "oas3-schema" not in levels(found.for_file("x.async.yaml"))
    assert levels(found.for_file("x.async.yaml"))["asyncapi-info-contact"] == "warn"
    assert levels(found.for_file("x.yaml"))["oas3-schema"] == "error"


def test_a_pointer_means_what_lies_below_it() -> None:
    found = ruleset(
        f"""\
rules: {{a: {RULE}, b: {RULE}}}
overrides:
  - files: ['api.yaml#/paths/~1users~1%7Bid%7D', '*.yaml#/info']
    rules: {{a: off}}
  - files: ['**#/paths/~1users~1%7Bid%7D/get']
    rules: {{a: error}}
  - files: ['api.yaml#/tags/0']
    rules: {{a: 2}}
"""
    )
    assert _at(found, "api.yaml", "paths", "/users/{id}") == "off"
    assert _at(found, "api.yaml", "paths", "/users/{id}", "put") == "off"
    assert _at(found, "api.yaml", "paths", "/users/{id}", "get", "tags") == "error"
    assert _at(found, "api.yaml", "paths", "/users/{id}s") == "warn"
    assert _at(found, "api.yaml", "info", "title") == "off"
    assert _at(found, "api.yaml", "tags", 0, "name") == "info"
    assert _at(found, "api.yaml") == "warn"
    assert found.severity_at("api.yaml", ("info",), "b", WARN) is WARN


def test_overrides_reach_the_files_that_are_referred_to() -> None:
    found = ruleset(
        f"""\
rules: {{a: {RULE}}}
overrides:
  - files: [shared/*]
    rules: {{a: info}}
  - files: ['shared/*#/x']
    rules: {{a: off}}
"""
    )
    assert _at(found, "shared/types.yaml", "y") == "info"
    assert _at(found, "shared/types.yaml", "x", "y") == "off"
    assert _at(found, "other.yaml", "x") == "warn"


def test_a_pointer_may_switch_a_rule_on_at_one_place() -> None:
    found = ruleset(
        "extends: [[spectral:oas, off]]\noverrides: [{files: ['api.yaml#/info'], rules: {info-contact: error}}]"
    )
    assert [one.id for one in found.running()] == ["info-contact"]
    assert found.severity_at("api.yaml", ("info",), "info-contact", OFF) is ERROR
    assert found.severity_at("api.yaml", ("paths",), "info-contact", OFF) is OFF


@pytest.mark.parametrize(
    ("key", "file", "path", "expected"),
    [
        ("api.yaml#/info", "api.yaml", ("info", "title"), "off"),
        ("api.yaml#/info", "other.yaml", ("info",), "warn"),
        ("'#/info'", "deep/down/any.yaml", ("info",), "off"),
    ],
)
def test_except_of_old_switches_rules_off(key: str, file: str, path: Path, expected: str) -> None:
    found = ruleset(f"rules: {{a: {RULE}}}\nexcept: {{{key}: [a]}}")
    assert _at(found, file, *path) == expected


def test_except_without_a_pointer_means_the_file() -> None:
    found = ruleset(f"rules: {{a: {RULE}}}\nexcept: {{old.yaml: [a]}}")
    assert levels(found.for_file("old.yaml")) == {"a": "off"}


def test_a_rule_that_only_an_override_has_is_told_if_it_cannot_run() -> None:
    found = ruleset("rules: {}\noverrides: [{files: ['*'], rules: {z: {given: $, then: {function: own}}}}]")
    assert told(found.unable()) == (
        "rule z of main.yaml:2:57 does not run: it calls the function 'own', which nobody defines",
    )


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        ("{}", "'overrides' takes a list, not a mapping"),
        ("[{rules: {}}]", "an override needs 'files': a list of globs"),
        ("[{files: [], rules: {}}]", "an override needs 'files': a list of globs"),
        ("[{files: [x]}]", "an override needs 'rules' or 'extends'"),
        ("[{files: ['x#/a'], extends: spectral:oas}]", "an override needs 'rules'"),
        ("[{files: [x], ruls: {}}]", "unknown key 'ruls' (did you mean 'rules'?)"),
        ("[{files: ['x#a'], rules: {}}]", "'x#a' takes a JSON Pointer behind '#'"),
        ("[{files: ['x#/a'], rules: {a: {}}}]", "rule 'a' cannot be a mapping (one of error, warn, info, hint, off)"),
        ("[{files: ['+(a|b)'], rules: {}}]", "the glob '+(a|b)' repeats or negates a group"),
    ],
)
def test_an_override_that_is_wrong_is_refused(overrides: str, said: str) -> None:
    with pytest.raises(ConfigError) as found:
        ruleset(f"rules: {{}}\noverrides: {overrides}")
    assert str(found.value).startswith("main.yaml:2:")
    assert said in str(found.value)


@pytest.mark.parametrize(
    ("glob", "yes", "no"),
    [
        ("*.yaml", "a.yaml b/a.yaml ../a.yaml", ".a.yaml a.yml"),
        ("a/*.yaml", "a/b.yaml", "a/b/c.yaml b/a/c.yaml a/.b.yaml"),
        ("**/b.yaml", "b.yaml a/b.yaml a/x/b.yaml", "../b.yaml .a/b.yaml"),
        ("a/**", "a/b a/b/c", "a b/a"),
        ("a/**/b", "a/b a/x/b a/x/y/b", "a/x b"),
        ("**", "a a/b", ""),
        ("a**.yaml", "ab.yaml x/ab.yaml", "b.yaml"),
        ("{a,b/c}.yaml", "a.yaml b/c.yaml x/a.yaml", "c.yaml x/b/c.yaml"),
        ("v{1..3}.json", "v2.json x/v3.json", "v4.json"),
        ("v{a..c}", "vb", "vd"),
        ("{a}.yaml", "{a}.yaml", "a.yaml"),
        ("?.y[^x]ml", "a.yaml", "ab.yaml a.yxml"),
        ("[!a].yaml", "b.yaml", "a.yaml"),
        ("@(a|b)/x", "a/x b/x", "c/x"),
        ("?(a)b", "ab b", "cb"),
        ("!a/*", "b/c a/b/c", "a/b"),
        ("!!a", "a", "b"),
        (r"\*.yaml", "*.yaml", "a.yaml"),
        ("./a.yaml", "", "a.yaml"),
        ("../a/*", "../a/b", "a/b"),
        ("#a", "", "#a a"),
        ("", "", "a"),
        (".*", ".a", "a"),
    ],
)
def test_globs_match_as_minimatch_does(glob: str, yes: str, no: str) -> None:
    fits = matcher(glob)
    assert [path for path in yes.split() if not fits(path)] == []
    assert [path for path in no.split() if fits(path)] == []


def test_globs_are_bounded() -> None:
    with pytest.raises(GlobError, match="more than 1000 globs"):
        matcher("{a,b}" * 20)
    assert not matcher("*a" * 50 + "b")("a" * 200)
