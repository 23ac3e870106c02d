"""Judged changes as a report tells them: where they are, what they are known by, what covers them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from integrationlint.diff.documents import Pair
from integrationlint.diff.impact import Side, impact
from integrationlint.diff.trees import plain
from integrationlint.engine.judge import Judged
from integrationlint.engine.run import Excerpt
from integrationlint.model.change import Change, Dependent, Verdict
from integrationlint.model.finding import Finding
from integrationlint.model.location import Location
from integrationlint.model.report import JudgedChange, RunError
from integrationlint.model.rule import Severity
from integrationlint.workspace.workspace import Workspace

_MOST_OPERATIONS: Final = 100


@dataclass(frozen=True, slots=True)
class Sides:
    """Both snapshots, and where the documents of the base went, by path."""

    before: Workspace
    after: Workspace
    moved: Mapping[str, str]


def sides(before: Workspace, after: Workspace, pairs: Iterable[Pair]) -> Sides:
    """Both snapshots with what moved between them."""
    both = ((old.document.path, new.document.path) for old, new in pairs if old is not None and new is not None)
    return Sides(before, after, {old: new for old, new in both if old != new})


def fingerprints(judged: Iterable[Judged]) -> Iterator[str]:
    """What each change is known by: what happened to which address, and a number where that is so several times."""
    seen: dict[str, int] = {}
    for one in judged:
        change = one.change
        stem = f"{change.action}|{change.kind}|{change.fact}|{change.address}"
        seen[stem] = count = seen.get(stem, 0) + 1
        stem = stem if count == 1 else f"{stem}|{count}"
        yield sha256(stem.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def told(
    judged: Sequence[Judged], marks: Iterable[str], both: Sides, errors: list[RunError], notes: list[str]
) -> list[JudgedChange]:
    """The changes with their dependents, worst first; what was left out for its number goes to `errors` and `notes`."""
    around = Side(both.before), Side(both.after)
    changes, long = [], 0
    for one, mark in zip(judged, marks, strict=True):
        if _is_change(one):
            dependents = impact(one.change, one.sides, *around)
            kept = _nearest(dependents)
            long += len(kept) < len(dependents)
            changes.append(_told(one, mark, both, kept))
    cut = sum(side.cut for side in around)
    if cut:
        message = f"the impact of {cut} changes is missing beyond their types: there are too many ways from there"
        errors.append(RunError(message, kind="limit"))
    if long:
        notes.append(f"changes that reach more than {_MOST_OPERATIONS} operations, the first of which are told: {long}")
    return sorted(changes, key=_order)


def _nearest(dependents: tuple[Dependent, ...]) -> tuple[Dependent, ...]:
    """All dependents but operations beyond a number that anybody reads."""
    if len(dependents) <= _MOST_OPERATIONS:
        return dependents
    operations = [one for one in dependents if one.kind == "operation"]
    dropped = {id(one) for one in operations[_MOST_OPERATIONS:]}
    return tuple(one for one in dependents if id(one) not in dropped)


def _is_change(judged: Judged) -> bool:
    # A version that does not fit is a finding; it is no change of what anybody sends or reads.
    change = judged.change
    return change.fact != "version" or (judged.bound is None and change.old != change.new)


def _order(change: JudgedChange) -> tuple[int, str, str, str, str]:
    return (-change.verdict.rank, change.address, change.fact, change.action, change.fingerprint)


def _told(judged: Judged, mark: str, both: Sides, dependents: tuple[Dependent, ...]) -> JudgedChange:
    change = judged.change
    rule = judged.bound.rule if judged.bound is not None else None
    return JudgedChange(
        fingerprint=mark,
        rule=rule.id if rule is not None else "",
        address=change.address,
        kind=change.kind,
        action=change.action,
        fact=change.fact,
        before=plain(change.old),
        after=plain(change.new),
        direction=change.direction,
        backward=change.backward,
        forward=change.forward,
        verdict=judged.verdict,
        message=judged.message,
        location=_here(change, both),
        base=change.before.location if change.before is not None else None,
        impact=dependents,
        witness=change.witness,
        fix=rule.fix if rule is not None else "",
    )


def _here(change: Change, both: Sides) -> Location:
    """Where a change is in the head; for something that is gone, its closest ancestor that is still there."""
    if change.after is not None:
        return change.after.location
    one = change.element
    path = one.document.path
    there = f"{both.moved.get(path, path)}#"
    while one.parent is not None:
        one = one.parent
        found = both.after.find(there + one.address.removeprefix(f"{path}#"))
        if found is not None:
            return found.location
    return change.element.location


def found(judged: Sequence[Judged], marks: Iterable[str], both: Sides, excerpt: Excerpt) -> list[Finding]:
    """Each change as a finding; one that no rule speaks of has none, and may be suppressed all the same."""
    return [_finding(one, mark, both, excerpt) for one, mark in zip(judged, marks, strict=True)]


def _finding(judged: Judged, mark: str, both: Sides, excerpt: Excerpt) -> Finding:
    change, bound = judged.change, judged.bound
    here = _here(change, both)
    if judged.at is not None and change.after is not None:
        here = Location(here.path, judged.at, change.after.document.span(judged.at))
    return Finding(
        rule=bound.rule.id if bound is not None else "",
        severity=bound.severity if bound is not None else Severity.OFF,
        message=judged.message,
        address=change.address,
        location=here,
        fingerprint=mark,
        base=change.before.location if change.before is not None else None,
        excerpt=excerpt(here),
    )


def worst_by_file(judged: Iterable[Judged], both: Sides) -> dict[str, Verdict]:
    """The worst verdict by the path of either side; a file of parts counts for the contracts that refer to it."""
    found: dict[str, Verdict] = {}
    for side in ("before", "after"):
        workspace: Workspace = getattr(both, side)
        worst: dict[str, Verdict] = {}
        for one in judged:
            element = getattr(one.change, side)
            if element is not None:
                _raise(worst, element.document.path, one.verdict)
        users = _users_of_parts(workspace)
        for path, verdict in worst.items():
            for file in _reached(path, users):
                _raise(found, file, verdict)
    return found


def _raise(worst: dict[str, Verdict], path: str, verdict: Verdict) -> None:
    worst[path] = max(worst.get(path, Verdict.NONE), verdict, key=lambda one: one.rank)


def _users_of_parts(workspace: Workspace) -> dict[str, dict[str, None]]:
    """For each file that is no contract itself, the files that refer to it."""
    users: dict[str, dict[str, None]] = {
        path: {} for path, one in workspace.loaded.items() if one.root.kind == "document" and one.parts
    }
    for path, one in workspace.loaded.items() if users else ():
        for element in one.root.walk():
            for edge in workspace.edges(element) if element.uses else ():
                if edge.target.document.path in users:
                    users[edge.target.document.path][path] = None
    return users


def _reached(path: str, users: Mapping[str, Iterable[str]]) -> dict[str, None]:
    """The file itself and, where it only holds parts, all that refer to it, directly or through others."""
    found = {path: None}
    waiting = [path]
    for one in waiting:
        new = [user for user in users.get(one, ()) if user not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return found
