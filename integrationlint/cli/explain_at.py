"""`integrationlint explain --at`: what is written at a place, and which rules look at it."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, Final

from integrationlint.cli.description import conditions
from integrationlint.cli.policy import Asked, Policy
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.cli.snapshots import work_tree
from integrationlint.engine.select import Bound, planned, predicate
from integrationlint.model.element import Element, Value
from integrationlint.model.errors import InputError, UsageError
from integrationlint.model.rule import Rule
from integrationlint.pipeline.lint import fits, lint, open_workspace
from integrationlint.report.redact import redact
from integrationlint.report.sanitise import line
from integrationlint.report.values import brief
from integrationlint.workspace.load import Loaded

_AT: Final = re.compile(r"(?P<file>.+?):(?P<line>[0-9]{1,9})(?::[0-9]{1,9})?")


def explained_at(at: str, asked: Asked, *, everything: bool) -> Iterator[str]:
    """The lines of the explanation; `everything` names the rules that are off as well.

    UsageError for what is no FILE:LINE, InputError for a line on which nothing is.
    """
    found = _AT.fullmatch(at)
    if found is None:
        raise UsageError(f"--at takes FILE:LINE, not '{at}'")
    site = locate([found["file"]], asked.config, no_config=asked.no_config)
    path, number = site.given[0], int(found["line"])
    if not site.place(path).is_file():
        raise UsageError(f"--at takes a file, and {found['file']} is none")
    judged = policy(site, asked)
    snapshot, scope = work_tree(site, judged)
    loaded = open_workspace(snapshot, scope.paths, judged.settings).loaded[path]
    elements = _elements(loaded, number)
    if not elements:
        raise InputError(f"{path}:{number}: no element is there; the file is {loaded.format or 'of no format we know'}")
    findings = lint(snapshot, scope, judged.catalog, judged.settings).findings
    for element in elements:
        yield line(f"{element.kind} {element.name}".rstrip())
        yield f"  address  {line(element.address)}"
        for fact, value in element.facts.items():
            yield f"  fact     {line(fact)}: {line(redact(brief(_said(value))))}"
        for rule in sorted({one.rule for one in findings if one.address == element.address}):
            yield f"  found    {line(rule)}"
        yield from _rules(element, loaded, judged, everything=everything)
        yield ""


def _said(value: Any) -> Any:
    """A fact without what it does not say: records as mappings of what is known."""
    if isinstance(value, list | tuple):
        return [_said(one) for one in value]
    if not is_dataclass(value) or isinstance(value, Value):
        return value
    known = {one.name: _said(getattr(value, one.name)) for one in fields(value)}
    return {name: one for name, one in known.items() if one not in (None, "", [])}


def _elements(loaded: Loaded, number: int) -> list[Element]:
    """The elements that begin on a line; where none does, the innermost one around it."""
    around: list[Element] = []
    beginning: list[Element] = []
    for element in loaded.root.walk():
        start = element.location.span.start.line
        if start == number:
            beginning.append(element)
        elif start < number <= _end(element):
            around.append(element)
    return beginning or around[-1:]


def _end(element: Element) -> int:
    spans = (element.location.span, element.document.span(element.pointer, key=False))
    return max(span.end.line for span in spans)


def _rules(element: Element, loaded: Loaded, judged: Policy, *, everything: bool) -> Iterator[str]:
    settings, catalog = judged.settings, judged.catalog
    plan = planned(catalog.rules, settings, catalog.check)
    here = {bound.rule.id: bound for bound in plan.for_file(element.document.path)}
    others = 0
    for rule in sorted(catalog.rules, key=lambda one: one.id):
        if element.kind not in rule.each:
            continue
        bound = here.get(rule.id)
        if not everything and (bound is None or not fits(bound, loaded.format)):
            others += 1
        else:
            yield f"  {'rule' if bound else 'off':<8} {line(rule.id)}: {line(_state(rule, bound, element, loaded))}"
    if others:
        yield f"  off      {others} more for {element.kind}, switched off or for other formats; -v lists them"


def _state(rule: Rule, bound: Bound | None, element: Element, loaded: Loaded) -> str:
    if bound is None:
        return f"not switched on; it is in {', '.join(rule.presets) or 'no preset'}"
    if not fits(bound, loaded.format):
        return f"does not apply: it is for {' and '.join(rule.formats)}"
    matches = predicate(rule.when)
    if matches is not None and not matches(element.facts):
        return f"does not apply: it is for {element.kind}{conditions(rule)}"
    return f"applies, {bound.severity}: {rule.title}"
