"""Rules over changes: the most specific rule that speaks of a change gives its verdict, else its facts do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from integrationlint.engine.message import fill
from integrationlint.engine.select import Bound, predicate
from integrationlint.model.change import Change, Verdict
from integrationlint.model.errors import UserError
from integrationlint.model.links import Links
from integrationlint.model.phrases import phrase
from integrationlint.model.report import RunError
from integrationlint.model.rule import Problem, Severity

_VERDICTS: Final = {Severity.ERROR: Verdict.BREAKING, Severity.WARNING: Verdict.RISKY, Severity.INFO: Verdict.SAFE}
# A rule with this check takes changes out of the policy: it goes before every other.
_EXEMPTION: Final = "changes.exempt"
_SIDES: Final = {"both": ("request", "response")}
_STATES: Final = {True: "kept", False: "broken", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A change with its verdict, in words, and the rule that gave it (None: its facts did).

    `at` is the pointer that the rule's check blames; None is the changed element itself. `sides` are the verdicts in
    each direction of the change, of which `verdict` is the worst.
    """

    change: Change
    verdict: Verdict
    message: str
    bound: Bound | None = None
    at: str | None = None
    sides: Mapping[str, Verdict] = field(default_factory=dict)


def judge(changes: Iterable[Change], bounds: Iterable[Bound], links: Links, errors: list[RunError]) -> list[Judged]:
    """The verdict on each change; a rule that fails is reported in `errors` and counts as silent."""
    ranked = sorted((one for one in bounds if "change" in one.rule.each), key=_rank)
    tests = [(one, predicate(one.rule.when)) for one in ranked]
    judged = []
    for change in changes:
        sides = []
        for direction in _SIDES.get(change.direction, (change.direction,)):
            facts = facts_of(change, direction, links)
            fitting = (bound for bound, test in tests if test is None or test(facts))
            sides.append(_judged(replace(change, direction=direction), facts, fitting, links, errors))
        worst = max(sides, key=lambda one: (one.verdict.rank, one.bound is not None))
        verdicts = {one.change.direction: one.verdict for one in sides}
        judged.append(replace(worst, change=change, sides=verdicts))
    return judged


def _rank(bound: Bound) -> tuple[bool, bool, int, str]:
    # A rule that names its formats knows more of them than one for all.
    return (bound.rule.check != _EXEMPTION, not bound.rule.formats, -len(bound.rule.when), bound.rule.id)


def facts_of(change: Change, direction: str, links: Links) -> dict[str, Any]:
    """What `when` of a rule over changes may ask, seen in one direction; compatibility is kept, broken or unknown."""
    return {
        **(change.facts or {}),
        "action": change.action,
        "kind": change.kind,
        "fact": change.fact,
        "direction": direction,
        "backward": _STATES[change.backward],
        "forward": _STATES[change.forward],
        "format": links.format(change.element),
    }


def _judged(
    change: Change, facts: Mapping[str, Any], bounds: Iterable[Bound], links: Links, errors: list[RunError]
) -> Judged:
    for bound in bounds:
        if bound.rule.formats and facts["format"] not in bound.rule.formats:
            continue
        try:
            check, more = bound.given(links)
            problem = next(iter(check(change, *more)), None)
        except UserError:
            raise
        except Exception as error:  # noqa: BLE001  a crashed rule must not take the others with it
            errors.append(RunError(f"{type(error).__name__}: {error}", bound.rule.id, change.element.document.path))
            continue
        if problem is not None:
            return Judged(change, _verdict(change, bound), _said(bound, change, facts, problem), bound, problem.at)
    return Judged(change, by_facts(change), _neutral(change))


def _verdict(change: Change, bound: Bound) -> Verdict:
    if change.fact == "version":
        return Verdict.SAFE  # what is wrong with a version is a finding, no break of its own
    verdict = _VERDICTS[bound.severity]
    if verdict is Verdict.SAFE and by_facts(change) is Verdict.UNKNOWN and not _decides(bound):
        return Verdict.UNKNOWN
    return verdict


def _decides(bound: Bound) -> bool:
    """Whether a rule knows that it speaks of what cannot be decided, or does not care."""
    asked = [one for fact in ("backward", "forward") for one in _listed(bound.rule.when.get(fact))]
    return bound.rule.check == _EXEMPTION or _STATES[None] in asked


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def by_facts(change: Change) -> Verdict:
    """Requests need backward compatibility, responses forward; what is in no message breaks nobody."""
    needed = {"request": change.backward, "response": change.forward}.get(change.direction, True)
    if needed is None:
        return Verdict.UNKNOWN
    return Verdict.SAFE if needed else Verdict.BREAKING


def _said(bound: Bound, change: Change, facts: Mapping[str, Any], problem: Problem) -> str:
    return fill(bound.rule.message, problem.words, lambda name: change_word(change, facts, name))


def change_word(change: Change, facts: Mapping[str, Any], name: str) -> Any:
    """The word of a placeholder: `what` is the element in a few words, `old` and `new` the values."""
    if name == "what":
        return phrase(change.element)
    if name in ("old", "new"):
        value = getattr(change, name)
        return "not set" if value is None else value
    return change.element.name if name == "name" else facts.get(name)


def _neutral(change: Change) -> str:
    what = phrase(change.element)
    if not change.fact:
        return f"{what} was {change.action}"
    old, new = (fill("{v}", {"v": change_word(change, {}, side)}, lambda _: None) for side in ("old", "new"))
    return f"{change.fact} of {what} changed from {old} to {new}"
