"""The JSON result, `integrationlint.result/1`: a contract that other tools build on."""

from json import dumps
from typing import Final

from integrationlint.model.change import Dependent, Witness
from integrationlint.model.finding import Finding, Status, Suppression
from integrationlint.model.location import Location, Position
from integrationlint.model.report import JudgedChange, Report, SnapshotInfo
from integrationlint.report import view
from integrationlint.report.sanitise import json_text
from integrationlint.report.values import plain

SCHEMA: Final = "integrationlint.result/1"
Members = dict[str, object]


def json(report: Report, *, show_suppressed: bool = False) -> str:
    """The result as `templates/result.schema.json` describes it: a member a line, and an item of a list a line.

    `findings` and `changes` hold what is open; what has a written exception or is in the baseline is in `exceptions`,
    with its status and the exception. `show_suppressed` puts such findings among `findings` as well.
    """
    return written(result(report, show_suppressed=show_suppressed))


def written(members: Members) -> str:
    """JSON with a member a line, and an item of a list a line; all that cannot be seen is escaped."""
    body = ",\n".join(f"  {_spelled(name)}: {_lines(value)}" for name, value in members.items())
    return json_text(f"{{\n{body}\n}}\n")


def _lines(value: object) -> str:
    """A list with an item a line: people and Git compare results by lines, and the fast encoder knows no layout."""
    if not isinstance(value, list) or not value:
        return _spelled(value)
    return "[\n" + ",\n".join(f"    {_spelled(one)}" for one in value) + "\n  ]"


def _spelled(value: object) -> str:
    return dumps(value, ensure_ascii=False)


def result(report: Report, *, show_suppressed: bool = False) -> Members:
    """The members of the result, in the order of the contract."""
    members: Members = {
        "schema": SCHEMA,
        "tool": {"name": "integrationlint", "version": report.version},
        "command": report.command,
        "snapshot": _snapshot(report.snapshot),
    }
    if report.command == "diff":
        members["base"] = _snapshot(report.base) if report.base else None
        members["head"] = _snapshot(report.snapshot)
        members["verdict"] = report.verdict.value
    members["summary"] = _summary(report)
    members["documents"] = [
        {"file": one.file, "format": one.format, "version": one.version} for one in report.documents if one.format
    ]
    if report.command == "diff":
        members["changes"] = [_change(one) for one in view.changes(report) if one.suppression is None]
    members["findings"] = [_finding(one) for one in view.findings(report, excepted=show_suppressed, repeated=True)]
    members["exceptions"] = _exceptions(report)
    members["errors"] = [
        {"kind": one.kind, "rule": one.rule, "file": one.file, "message": one.message} for one in report.errors
    ]
    members["notes"] = list(report.notes)
    return members


def _snapshot(snapshot: SnapshotInfo) -> Members:
    return {"kind": snapshot.kind, "revision": snapshot.revision}


def _summary(report: Report) -> Members:
    said = view.counts(report)
    return {
        "files": said.files,
        "documents": said.documents,
        "findings": {severity.value: count for severity, count in said.severities.items()},
        "suppressed": said.suppressed,
        "known": said.known,
        "not_applicable": said.not_applicable,
    }


def _finding(finding: Finding) -> Members:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "status": finding.status.value,
        "fingerprint": finding.fingerprint,
        "address": finding.address,
        **_location(finding.location),
        "related": [{"message": one.message, **_location(one.location)} for one in view.related(finding)],
        **({"fixable": True} if finding.fix is not None else {}),
    }


def _change(change: JudgedChange) -> Members:
    return {
        "fingerprint": change.fingerprint,
        "rule": change.rule,
        "address": change.address,
        "action": change.action,
        "fact": change.fact,
        "before": plain(change.before),
        "after": plain(change.after),
        "direction": change.direction,
        "backward": change.backward,
        "forward": change.forward,
        "verdict": change.verdict.value,
        "message": change.message,
        **_start(change.location),
        "base": _start(change.base) if change.base else None,
        "witness": _witness(change.witness),
        "impact": [_dependent(one) for ones in view.dependents(change).values() for one in ones],
    }


def _witness(witness: Witness | None) -> Members | None:
    if witness is None:
        return None
    return {
        "text": witness.text,
        "syntax": witness.syntax,
        "valid": witness.valid,
        "refused": witness.refused,
        "line": witness.line,
    }


def _dependent(dependent: Dependent) -> Members:
    return {
        "address": dependent.address,
        "verdict": dependent.verdict.value,
        "via": list(dependent.via),
        "owner": dependent.owner,
        "criticality": dependent.criticality,
        "tier": dependent.tier,
    }


def _exceptions(report: Report) -> list[Members]:
    excepted: list[Members] = [
        {**_finding(one), "suppression": _suppression(one.suppression)}
        for one in view.findings(report, excepted=True, repeated=True)
        if one.status is not Status.OPEN
    ]
    excepted += [
        {**_change(one), "status": Status.SUPPRESSED.value, "suppression": _suppression(one.suppression)}
        for one in view.changes(report)
        if one.suppression is not None
    ]
    return excepted


def _suppression(suppression: Suppression | None) -> Members | None:
    """Null for a finding that is in the baseline."""
    if suppression is None:
        return None
    return {
        "reason": suppression.reason,
        "owner": suppression.owner,
        "ticket": suppression.ticket,
        "expires": suppression.expires,
    }


def _location(location: Location) -> Members:
    return {**_start(location), "end": _position(location.span.end)}


def _start(location: Location) -> Members:
    return {"file": location.path, "pointer": location.pointer, "start": _position(location.span.start)}


def _position(position: Position) -> Members:
    return {"line": position.line, "column": position.column}
