"""SARIF 2.1.0 (OASIS standard, errata 01), as code scanning services read it."""

from collections.abc import Iterable
from json import dumps
from typing import Final
from urllib.parse import quote

from integrationlint.model.change import Harm, Verdict
from integrationlint.model.finding import Finding, Status, Suppression
from integrationlint.model.location import Location, Span
from integrationlint.model.report import JudgedChange, Report
from integrationlint.report import view
from integrationlint.report.issues import change_words, harmed_words
from integrationlint.report.sanitise import json_text, line
from integrationlint.report.sarif_rules import descriptors
from integrationlint.report.values import crop

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# What GitHub accepts: results of a run, and related locations of a result that it keeps.
MOST_RESULTS: Final = 25_000
MOST_RELATED: Final = 100
_MESSAGE_WIDTH: Final = 4_000
LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}
# A safe change is told, and asks nothing of anyone (section 3.27.9: its level is then `none`).
_VERDICTS: Final = {
    Verdict.BREAKING: ("fail", "error"),
    Verdict.RISKY: ("fail", "warning"),
    Verdict.UNKNOWN: ("fail", "warning"),
    Verdict.SAFE: ("informational", "none"),
    Verdict.NONE: ("informational", "none"),
}
_WEIGHTS: Final = {"error": 3, "warning": 2, "note": 1, "none": 0}
Members = dict[str, object]


