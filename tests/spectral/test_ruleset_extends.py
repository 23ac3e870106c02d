"""Rulesets over rulesets: what is extended, which of its rules, and what several say of one rule."""

import pytest

from integrationlint.model.errors import ConfigError
from integrationlint.spectral.nouns import SEVERITIES
from integrationlint.spectral.ruleset import told
from tests.spectral.rulesets import RULE, levels, read_files, ruleset

BASE = """\
rules:
  plain: {given: $.base, then: {function: truthy}}
  quiet: {given: $.base, recommended: false, severity: info, then: {function: truthy}}
  hidden: {given: $.base, severity: off, then: {function: truthy}}
"""


@pytest.mark.parametrize(
    ("extends", "enabled"),
    [
        ("./base.yaml", {"plain": True, "quiet": False, "hidden": True}),
        ("[./base.yaml]", {"plain": True, "quiet": False, "hidden": True}),
        ("[[./base.yaml, recommended]]", {"plain": True, "quiet": False, "hidden": True}),
        ("[[./base.yaml, all]]", {"plain": True, "quiet": True, "hidden": True}),
        ("[[./base.yaml, off]]", {"plain": False, "quiet": False, "hidden": False}),
    ],
)
def test_which_rules_of_a_ruleset_are_enabled(extends: str, enabled: dict[str, bool]) -> None:
    found = ruleset(f"extends: {extends}\n", base=BASE)
    assert {name: one.enabled for name, one in found.rules.items()} == enabled
    assert levels(found)["hidden"] == "off"


def test_a_level_decides_over_all_that_lies_below() -> None:
    found = ruleset("extends: [[./middle.yaml, all]]", middle="extends: [[./base.yaml, off]]", base=BASE)
    assert [one.id for one in found.running()] == ["plain", "quiet"]


def test_one_word_changes_a_rule() -> None:
    rules = "rules: {plain: error, quiet: true, hidden: warn}"
    assert levels(ruleset(f"extends: ./base.yaml\n{rules}", base=BASE)) == {
        "plain": "error",
        "quiet": "info",
        "hidden": "warn",
    }
    rules = "rules: {plain: false, quiet: off, hidden: true}"
    assert set(levels(ruleset(f"extends: ./base.yaml\n{rules}", base=BASE)).values()) == {"off"}


def test_what_is_written_of_a_rule_is_laid_over_it() -> None:
    found = ruleset(
        """\
extends: ./base.yaml
aliases: {Here: [$.here]}
formats: [oas2]
documentationUrl: https://example.com/top
rules:
  aliased: {severity: error, message: new}
  plain: {given: '#Here', then: {function: falsy}}
""",
        base="""\
aliases: {Here: [$.there]}
formats: [oas3]
rules:
  aliased: {given: '#Here', message: old, description: kept, then: {function: truthy}}
  plain: {given: '#Here', then: {function: truthy}}
""",
    )
    aliased, plain = found.rules["aliased"], found.rules["plain"]
    assert (aliased.message, aliased.description, aliased.severity.name) == ("new", "kept", "error")
    assert [one.given for one in aliased.aliases["Here"]] == [("$.there",)]
    assert aliased.url == "https://example.com/top#aliased"
    # Aliases are those of the ruleset that says where to look; formats stay those of the one that defined the rule.
    assert [one.given for one in plain.aliases["Here"]] == [("$.here",)]
    assert plain.then[0].function == "falsy"
    assert (aliased.formats, plain.formats) == (("oas3",), ("oas3",))


def test_of_several_rulesets_the_last_one_wins() -> None:
    one = "rules: {a: {given: $.one, then: {function: truthy}}, b: {given: $.one, then: {function: truthy}}}"
    two = "rules: {a: {given: $.two, severity: off, then: {function: truthy}}}"
    found = ruleset("extends: [./one.yaml, ./two.yaml]", one=one, two=two)
    assert (found.rules["a"].given, found.rules["b"].given) == (("$.two",), ("$.one",))
    assert [rule.id for rule in found.running()] == ["b"]


def test_rulesets_that_extend_each_other_are_read_once() -> None:
    found = ruleset(
        f"extends: [./other.yaml, ./main.yaml]\nrules: {{a: {RULE}}}",
        other=f"extends: ./main.yaml\nrules: {{b: {RULE}}}",
    )
    assert list(found.rules) == ["b", "a"]


def test_files_are_found_from_the_file_that_names_them() -> None:
    files = {
        "team/main.yaml": "extends: [rules/a.yaml, ../shared/b.json]",
        "team/rules/a.yaml": f"extends: ./c.yml\nrules: {{a: {RULE}}}",
        "team/rules/c.yml": f"rules: {{c: {RULE}}}",
        "shared/b.json": '{"rules": {"b": {"given": "$", "then": {"function": "truthy"}}}}',
    }
    assert sorted(read_files(files).rules) == ["a", "b", "c"]


