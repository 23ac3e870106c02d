"""Where one report is worse than another: what it finds that the other did not."""

import re
from collections import Counter
from typing import Final

from integrationlint.model.finding import Finding, Status
from integrationlint.model.report import Report

# Of many findings that say the same, some rules tell the first one and how many there are: `(in 4 places)`.
_COUNT: Final = re.compile(r" *\([^()]*\)|[0-9]+")


def worse(before: Report, after: Report, *, unless_fixable: bool = False) -> set[str]:
    """The files with an open finding, or an error, that is new; `unless_fixable`: that cannot be fixed either.

    A finding is known by its fingerprint, or, where others went or moved or a name has another case now, by its address
    or by what it says, counts aside; and no rule finds more in a file than it did.
    """
    old, new = _open(before), _open(after)
    known = {mark for one in old for mark in _marks(one)}
    counts = Counter((one.location.path, one.rule) for one in old)
    found = {one.file for one in after.errors if one not in before.errors}
    for one in new:
        if not known.isdisjoint(_marks(one)):
            counts[one.location.path, one.rule] -= 1
        elif not (unless_fixable and one.fix is not None):
            found.add(one.location.path)
    return found | {path for (path, _), left in counts.items() if left < 0}


def _marks(one: Finding) -> tuple[tuple[str, str, str], ...]:
    path, rule = one.location.path, one.rule
    said = _COUNT.sub("", one.message).casefold()
    return tuple((path, rule, mark) for mark in (one.fingerprint, said, one.address.casefold()))


def _open(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.status is Status.OPEN]
