"""`integrationlint explain`."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Annotated, Final

from typer import Argument
from typer import Option as CliOption

from integrationlint.cli import console, gate, options
from integrationlint.cli.description import (
    BUILT_IN,
    asks,
    clauses,
    find_rule,
    presets,
    subjects,
    with_its_examples,
)
from integrationlint.cli.description import options as rule_options
from integrationlint.cli.policy import Asked, Policy
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.engine.select import chosen
from integrationlint.model.errors import UsageError
from integrationlint.model.rule import Rule
from integrationlint.report.sanitise import line

_INDENT: Final = 12

RuleId = Annotated[str, Argument(metavar="[RULE]", help="The id of a rule.")]
At = Annotated[str, CliOption("--at", metavar="FILE:LINE", help="Tell what is there, and which rules apply to it.")]


def explain(
    rule: RuleId = "",
    *,
    at: At = "",
    config: options.Config = "",
    no_config: options.NoConfig = False,
    verbose: options.Verbose = False,
) -> int:
    """Explain a rule, or which rules apply at a place.

    Of a rule: why it exists, how to fix what it finds, what it takes, and examples. With --at FILE:LINE: which
    elements are there, and which rules apply to them, and which do not and why.
    """
    if bool(rule) == bool(at):
        raise UsageError("explain takes the id of a rule, or --at FILE:LINE")
    if at:
        from integrationlint.cli.explain_at import explained_at

        console.result("\n".join(explained_at(at, Asked(config, no_config), everything=verbose)) + "\n")
        return gate.PASSED
    found = policy(locate((), config, no_config=no_config), Asked(config, no_config))
    one = with_its_examples(find_rule(found.catalog, rule), found.settings)
    console.result("\n".join([*_rule(one, found), *_examples(one)]) + "\n")
    return gate.PASSED


def _rule(rule: Rule, found: Policy) -> Iterator[str]:
    find = found.catalog.check
    yield line(f"{rule.id}  {rule.title}")
    yield ""
    yield from _entry("why", rule.why)
    yield from _entry("fix", rule.fix or "do as its message says")
    yield from _entry("severity", f"{rule.severity} by default; here {_here(rule, found)}")
    yield from _entry("concern", rule.concern)
    yield from _entry("for", subjects(rule))
    yield from _entry("check", f"{rule.check}: {asks(rule, find)}")
    yield from _entry("message", rule.message)
    for number, one in enumerate(rule_options(rule, find)):
        default = f"; here {one.default}" if one.default else "; must be given"
        yield from _entry("" if number else "options", f"{one.name}: {one.takes}{default}")
    yield from _entry("presets", presets(rule))
    yield from _entry("clauses", clauses(rule))
    yield from _entry("source", "built in" if rule.source == BUILT_IN else rule.source)
    if rule.url:
        yield from _entry("more", rule.url)


def _entry(name: str, text: str) -> Iterator[str]:
    for number, one in enumerate(wrap(line(text), console.WIDTH - _INDENT, break_long_words=False) or [""]):
        yield f"  {'' if number else name:<{_INDENT - 2}}{one}".rstrip()


def _here(rule: Rule, found: Policy) -> str:
    where = found.settings.file or "the defaults"
    for bound in chosen(found.catalog.rules, found.settings, found.catalog.check):
        if bound.rule.id == rule.id and bound.rule.source == rule.source:
            start = bound.origin.span.start if bound.origin else None
            said = f"{bound.origin.path}:{start.line}:{start.column}" if bound.origin and start else where
            return f"{bound.severity} ({said})"
    return f"off ({where})"


def _examples(rule: Rule) -> Iterator[str]:
    for example in rule.examples:
        said = f"bad: finds {', '.join(example.finds)}" if example.finds else "good"
        taken = f"  (with {', '.join(f'{name}: {value}' for name, value in example.options.items())})"
        yield ""
        yield f"  {line(said + (taken if example.options else ''))}"
        sides = [*((f"before: {name}", text) for name, text in (example.before or {}).items())]
        sides += [
            (f"after: {name}" if example.before is not None else name, text) for name, text in example.files.items()
        ]
        for name, text in sides:
            if len(sides) > 1:
                yield f"    {line(name)}"
            for one in text.rstrip("\n").split("\n"):
                yield f"    | {line(one)}".rstrip()
