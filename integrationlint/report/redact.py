"""Secrets that artifacts hold in examples and defaults do not travel on into reports."""

import re
from dataclasses import replace
from typing import Final

from integrationlint.model.change import Dependent, Witness
from integrationlint.model.finding import Finding
from integrationlint.model.report import JudgedChange, Report, RunError
from integrationlint.model.rule import Related
from integrationlint.report.values import Json, plain

_KEPT: Final = 4
# Token shapes as their issuers publish them; each begins at a word boundary and is bounded, so a scan is linear.
_TOKENS: Final = re.compile(
    r"(?<![\w-])(?:"
    r"(?:AKIA|ASIA)[0-9A-Z]{16}(?!\w)"  # AWS access key id
    r"|gh[pousr]_\w{36,255}|github_pat_\w{22,255}"  # GitHub
    r"|glpat-[\w-]{20,255}"  # GitLab
    r"|xox[abeoprs]-[\w-]{10,255}"  # Slack
    r"|[rs]k_(?:live|test)_\w{16,255}"  # Stripe
    r"|AIza[\w-]{35}"  # Google
    r"|eyJ[\w-]{8,4096}\.[\w-]{8,4096}(?:\.[\w-]{0,4096})?"  # JSON Web Token, RFC 7519
    r")"
    r"|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*"  # RFC 7468
)
# A value behind a telling name, and the password of a URL (RFC 3986 section 3.2.1).
_NAMED: Final = re.compile(
    r"(?:(?:password|passwd|pwd|secret|api[-_]?key|access[-_]?key|token)[\"']?\s{0,4}[:=]\s{0,4}[\"']?"
    r"|\b(?:bearer|basic)\s{1,4})"
    r"(?P<secret>[^\s\"'<>{}$,;]{8,1024})",
    re.IGNORECASE,
)
# One of these is in every text that holds a secret, in lower case; most texts hold none, and are done with one look.
_SIGNS: Final = (
    *("akia", "asia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xox", "k_live_", "k_test_"),
    *("aiza", "eyj", "private key", "@", "passw", "pwd", "secret", "api", "access", "token", "bearer", "basic"),
)
_USERINFO: Final = re.compile(r"://[^\s/:@]{1,256}:(?P<secret>[^\s/@]{1,256})(?=@)")


def redact(text: str) -> str:
    """The text with what looks like a secret masked: its first four characters stay, and its length.

    Known token shapes, and values with a letter and a digit behind names such as `password` or in URLs.
    """
    folded = text.lower()
    if len(text) < 2 * _KEPT or not any(sign in folded for sign in _SIGNS):
        return text
    text = _TOKENS.sub(lambda found: _mask(found[0]), text)
    return _USERINFO.sub(_hide, _NAMED.sub(_hide_if_random, text))


def redacted(report: Report) -> Report:
    """The report with secrets masked in what it quotes: messages, excerpts, values and witnesses.

    Values come out as plain bounded JSON values. Addresses, paths, pointers and fingerprints are
    identifiers and stay as they are.
    """
    return replace(
        report,
        findings=tuple(_finding(one) for one in report.findings),
        changes=tuple(_change(one) for one in report.changes),
        errors=tuple(_error(one) for one in report.errors),
        notes=tuple(redact(one) for one in report.notes),
    )


def _finding(finding: Finding) -> Finding:
    message, excerpt = redact(finding.message), redact(finding.excerpt)
    related = tuple(Related(redact(one.message), one.location) for one in finding.related)
    if message == finding.message and excerpt == finding.excerpt and related == finding.related:
        return finding
    return replace(finding, message=message, excerpt=excerpt, related=related)


def _change(change: JudgedChange) -> JudgedChange:
    return replace(
        change,
        message=redact(change.message),
        before=_value(plain(change.before)),
        after=_value(plain(change.after)),
        witness=_witness(change.witness),
        impact=tuple(_dependent(one) for one in change.impact),
    )


def _witness(witness: Witness | None) -> Witness | None:
    if witness is None:
        return None
    return replace(witness, text=redact(witness.text), refused=redact(witness.refused))


def _dependent(dependent: Dependent) -> Dependent:
    return replace(dependent, via=tuple(redact(step) for step in dependent.via))


def _error(error: RunError) -> RunError:
    return replace(error, message=redact(error.message))


def _value(value: Json, name: str = "") -> Json:
    if isinstance(value, dict):
        return {key: _value(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_value(one, name) for one in value]
    if isinstance(value, str):
        # With the member's name in front, so that `{"password": "…"}` is seen as one.
        return redact(f"{name}: {value}")[len(name) + 2 :] if name else redact(value)
    return value


def _hide_if_random(found: re.Match[str]) -> str:
    secret = found["secret"]
    return _hide(found) if re.search("[0-9]", secret) and re.search("[A-Za-z]", secret) else found[0]


def _hide(found: re.Match[str]) -> str:
    secret = found["secret"]
    return found[0][: -len(secret)] + _mask(secret)


def _mask(secret: str) -> str:
    return secret[:_KEPT] + "*" * (len(secret) - _KEPT)