def sarif(report: Report) -> str:
    """One run with every finding and change as a result, suppressed ones marked so.

    Beyond the standard it keeps to what GitHub asks: rules with help, one physical location first, at most 25 000
    results, the gravest, with a notification about the others. Fingerprints are ours alone (`integrationlint/v1`),
    since GitHub computes its own. Columns are code points and URIs relative to the root of the snapshot.
    """
    rules = descriptors(report)
    index = {str(rule["id"]): number for number, rule in enumerate(rules)}
    results = [_change(one, index) for one in view.changes(report)]
    results += [
        _finding(one, index, report.rules[one.rule].fix if one.rule in report.rules else "")
        for one in view.findings(report, excepted=True)
    ]
    kept = _gravest(results)
    run: Members = {
        "tool": {"driver": {"name": "integrationlint", "version": report.version or "0", "rules": rules}},
        "invocations": [
            {
                "executionSuccessful": not report.errors,
                "toolExecutionNotifications": _notifications(report, left_out=len(results) - len(kept)),
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": kept,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json_text(dumps(log, ensure_ascii=False, indent=2)) + "\n"


def _finding(finding: Finding, index: dict[str, int], advice: str) -> Members:
    related = [_related(one.message, one.location) for one in view.related(finding)]
    suppressed = finding.status is not Status.OPEN
    return {
        **_head(finding.rule, index, "fail", LEVELS.get(finding.severity, "none")),
        "message": _message(finding.message),
        "locations": [_location(finding.location, finding.address)],
        **_optional("partialFingerprints", _fingerprint(finding.fingerprint)),
        **_optional("relatedLocations", _unique(related)),
        **_optional("suppressions", [_suppression(finding.suppression)] if suppressed else []),
        **_optional("fixes", _fixes(finding, advice)),
    }


def _fixes(finding: Finding, advice: str) -> list[Members]:
    """The edits that make a finding go away (section 3.55), where they are edits of the text."""
    if finding.fix is None or not finding.fix.edits:
        return []
    replacements = [
        {"deletedRegion": _region(one.span), **_optional("insertedContent", {"text": one.text} if one.text else {})}
        for one in finding.fix.edits
    ]
    change = {"artifactLocation": {"uri": _uri(finding.location.path)}, "replacements": replacements}
    return [{**_optional("description", _message(advice) if advice else {}), "artifactChanges": [change]}]


def _change(change: JudgedChange, index: dict[str, int]) -> Members:
    kind, level = _VERDICTS[change.verdict]
    related = [_related("before the change", change.base)] if change.base else []
    related += [
        _related(f"{view.harm_word(harm)}: {view.dependent_words(one)}", one.location)
        for harm, ones in view.dependents(change).items()
        for one in ones
        if one.location and harm is not Harm.UNAFFECTED
    ]
    return {
        **_head(change.rule, index, kind, level),
        "message": _message(". ".join((change_words(change), *harmed_words(change)))),
        "locations": [_location(change.location, change.address)],
        **_optional("partialFingerprints", _fingerprint(change.fingerprint)),
        **_optional("relatedLocations", _unique(related)),
        **_optional("suppressions", [_suppression(change.suppression)] if change.suppression else []),
    }


def _head(rule: str, index: dict[str, int], kind: str, level: str) -> Members:
    return {"ruleId": rule, "ruleIndex": index[rule], "kind": kind, "level": level}


def _message(text: str) -> Members:
    """Plain text: no line of its own, and no `[text](link)`, which viewers would make a link (section 3.11.6)."""
    return {"text": line(crop(text, _MESSAGE_WIDTH)).replace("](", "] (") or "…"}


def _unique(related: list[Members]) -> list[Members]:
    """As many as are kept, each once, as the standard asks (section 3.27.22)."""
    return list({repr(one): one for one in related}.values())[:MOST_RELATED]


def _location(location: Location, address: str) -> Members:
    return {
        "physicalLocation": _physical(location),
        **_optional("logicalLocations", [{"fullyQualifiedName": address}] if address else []),
    }


def _physical(location: Location) -> Members:
    return {"artifactLocation": {"uri": _uri(location.path)}, "region": _region(location.span)}


def _region(span: Span) -> Members:
    start, end = span
    end = max(start, end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _related(message: str, location: Location) -> Members:
    return {"physicalLocation": _physical(location), "message": _message(message)}


def _uri(path: str) -> str:
    """A relative reference (RFC 3986 section 4.2); file names that are not UTF-8 keep their bytes."""
    try:
        return quote(path.encode("utf-8", "surrogateescape")) or "."
    except UnicodeEncodeError:
        return quote(path.encode("utf-8", "surrogatepass"))


def _fingerprint(fingerprint: str) -> Members:
    return {"integrationlint/v1": fingerprint} if fingerprint else {}


def _suppression(suppression: Suppression | None) -> Members:
    if suppression is None:
        return {"kind": "external", "status": "accepted", "justification": "known before: it is in the baseline"}
    return {
        "kind": "inSource" if suppression.inline else "external",
        "status": "accepted",
        "justification": line(view.exception(suppression)),
    }


def _gravest(results: list[Members]) -> list[Members]:
    """All results, or the gravest 25 000 of them, in their order."""
    if len(results) <= MOST_RESULTS:
        return results
    ranked = sorted(range(len(results)), key=lambda at: -_WEIGHTS[str(results[at]["level"])])
    return [results[at] for at in sorted(ranked[:MOST_RESULTS])]


def _notifications(report: Report, *, left_out: int) -> list[Members]:
    """What went wrong while running (section 3.20.21): errors, unreadable files, notes, results left out."""
    notifications = [
        {
            "descriptor": {"id": error.kind or "error"},
            "level": "error",
            "message": _message(" ".join(part for part in (error.rule, error.message) if part)),
            **_optional("locations", [_file(error.file)] if error.file else []),
        }
        for error in report.errors
    ]
    notifications += [
        {
            "descriptor": {"id": "unreadable"},
            "level": "warning",
            "message": _message(finding.message),
            "locations": [_location(finding.location, "")],
        }
        for finding in _unreadable(report)
    ]
    notes = list(report.notes)
    if left_out:
        notes.append(f"{left_out} results of lesser weight are left out: services accept {MOST_RESULTS} of them")
    notifications += [{"descriptor": {"id": "note"}, "level": "note", "message": _message(note)} for note in notes]
    return notifications


def _unreadable(report: Report) -> Iterable[Finding]:
    return (one for one in view.findings(report) if "#fault" in one.address)


def _file(path: str) -> Members:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(path)}}}


def _optional(name: str, value: "list[Members] | Members") -> Members:
    return {name: value} if value else {}
