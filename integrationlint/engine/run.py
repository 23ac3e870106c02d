"""Rules over subjects to findings; a check that fails is an error of that rule alone, the rest goes on."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from operator import itemgetter
from time import perf_counter
from typing import Any, Final

from integrationlint.engine.message import fill
from integrationlint.engine.select import Bound
from integrationlint.engine.subjects import Subjects
from integrationlint.model.element import Element
from integrationlint.model.errors import UserError
from integrationlint.model.finding import Finding
from integrationlint.model.fix import Fix
from integrationlint.model.links import Links
from integrationlint.model.location import Location
from integrationlint.model.report import RunError
from integrationlint.model.rule import Problem

_QUOTED: Final = re.compile(r"\['([A-Za-z0-9_-]+)'\]")
# The source line that a location starts on.
Excerpt = Callable[[Location], str]


@dataclass(slots=True)
class Outcome:
    """What a run of rules brought: findings as they come, and errors.

    By rule: how many subjects it could not judge, and the seconds that it took.
    """

    findings: list[Finding] = field(default_factory=list)
    errors: list[RunError] = field(default_factory=list)
    not_applicable: dict[str, int] = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)


def run(bounds: Iterable[Bound], kinds: Mapping[str, Sequence[Element]], links: Links, outcome: Outcome) -> None:
    """Run each rule over the elements of its kinds, `kinds` being one document's elements by kind."""
    bounds = tuple(bounds)
    subjects = Subjects(kinds)
    by_path = _by_path(bounds, kinds)
    begun = perf_counter()
    for bound in bounds:
        for elements in (*subjects.of(bound.rule), by_path.get(bound.rule.id, ())):
            if elements:
                _run_rule(bound, elements, links, outcome)
        ended = perf_counter()
        outcome.spent[bound.rule.id] = outcome.spent.get(bound.rule.id, 0.0) + ended - begun
        begun = ended


def _by_path(bounds: Sequence[Bound], kinds: Mapping[str, Sequence[Element]]) -> Mapping[str, Sequence[Element]]:
    """What rules in the path form look at, by rule; few runs have any, and none loads JSONPath for nothing."""
    asked = [one for one in bounds if one.rule.at]
    first = next((elements[0] for elements in kinds.values() if elements), None) if asked else None
    asked = [one for one in asked if first is not None and _may_match(one.rule.at, first.document.text)]
    if first is None or not asked:
        return {}
    from integrationlint.engine.nodes import nodes

    return {bound.rule.id: elements for bound, elements in nodes(asked, first.root)}


def _may_match(path: str, text: str) -> bool:
    """Whether a text holds all names that a path without filters puts in quotes; else nothing is found there."""
    return "?" in path or "," in path or all(name in text for name in _QUOTED.findall(path))


def _run_rule(bound: Bound, elements: Sequence[Element], links: Links, outcome: Outcome) -> None:
    needs = frozenset(bound.rule.needs)
    try:
        check, more = bound.given(links)
        for element in elements:
            if needs and not _able(element, needs):
                outcome.not_applicable[bound.rule.id] = outcome.not_applicable.get(bound.rule.id, 0) + 1
                continue
            for problem in check(element, *more):
                outcome.findings.append(finding(bound, element, problem))
    except UserError:
        raise
    except Exception as error:  # noqa: BLE001  a crashed rule must not take the others with it
        path = elements[0].document.path
        outcome.errors.append(RunError(f"{type(error).__name__}: {error}", bound.rule.id, path))


def _able(element: Element, needs: frozenset[str]) -> bool:
    flow = element if element.kind == "flow" else element.above("flow")
    able = flow.facts.get("caps", ()) if flow is not None else ()
    return isinstance(able, tuple | frozenset) and needs <= frozenset(able)


def finding(bound: Bound, subject: Element, problem: Problem) -> Finding:
    """Place and weigh a problem of a rule about an element."""
    element = problem.element or subject
    pointer = element.pointer if problem.at is None else problem.at
    if problem.at is None and problem.key is None:
        location = element.location
    else:
        location = Location(element.document.path, pointer, element.document.span(pointer, key=problem.key))
    return Finding(
        rule=bound.rule.id,
        severity=bound.severity,
        message=fill(bound.rule.message, problem.words, lambda name: _own_word(subject, name)),
        address=element.address,
        location=location,
        related=problem.related,
        fix=Fix(problem.repairs) if problem.repairs else None,
    )


def _own_word(element: Element, name: str) -> Any:
    if name in ("name", "kind", "address"):
        return getattr(element, name)
    return element.facts.get(name)


def settle(findings: Iterable[Finding], excerpt: Excerpt = lambda _: "") -> tuple[Finding, ...]:
    """Findings in their final order, each once, with a fingerprint that line moves do not change, and their line."""
    seen: dict[str, int] = {}
    settled: list[Finding] = []
    last: tuple[object, ...] = ()
    for key, one in sorted(((_order(one), one) for one in findings), key=itemgetter(0)):
        if key == last:
            continue
        last = key
        stem = f"{one.rule}|{one.address}|{_below(one)}"
        seen[stem] = count = seen.get(stem, 0) + 1
        digest = sha256(f"{stem}|{count}".encode("utf-8", "surrogatepass")).hexdigest()
        one.fingerprint, one.excerpt = digest[:16], excerpt(one.location)
        settled.append(one)
    return tuple(settled)


def _order(one: Finding) -> tuple[object, ...]:
    path, pointer, (start, end) = one.location
    return (path, *start, *end, one.rule, pointer, one.message, one.address)


def _below(one: Finding) -> str:
    # The tail of the pointer tells two findings on one element apart; positions further up move.
    return one.location.pointer.rpartition("/")[2]
