"""Safe fixes, made in memory: a round of them stands only if nothing is found that was not found before."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final, NamedTuple

from integrationlint.catalog import Catalog
from integrationlint.model.finding import Finding, Status
from integrationlint.model.report import Report
from integrationlint.model.settings import Settings
from integrationlint.pipeline.lint import Scope, lint
from integrationlint.pipeline.rewrite import rewritten, sound
from integrationlint.pipeline.worse import worse
from integrationlint.source.snapshot import Overlaid, Snapshot

# What one fix uncovers, such as a component that only another unused one used, the next round fixes.
ROUNDS: Final = 20
# So often a round is tried with fewer fixes, to find out which of them spoil it.
_TRIES: Final = 24
# The last tries are without the fixes of which it is still not known whether they do harm.
_LAST: Final = 3

# Whether a file may be changed, by its path.
Allowed = Callable[[str], bool]
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What came of fixing: the reports before and of what is left, how many findings were fixed, the changed files.

    `files` holds what each was and is; `kept` says in a line for each file which of its fixes were not made, and why.
    """

    before: Report
    report: Report
    files: Mapping[str, tuple[bytes, bytes]]
    count: int
    kept: tuple[str, ...]


class _State(NamedTuple):
    files: Mapping[str, bytes]
    report: Report
    fixed: int


@dataclass(frozen=True, slots=True)
class _Bench:
    """What stays the same from round to round; `refused` are the findings whose fix did harm.

    `judge` lints with some files as given, and reports on those named alone, on all where none is.
    """

    snapshot: Snapshot
    settings: Settings
    judge: Callable[[Mapping[str, bytes], AbstractSet[str]], Report]
    allowed: Allowed
    refused: set[_Key]

    def read(self, state: _State, path: str) -> bytes:
        """A file as it is by now."""
        return state.files[path] if path in state.files else self.snapshot.read(path)


def fix(
    snapshot: Snapshot,
    scope: Scope,
    catalog: Catalog,
    settings: Settings,
    allowed: Allowed = lambda _: True,
    *,
    jobs: int = 1,
) -> Fixed:
    """Fix the open findings that can be fixed, round after round until nothing changes; writes nothing."""

    def judge(files: Mapping[str, bytes], only: AbstractSet[str]) -> Report:
        narrow = replace(scope, reported=only.__contains__) if only else scope
        return lint(Overlaid(snapshot, files, snapshot.info), narrow, catalog, settings, jobs=jobs, fixes=True)

    bench = _Bench(snapshot, settings, judge, allowed, set())
    first = state = clean = _State({}, judge({}, frozenset()), 0)
    for _ in range(ROUNDS):
        following = _round(bench, state)
        if following is state:
            break
        state = following
        if not worse(first.report, state.report):
            clean = state
    files = {path: (snapshot.read(path), data) for path, data in sorted(clean.files.items())}
    return Fixed(first.report, clean.report, files, clean.fixed, tuple(_kept(bench, clean.report)))


def _round(bench: _Bench, state: _State) -> _State:
    """The state after as many of its fixes as go together and do no harm; itself where there is none."""
    chosen: dict[str, list[Finding]] = {}
    for path, several in groupby(_fixable(state.report), key=lambda one: one.location.path):
        findings = [one for one in several if _key(one) not in bench.refused]
        if findings and bench.allowed(path):
            good, spoilt = sound(path, bench.read(state, path), findings, bench.settings.limits)
            bench.refused.update(map(_key, spoilt))
            chosen |= {path: good} if good else {}
    if not chosen:
        return state
    following, done = _tried(bench, state, chosen)
    bench.refused.update(_key(one) for path, findings in chosen.items() for one in findings if one not in done[path])
    return following


def _tried(
    bench: _Bench, state: _State, chosen: Mapping[str, list[Finding]]
) -> tuple[_State, Mapping[str, list[Finding]]]:
    """The state after the fixes that do no harm, and which these are: of a file that is worse off, half are tried.

    While some files are tried again only they are looked at; what stands in the end was seen to be good as a whole.
    """
    best, done = state, {path: list[Finding]() for path in chosen}
    kept, pending = {path: list[Finding]() for path in chosen}, {path: [chosen[path]] for path in chosen}
    only: frozenset[str] = frozenset()
    for left in range(_TRIES, 0, -1):
        if left == _LAST:
            pending = {path: [] for path in chosen}
        asked = {path: pending[path].pop() if pending[path] else [] for path in chosen}
        made = _made(bench, state, {path: [*kept[path], *asked[path]] for path in chosen}, only)
        bad = worse(state.report, made.report, unless_fixable=True)
        # Harm to a file that was not changed may be anybody's.
        harmed = bad if bad <= chosen.keys() else set(chosen)
        for path, some in asked.items():
            if path not in harmed:
                kept[path] += some
            elif not some:
                kept[path] = []
            elif len(some) > 1:
                half = len(some) // 2
                pending[path] += [some[half:], some[:half]]
        if not bad and not only:
            best, done = made, {path: list(kept[path]) for path in chosen}
            break
        only = frozenset(path for path in chosen if pending[path] and left > _LAST + 1)
    return best, done


def _made(bench: _Bench, state: _State, chosen: Mapping[str, list[Finding]], only: AbstractSet[str]) -> _State:
    files, count = dict(state.files), state.fixed
    for path, findings in chosen.items():
        old = bench.read(state, path)
        new = rewritten(path, old, findings, bench.settings.limits) if findings else None
        if new is not None:
            files[path] = new
            count += len(findings)
    return _State(files, bench.judge(files, only), count)


def _fixable(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.fix is not None and one.status is Status.OPEN]


def _key(one: Finding) -> _Key:
    return (one.location.path, one.rule, one.fingerprint)


def _kept(bench: _Bench, report: Report) -> Iterable[str]:
    for path, findings in groupby(_fixable(report), key=lambda one: one.location.path):
        rules = ", ".join(sorted({one.rule for one in findings}))
        why = (
            "it would change or uncover something else" if bench.allowed(path) else "a symbolic link leads to the file"
        )
        yield f"{path}: not fixed, for {why}: {rules}"
