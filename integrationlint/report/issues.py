"""A run as one flat list of issues, for services that know a message, a place and a severity, and nothing else."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Final, NamedTuple, TypeVar

from integrationlint.model.change import Harm, Verdict
from integrationlint.model.finding import Finding, Status
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.report import JudgedChange, Report, RuleInfo, RunError
from integrationlint.model.rule import Severity
from integrationlint.report import view

_NAMED_DEPENDENTS: Final = 10
_NAMED_PLACES: Final = 5
OWN: Final = "integrationlint"
Item = TypeVar("Item")


class Issue(NamedTuple):
    """One finding, change, failure or note; no text of it is sanitised.

    `kind` is one of these four words. `rule`, `message` and `fingerprint` are never empty, and no two fingerprints are
    the same. `location` is None for what is not about a file. `details` says whom a change breaks and what else
    explains it, `advice` what to do, `reason` why it is excepted.
    """

    kind: str
    rule: str
    title: str
    severity: Severity
    message: str
    details: tuple[str, ...] = ()
    advice: str = ""
    location: Location | None = None
    address: str = ""
    fingerprint: str = ""
    verdict: str = ""
    status: Status = Status.OPEN
    reason: str = ""
    owners: str = ""
    url: str = ""
    excerpt: str = ""


def issues(report: Report, *, everything: bool = False) -> list[Issue]:
    """Failures, changes from the worst, findings by file, notes.

    Only what somebody should look at: `everything` adds safe changes, and what has a written exception or is in the
    baseline, with that status.
    """
    found = [_failure(one) for one in report.errors]
    found += [_change(one, report.rules) for one in view.changes(report) if everything or _matters(one)]
    found += [_finding(one, report.rules) for one in view.findings(report, excepted=everything)]
    found += [note(one) for one in report.notes]
    return list(_distinct(found))


def note(message: str) -> Issue:
    """Something that a reader should know about the run itself."""
    return Issue("note", f"{OWN}/note", "Note", Severity.INFO, message or "…", fingerprint=_digest(f"note {message}"))


def gravest(items: Sequence[Item], most: int, weight: Callable[[Item], int]) -> list[Item]:
    """All items, or as many of the gravest as are taken, in their order."""
    if len(items) <= most:
        return list(items)
    ranked = sorted(range(len(items)), key=lambda at: -weight(items[at]))
    return [items[at] for at in sorted(ranked[:most])]


def fewer(found: Sequence[Issue], most: int, taker: str) -> list[Issue]:
    """All issues, or the gravest of them and a note about the others, `most` in the end."""
    if len(found) <= most:
        return list(found)
    said = (
        f"{taker} takes {most} entries: {len(found) - most + 1} of lesser weight are left out, other formats have them"
    )
    return [*gravest(found, most - 1, lambda one: one.severity.rank), note(said)]


def by_gravity(found: Iterable[Issue]) -> list[Issue]:
    """The errors first, each severity in its order."""
    return sorted(found, key=lambda one: -one.severity.rank)


def told(issue: Issue) -> list[str]:
    """All that an issue says, a line each: what, whom it concerns, what to do. Not sanitised."""
    advice = (f"What to do: {issue.advice}",) if issue.advice else ()
    reason = (f"{issue.status}: {issue.reason}",) if issue.reason else ()
    return [issue.message, *issue.details, *advice, *reason]


def flat(issue: Issue) -> str:
    """All that an issue says, as sentences of one line. Not sanitised."""
    return sentences(told(issue))


def sentences(lines: Sequence[str]) -> str:
    """The lines behind each other, each but the last with an end. Not sanitised."""
    return " ".join(
        f"{one}." if at < len(lines) - 1 and one[-1:] not in ".!?…" else one for at, one in enumerate(lines)
    )


def change_words(change: JudgedChange) -> str:
    """`breaking: field Order.id was removed (response; new messages do not fit old readers)`. Not sanitised."""
    return f"{change.verdict}: {change.message} ({view.compatibility_words(change)})"


def harmed_words(change: JudgedChange) -> tuple[str, ...]:
    """`3 dependents: 1 breaks, 2 unaffected` and `breaks: consumer billing, owner team-billing`. Not sanitised."""
    hit = [one for harm, ones in view.dependents(change).items() if harm is not Harm.UNAFFECTED for one in ones]
    if not hit:
        return ()
    names = "; ".join(f"{view.harm_word(one.verdict)}: {view.dependent_words(one)}" for one in hit[:_NAMED_DEPENDENTS])
    more = f"; and {len(hit) - _NAMED_DEPENDENTS} more" if len(hit) > _NAMED_DEPENDENTS else ""
    return view.impact_words(change), f"{names}{more}"


def weight(one: "JudgedChange | Finding") -> int:
    """How grave a change or a finding is, from 3 down to 0; what is excepted weighs nothing."""
    if isinstance(one, Finding):
        return one.severity.rank if one.status is Status.OPEN else 0
    return 0 if one.suppression is not None or not _matters(one) else _severity(one.verdict).rank


def _matters(change: JudgedChange) -> bool:
    return change.suppression is None and change.verdict not in (Verdict.SAFE, Verdict.NONE)


def _severity(verdict: Verdict) -> Severity:
    worst = {Verdict.BREAKING: Severity.ERROR, Verdict.SAFE: Severity.INFO, Verdict.NONE: Severity.INFO}
    return worst.get(verdict, Severity.WARNING)


def _failure(error: RunError) -> Issue:
    rule = error.rule or f"{OWN}/{error.kind or 'failure'}"
    place = Location(error.file, "", START_OF_FILE) if error.file else None
    message = f"part of the work could not be done: {error.message}"
    return Issue("failure", rule, "Part of the work could not be done", Severity.ERROR, message, location=place)


def _change(change: JudgedChange, rules: Mapping[str, RuleInfo]) -> Issue:
    known = rules.get(change.rule)
    details = [f"was at {view.place(change.base)}"] if change.base else []
    details += [said for said in (view.value_words(change),) if said]
    details += [view.witness_words(change.witness)] if change.witness is not None else []
    hit = [one for one in change.impact if one.verdict is not Harm.UNAFFECTED]
    return Issue(
        "change",
        change.rule or f"{OWN}/change",
        known.title if known else "",
        _severity(change.verdict),
        change_words(change),
        (*harmed_words(change), *details),
        change.fix,
        change.location,
        change.address,
        change.fingerprint,
        change.verdict.value,
        Status.OPEN if change.suppression is None else Status.SUPPRESSED,
        view.exception(change.suppression) if change.suppression is not None else "",
        ", ".join(sorted({one.owner for one in hit if one.owner})),
        known.url if known else "",
    )


def _finding(finding: Finding, rules: Mapping[str, RuleInfo]) -> Issue:
    known = rules.get(finding.rule)
    related = view.related(finding)
    details = [f"see {view.place(one.location)} {one.message}" for one in related[:_NAMED_PLACES]]
    details += [f"and {len(related) - _NAMED_PLACES} more places"] if len(related) > _NAMED_PLACES else []
    return Issue(
        "finding",
        finding.rule or f"{OWN}/finding",
        known.title if known else "",
        finding.severity if finding.severity is not Severity.OFF else Severity.INFO,
        finding.message or "…",
        tuple(details),
        known.fix if known else "",
        finding.location,
        finding.address,
        finding.fingerprint,
        "",
        finding.status,
        _reason(finding),
        "",
        known.url if known else "",
        finding.excerpt,
    )


def _reason(finding: Finding) -> str:
    if finding.suppression is not None:
        return view.exception(finding.suppression)
    return "it is in the baseline" if finding.status is Status.KNOWN else ""


def _distinct(found: Iterable[Issue]) -> Iterator[Issue]:
    """Each with a fingerprint of its own: services show one of those that share one."""
    seen: Counter[str] = Counter()
    for one in found:
        mark = one.fingerprint or _digest(" ".join(map(str, one)))
        number = seen[mark]
        seen[mark] += 1
        yield one._replace(fingerprint=_digest(f"{mark} {number}") if number else mark)


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
