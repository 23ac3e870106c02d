"""A report: all that a run has to say. Reporters turn it into text and add nothing of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from integrationlint.model.change import Dependent, Verdict, Witness
from integrationlint.model.finding import Finding, Suppression
from integrationlint.model.location import Location
from integrationlint.model.rule import Reference, Severity


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """Which files were looked at. kind: worktree, revision, index, folder, file, memory; revision: an object id."""

    kind: str
    revision: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """What a file was taken for. Format and version are empty for a file that no format claims."""

    file: str
    format: str
    version: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What reporters tell about a rule that ran."""

    id: str
    title: str
    why: str
    fix: str
    severity: Severity
    concern: str
    refs: tuple[Reference, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class RunError:
    """Work that could not be done (a rule that crashed, a limit): exit code 2, and the rest goes on."""

    message: str
    rule: str = ""
    file: str = ""
    kind: str = "rule"


@dataclass(frozen=True, slots=True)
class JudgedChange:
    """A change with its verdict and its dependents, ready to print."""

    fingerprint: str
    rule: str
    address: str
    kind: str
    action: str
    fact: str
    before: object
    after: object
    direction: str
    backward: bool | None
    forward: bool | None
    verdict: Verdict
    message: str
    location: Location
    base: Location | None = None
    witness: Witness | None = None
    impact: tuple[Dependent, ...] = ()
    suppression: Suppression | None = None
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of `lint` or `diff`. Findings are sorted by file, position and rule; changes by verdict and place.

    `not_applicable` maps a rule id to how many subjects could not be judged; `seconds` per rule only when asked for.
    """

    version: str
    command: str
    snapshot: SnapshotInfo
    documents: tuple[DocumentInfo, ...] = ()
    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    errors: tuple[RunError, ...] = ()
    files: int = 0
    not_applicable: Mapping[str, int] = field(default_factory=dict)
    base: SnapshotInfo | None = None
    changes: tuple[JudgedChange, ...] = ()
    verdict: Verdict = Verdict.NONE
    notes: tuple[str, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