def test_several_names_are_as_one_ruleset_that_extends_them() -> None:
    files = {"one.yaml": BASE, "two.yaml": "extends: [[./one.yaml, all]]\nrules: {plain: hint}"}
    found = read_files(files, "./one.yaml", "./two.yaml")
    assert found.names == ("./one.yaml", "./two.yaml")
    assert levels(found) == {"plain": "hint", "quiet": "info", "hidden": "off"}
    assert {one.source for one in found.rules.values()} == {"./two.yaml"}
    again = read_files(files, "./two.yaml", "./one.yaml")
    assert levels(again)["plain"] == "warn"


def test_the_options_of_the_parser_are_not_inherited() -> None:
    found = ruleset(
        "extends: ./base.yaml\nparserOptions: {duplicateKeys: warn}",
        base="parserOptions: {incompatibleValues: off}\nrules: {}",
    )
    options = found.parser_options
    assert (options.duplicate_keys, options.incompatible_values) == (SEVERITIES["warn"], SEVERITIES["error"])


@pytest.mark.parametrize("name", ["oas", "asyncapi", "arazzo", "owasp"])
def test_the_shipped_rulesets_run_as_they_are(name: str) -> None:
    found = read_files({"main.yaml": f"extends: [[spectral:{name}, all]]"})
    assert found.notes == ()
    assert told(found.unable()) == ()
    assert len(found.running()) > 10
    assert all(one.description for one in found.rules.values())


def test_a_shipped_ruleset_is_checked_as_those_of_others_would_be() -> None:
    # What is shipped is trusted when it runs; here it is read as if somebody else had written it.
    from integrationlint import resources

    for name in ("oas", "asyncapi", "arazzo", "owasp"):
        text = (resources.folder("rulesets") / f"{name}.yaml").read_text()
        found = read_files({"copy.yaml": text})
        assert told(found.unable()) == ()
        shipped = read_files({}, f"spectral:{name}")
        assert [one.given for one in found.rules.values()] == [one.given for one in shipped.rules.values()]
        assert levels(found) == levels(shipped)


def test_old_ids_mean_the_rules_of_today() -> None:
    found = ruleset("extends: spectral:oas\nrules: {operation-2xx-response: error, oas3-unused-components-schema: off}")
    assert levels(found)["operation-success-response"] == "error"
    assert levels(found)["oas3-unused-component"] == "off"
    assert found.unable() == ()


def test_of_two_old_ids_the_more_severe_level_counts() -> None:
    rules = (
        "{oas3-valid-oas-content-example: info, oas3-valid-oas-header-example: error, oas3-valid-media-example: off}"
    )
    assert levels(ruleset(f"extends: spectral:oas\nrules: {rules}"))["oas3-valid-media-example"] == "error"
    own = "{operation-2xx-response: {given: $, then: {function: truthy}}}"
    assert "operation-2xx-response" in ruleset(f"rules: {own}").rules


@pytest.mark.parametrize(
    "entry",
    [
        "@stoplight/spectral-owasp-ruleset",
        "https://unpkg.com/@stoplight/spectral-owasp-ruleset/dist/ruleset.mjs",
        "https://unpkg.com/@stoplight/spectral-owasp-ruleset@2.0.1/dist/ruleset.mjs",
        "./node_modules/@stoplight/spectral-owasp-ruleset/dist/ruleset.js",
        "https://raw.githubusercontent.com/stoplightio/spectral-owasp-ruleset/main/src/ruleset.ts",
    ],
)
def test_packages_whose_rules_are_shipped_stand_for_them(entry: str) -> None:
    found = ruleset(f"extends: ['{entry}']\nrules: {{'owasp:api4:2023-string-limit': hint}}")
    assert found.notes == ()
    assert levels(found)["owasp:api4:2023-string-limit"] == "hint"


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("https://example.com/rules.yaml", "is not fetched: there is no network"),
        ("https://unpkg.com/@stoplight/spectral-owasp-ruleset@1.4.0/dist/ruleset.js", "is not fetched"),
        ("@acme/spectral-ruleset", "is a package of npm, which is not fetched"),
        ("acme-ruleset", "is a package of npm, which is not fetched"),
        ("./own.js", "is JavaScript, which is never run"),
        ("./own.mjs", "is JavaScript, which is never run"),
    ],
)
def test_what_cannot_be_read_is_told_and_so_are_the_rules_that_need_it(entry: str, reason: str) -> None:
    found = ruleset(
        f"""\
extends:
  - ./base.yaml
  - {entry!r}
rules:
  plain: error
  theirs: error
  part: {{severity: error}}
  unwanted: off
""",
        base=BASE,
    )
    [note] = found.notes
    assert note.startswith(f"main.yaml:3:5: '{entry}' {reason}")
    assert note.endswith("so its rules do not run; see docs/spectral.md")
    assert told(found.unable()) == (
        "rules theirs, part of main.yaml do not run: each is defined in a ruleset that is not read",
    )
    assert [one.id for one in found.running()] == ["plain"]


