"""Much work over several processes: copies of this one, made by `fork` once all is loaded, that send back findings."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from integrationlint.engine.run import Outcome
from integrationlint.model.finding import Finding
from integrationlint.model.fix import Fix, Repair
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.report import RunError
from integrationlint.model.rule import Related, Severity

# Below so many characters one process is done before the others have begun.
WORTH_IT: Final = 1_000_000

# One share of the work: its number, of how many, and where its results go.
Work = Callable[[int, int, Outcome], None]


def processors() -> int:
    """How many processes this one may use at a time; 1 where it cannot make copies of itself."""
    if not hasattr(os, "fork"):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Work, jobs: int, outcome: Outcome) -> None:
    """Do all shares of the work, the last here and the others in copies of this process; all end up in `outcome`.

    The result does not depend on the number of shares. A share whose process fails is done here instead.
    """
    others = [(share, *_start(work, share, jobs)) for share in range(jobs - 1)]
    try:
        work(jobs - 1, jobs, outcome)
    finally:
        sent = [(share, _received(process, pipe)) for share, process, pipe in others]
    for share, data in sent:
        if data:
            _enter(json.loads(data), outcome)
        else:
            work(share, jobs, outcome)


def _start(work: Work, share: int, jobs: int) -> tuple[int, int]:
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    # Nothing of the parent's may be finished or flushed twice: this process ends here, whatever happens.
    try:
        os.close(reading)
        outcome = Outcome()
        work(share, jobs, outcome)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(json.dumps(list(_rows(outcome)), separators=(",", ":")).encode("ascii"))
    finally:
        os._exit(0)


def _received(process: int, pipe: int) -> bytes:
    with os.fdopen(pipe, "rb") as stream:
        data = stream.read()
    os.waitpid(process, 0)
    # A process that was ended in the middle has not closed its list.
    return data if data.endswith(b"]") else b""


def _rows(outcome: Outcome) -> Iterator[object]:
    yield [[one.message, one.rule, one.file, one.kind] for one in outcome.errors]
    yield outcome.not_applicable
    yield outcome.spent
    yield [_row(one) for one in outcome.findings]


def _row(one: Finding) -> list[object]:
    related = [[other.message, *_place(other.location)] for other in one.related]
    repairs = one.fix.repairs if one.fix is not None else ()
    return [one.rule, one.severity.value, one.message, one.address, related, repairs, *_place(one.location)]


def _place(at: Location) -> tuple[str, str, int, int, int, int]:
    (line, column), (last, end) = at.span
    return at.path, at.pointer, line, column, last, end


def _enter(rows: Sequence[Any], outcome: Outcome) -> None:
    errors, not_applicable, spent, findings = rows
    outcome.errors.extend(RunError(message, rule, file, kind) for message, rule, file, kind in errors)
    for rule, count in not_applicable.items():
        outcome.not_applicable[rule] = outcome.not_applicable.get(rule, 0) + count
    for rule, seconds in spent.items():
        outcome.spent[rule] = outcome.spent.get(rule, 0.0) + seconds
    severities = {one.value: one for one in Severity}
    for rule, severity, message, address, related, repairs, *place in findings:
        others = tuple(Related(said, _location(*at)) for said, *at in related)
        location = _location(*place)
        fix = Fix(tuple(Repair(*one) for one in repairs)) if repairs else None
        outcome.findings.append(
            Finding(rule, severities[severity], message, address, location, related=others, fix=fix)
        )


def _location(path: str, pointer: str, line: int, column: int, last: int, end: int) -> Location:
    return Location(path, pointer, Span(Position(line, column), Position(last, end)))
