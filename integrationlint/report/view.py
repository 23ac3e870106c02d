"""What reporters share: order, groups, counts and words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from integrationlint.model.change import Dependent, Harm, Verdict, Witness
from integrationlint.model.finding import Finding, Status, Suppression
from integrationlint.model.location import Location
from integrationlint.model.report import JudgedChange, Report, RunError, SnapshotInfo
from integrationlint.model.rule import Related, Severity
from integrationlint.report.values import CUT, brief, crop

SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
VERDICTS = (Verdict.BREAKING, Verdict.RISKY, Verdict.UNKNOWN, Verdict.SAFE)
HARMS = (Harm.BREAKS, Harm.AT_RISK, Harm.UNAFFECTED)
# From how many findings of one rule in one file on they read as one entry, and how many of them it spells out.
GROUPED_FROM = 4
SPELT_OUT = 3
# How much of an example message is shown; the JSON result has all of it.
_WITNESS_LINES = 12
_WITNESS_WIDTH = 160
_SIDES = {"worktree": "work tree", "index": "index"}
_HARM_WORDS = {Harm.BREAKS: "breaks", Harm.AT_RISK: "at risk", Harm.UNAFFECTED: "unaffected"}


class Counts(NamedTuple):
    """The numbers of a run; `excepted` changes are suppressed ones, `not_applicable` counts subjects of rules."""

    files: int
    documents: int
    severities: dict[Severity, int]
    verdicts: dict[Verdict, int]
    suppressed: int
    known: int
    not_applicable: int


class Group(NamedTuple):
    """Findings of one rule, severity and exception in one file, in order; a `message` where all say the same."""

    rule: str
    severity: Severity
    message: str
    findings: tuple[Finding, ...]

    @property
    def repeated(self) -> bool:
        """There are so many that they read better as one entry."""
        return len(self.findings) >= GROUPED_FROM


def counts(report: Report) -> Counts:
    """Open findings by severity, open changes by verdict, and what was excepted; documents are recognised files."""
    open_ones = Counter(one.severity for one in report.findings if one.status is Status.OPEN)
    verdicts = Counter(one.verdict for one in report.changes if one.suppression is None)
    statuses = Counter(one.status for one in report.findings)
    return Counts(
        files=report.files,
        documents=sum(1 for one in report.documents if one.format),
        severities={one: open_ones[one] for one in SEVERITIES},
        verdicts={one: verdicts[one] for one in VERDICTS},
        suppressed=statuses[Status.SUPPRESSED] + sum(1 for one in report.changes if one.suppression is not None),
        known=statuses[Status.KNOWN],
        not_applicable=sum(max(1, subjects) for subjects in report.not_applicable.values()),
    )


def findings(report: Report, *, excepted: bool = False, repeated: bool = False) -> list[Finding]:
    """The open findings, with `excepted` all, by file, place and rule.

    A change that a rule speaks of is a finding too: `repeated` lists it here as well, for those who read findings only.
    """
    told = set() if repeated else {one.fingerprint for one in report.changes}
    chosen = (one for one in report.findings if one.fingerprint not in told and (excepted or one.status is Status.OPEN))
    return sorted(
        chosen, key=lambda one: (one.location.path, one.location.span, one.rule, one.message, one.fingerprint)
    )


def changes(report: Report) -> list[JudgedChange]:
    """All changes, the suppressed ones last, the worst first, then by file, place and rule."""
    return sorted(report.changes, key=_weight)


def _weight(change: JudgedChange) -> tuple[object, ...]:
    location = change.location
    where = (location.path, location.span, change.rule, change.fingerprint, change.message)
    return (change.suppression is not None, -change.verdict.rank, *where)


def by_file(ordered: Iterable[Finding]) -> Iterator[tuple[str, list[Group]]]:
    """Each file of findings that are sorted by file, with its groups by the place of their first finding."""
    for path, ones in groupby(ordered, key=lambda one: one.location.path):
        yield path, list(_groups(ones))


def _groups(ordered: Iterable[Finding]) -> Iterator[Group]:
    gathered: dict[tuple[str, Severity, Status, Suppression | None], list[Finding]] = {}
    for one in ordered:
        gathered.setdefault((one.rule, one.severity, one.status, one.suppression), []).append(one)
    for (rule, severity, *_), ones in gathered.items():
        messages = {one.message for one in ones}
        yield Group(rule, severity, ones[0].message if len(messages) == 1 else "", tuple(ones))


def related(finding: Finding) -> tuple[Related, ...]:
    """The other places that explain a finding, the place in the base of a diff included."""
    before = (Related("before the change", finding.base),) if finding.base else ()
    return before + finding.related


def dependents(change: JudgedChange) -> dict[Harm, list[Dependent]]:
    """The dependents of a change by what happens to them, nearest first."""
    ordered = sorted(change.impact, key=lambda one: (one.distance, one.address))
    return {harm: [one for one in ordered if one.verdict is harm] for harm in HARMS}


def impact_words(change: JudgedChange) -> str:
    """`3 dependents: 1 breaks, 1 at risk, 1 unaffected`; empty where nothing depends on it."""
    if not change.impact:
        return ""
    parts = [f"{len(ones)} {harm_word(harm, len(ones))}" for harm, ones in dependents(change).items() if ones]
    return f"{plural(len(change.impact), 'dependent')}: {', '.join(parts)}"


def compatibility_words(change: JudgedChange) -> str:
    """`response; new messages do not fit old readers`: the direction and what its two compatibilities say."""
    said = []
    if change.backward is not True:
        said.append(f"old messages {'may' if change.backward is None else 'do'} not fit new readers")
    if change.forward is not True:
        said.append(f"new messages {'may' if change.forward is None else 'do'} not fit old readers")
    directions = {"both": "request and response", "none": "not part of a message"}
    return f"{directions.get(change.direction, change.direction)}; {', '.join(said) or 'messages fit both ways'}"


def witness_words(witness: Witness) -> str:
    """`for example, valid before and refused now: element 'id' is not expected`. Not sanitised."""
    valid, refused = ("before", "now") if witness.valid == "base" else ("now", "before")
    return f"for example, valid {valid} and refused {refused}: {witness.refused}"


def witness_lines(witness: Witness) -> list[str]:
    """An example message, of a long one what is around the line that is refused. Not sanitised."""
    lines = [crop(one, _WITNESS_WIDTH) for one in witness.text.rstrip("\n").split("\n")]
    first = max(min(witness.line - _WITNESS_LINES // 2, len(lines) - _WITNESS_LINES), 0)
    shown = lines[first : first + _WITNESS_LINES]
    before, after = [CUT] * (first > 0), [CUT] * (first + _WITNESS_LINES < len(lines))
    return [*before, *shown, *after]


def value_words(change: JudgedChange, width: int = 120) -> str:
    """`before "string", after "integer"`, each cut to `width`; empty where the element came or went. Not sanitised."""
    sides = (("before", change.before), ("after", change.after))
    return ", ".join(f"{name} {brief(value, width)}" for name, value in sides if value is not None)


def dependent_words(dependent: Dependent) -> str:
    """`flow order-sync at order-sync.xml:21:5, owner team-sap, inferred`: as its path calls it. Not sanitised."""
    name = dependent.via[-1] if len(dependent.via) > 1 else f"{dependent.kind} {dependent.name or dependent.address}"
    where = dependent.location
    if where is not None and where.path and where.path not in name:
        name += f" at {place(where)}"
    owner = f"owner {dependent.owner}" if dependent.owner else ""
    criticality = dependent.criticality if f"({dependent.criticality})" not in name else ""
    tier = dependent.tier if dependent.tier != "declared" else ""
    return ", ".join(part for part in (name, owner, criticality, tier) if part)


def path_words(dependent: Dependent) -> str:
    """The path from the change to the dependent, `field … <- mapping … <- flow …`. Not sanitised."""
    return " <- ".join(dependent.via)


def harm_word(harm: Harm, count: int = 1) -> str:
    """`breaks` (one does), `break` (several do), `at risk`, `unaffected`."""
    return "break" if harm is Harm.BREAKS and count != 1 else _HARM_WORDS[harm]


def plural(count: int, noun: str, several: str = "") -> str:
    """`1 error`, `2 errors`, `2 entries`."""
    return f"{count} {noun if count == 1 else several or f'{noun}s'}"


def summary(report: Report) -> str:
    """`12 files, 9 documents: 1 error, 2 warnings, 0 infos; 3 suppressed, 1 known; 14 not applicable`."""
    said = counts(report)
    severities = ", ".join(plural(count, severity.value) for severity, count in said.severities.items())
    head = f"{plural(said.files, 'file')}, {plural(said.documents, 'document')}: {severities}"
    return f"{head}; {said.suppressed} suppressed, {said.known} known; {said.not_applicable} not applicable"


def headline(report: Report) -> str:
    """`2 breaking changes, 1 safe change`, or `no change that means something to a reader`."""
    said = [plural(count, f"{verdict} change") for verdict, count in counts(report).verdicts.items() if count]
    return ", ".join(said) or "no change that means something to a reader"


def side(snapshot: SnapshotInfo | None) -> str:
    """A snapshot for people: `main (1a2b3c4d5e6f)`, `work tree`. Not sanitised."""
    if snapshot is None:
        return "nothing"
    name = snapshot.label or _SIDES.get(snapshot.kind, "")
    revision = snapshot.revision or ""
    if name and revision.startswith(name):
        return name[:12]
    return f"{name} ({revision[:12]})" if name and revision else name or revision[:12] or snapshot.kind


def error_words(error: RunError) -> str:
    """`rule oas/path-case orders.yaml`: what failed. Not sanitised."""
    return " ".join(part for part in (error.kind, error.rule, error.file) if part)


def place(location: Location) -> str:
    """`file:line:column`. Not sanitised."""
    start = location.span.start
    return f"{location.path}:{start.line}:{start.column}"


def exception(suppression: Suppression) -> str:
    """`agreed with the data team (owner team-orders, ticket INT-482, until 2027-03-31)`. Not sanitised."""
    named = (("owner", suppression.owner), ("ticket", suppression.ticket), ("until", suppression.expires))
    details = ", ".join(f"{name} {value}" for name, value in named if value)
    return f"{suppression.reason or 'no reason given'}{f' ({details})' if details else ''}"