def test_a_rule_that_nobody_defines_is_told_even_where_it_is_switched_off() -> None:
    found = ruleset("extends: spectral:oas\nrules: {operation-tag: off}")
    assert told(found.unable()) == (
        "rule operation-tag of main.yaml:2:9 does not run: it is not defined in anything that its ruleset extends"
        " (did you mean 'operation-tags'?)",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "main.yaml:1:1: a Spectral ruleset takes a mapping, not a list"),
        ("", "main.yaml:1:1: a Spectral ruleset has 'extends', 'rules' or 'overrides': this has none of them"),
        ("description: x", "main.yaml:1:1: a Spectral ruleset has 'extends', 'rules' or 'overrides'"),
        ("rles: {}", "main.yaml:1:1: unknown key 'rles' (did you mean 'rules'?)"),
        ("rules: []", "main.yaml:1:1: 'rules' takes a mapping, not a list"),
        ("rules: {}\nformats: [oas5]", "main.yaml:2:11: unknown format 'oas5' (did you mean 'oas"),
        ("rules: {}\nformats: oas3", "main.yaml:2:1: 'formats' takes a list, not 'oas3'"),
        ("rules: {}\nfunctions: {}", "main.yaml:2:1: 'functions' takes a list, not a mapping"),
        ("rules: {}\naliases: {A: $.a}", "main.yaml:2:11: alias 'A' takes a list, not '$.a'"),
        ("rules: {}\naliases: {A: [a]}", "main.yaml:2:15: an expression begins with '$' or '#', which 'a' does not"),
        ("rules: {}\naliases: {A: []}", "main.yaml:2:11: alias 'A' takes a list of expressions: this one is empty"),
        ("rules: {}\naliases: {A: {given: []}}", "main.yaml:2:15: unknown key 'given'"),
        ("rules: {}\naliases: {A: {}}", "main.yaml:2:11: alias 'A' needs 'targets'"),
        ("rules: {}\naliases: {A: {targets: [{given: [$]}]}}", "a target of alias 'A' needs 'formats' and 'given'"),
        ("rules: {}\nparserOptions: {duplicateKey: off}", "main.yaml:2:17: unknown key 'duplicateKey' (did you mean"),
        ("rules: {}\nparserOptions: {duplicateKeys: no}", "main.yaml:2:17: 'duplicateKeys' cannot be 'no'"),
        ("extends: {}", "main.yaml:1:1: 'extends' takes a list, not a mapping"),
        ("extends: [1]", "main.yaml:1:11: an entry of 'extends' takes a text, not 1"),
        (
            "extends: [[./b.yaml, al]]",
            "main.yaml:1:11: an entry of 'extends' that is a list takes the form ['./b.yaml', all",
        ),
        ("extends: spectral:oaz", "main.yaml:1:1: there is no ruleset 'spectral:oaz' (did you mean 'spectral:oas'?)"),
        ("extends: ./gone.yaml", "main.yaml:1:1: there is no file './gone.yaml' to extend"),
        ("extends: ../../up.yaml", "main.yaml:1:1: '../../up.yaml' lies outside the repository, or may not be read"),
        (
            "extends: /etc/passwd.yaml",
            "main.yaml:1:1: 'extends' takes paths relative to the ruleset, not '/etc/passwd.yaml'",
        ),
        ("extends: ./folder", "main.yaml:1:1: './folder' is a folder: name the ruleset in it"),
        ("extends: ./bad.yaml", "bad.yaml:2:3: unknown key 'ruls'"),
        ("extends: [", "main.yaml:1:11: not YAML: "),
    ],
)
def test_a_ruleset_that_is_wrong_as_a_whole_is_refused_with_its_place(text: str, said: str) -> None:
    files = {"main.yaml": text, "folder/x.yaml": "", "bad.yaml": "{rules: {},\n  ruls: {}}"}
    with pytest.raises(ConfigError) as found:
        read_files(files)
    assert said in str(found.value)


@pytest.mark.parametrize("name", ["main.json", "main.yaml"])
@pytest.mark.parametrize("depth", [101, 900, 100_000])
def test_rulesets_of_any_depth_are_refused_with_a_place(name: str, depth: int) -> None:
    text = f'{{"rules": {{}}, "x-deep": {"[" * depth}{"]" * depth}}}'
    with pytest.raises(ConfigError, match=rf"{name}:1:\d+: nested deeper than 100 levels"):
        read_files({name: text})


def test_rulesets_without_end_are_refused() -> None:
    files = {f"r{number}.yaml": f"extends: [./r{number + 1}.yaml, ./r{number + 1}.yaml]" for number in range(40)}
    with pytest.raises(ConfigError, match="more than 100 rulesets extend each other"):
        read_files(files | {"r40.yaml": "rules: {}"})
