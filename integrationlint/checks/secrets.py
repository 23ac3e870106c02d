"""Credentials that somebody wrote down: tokens by the shapes that their issuers publish, and values by their names."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from math import log2
from typing import Final, NamedTuple

from integrationlint.checks.names import endings
from integrationlint.checks.scalars import scalars
from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.location import Position, Span
from integrationlint.model.rule import Problem


class _Shape(NamedTuple):
    what: str
    start: re.Pattern[str]
    pattern: re.Pattern[str]
    chosen: bool


def _shape(what: str, start: str, pattern: str, *, chosen: bool = False) -> _Shape:
    return _Shape(what, re.compile(start), re.compile(pattern), chosen)


# A start that begins with plain characters is found quickly in megabytes; the pattern is tried there, and bounded. A
# `chosen` value was thought up by somebody: it is told from a placeholder by its characters.
_SHAPES: Final = (
    _shape("an AWS access key", "A[KS]IA", r"A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9])"),
    _shape("a GitHub token", "gh[pousr]_", r"gh[pousr]_[A-Za-z0-9]{36,255}"),
    _shape("a GitHub token", "github_pat_", r"github_pat_\w{22,255}"),
    _shape("a GitLab token", "glpat-", r"glpat-[\w-]{20,255}"),
    _shape("a Slack token", "xox", r"xox[abps]-\d{6,20}-[\w-]{10,200}"),
    _shape("a Slack webhook", r"hooks\.slack\.com/services/T", r"[a-z.]+/services/T\w{6,20}/B\w{6,20}/\w{16,40}"),
    _shape("a live Stripe key", "sk_live_", r"sk_live_[A-Za-z0-9]{16,255}"),
    _shape("a live Stripe key", "rk_live_", r"rk_live_[A-Za-z0-9]{16,255}"),
    _shape("a Google API key", "AIza", r"AIza[\w-]{35}(?![\w-])"),
    _shape("a SendGrid key", r"SG\.", r"SG\.[\w-]{22}\.[\w-]{43}"),
    _shape("an npm token", "npm_", r"npm_[A-Za-z0-9]{36}(?!\w)"),
    _shape("a PyPI token", "pypi-AgE", r"pypi-AgE[\w-]{50,1000}"),
    _shape("a JSON Web Token", "eyJ", r"eyJ[\w-]{10,2000}\.eyJ[\w-]{10,8000}\.[\w-]{20,2000}"),
    _shape("a private key", "PRIVATE KEY-----", r"[A-Z -]+(?:\\[nr]|\s|&#x?\w{1,4};){0,20}(?P<value>[\w+/=]{40,100})"),
    _shape("a storage key", "AccountKey=", r"AccountKey=(?P<value>[A-Za-z0-9+/]{40,120}={0,2})"),
    _shape("a service bus key", "SharedAccessKey=", r"SharedAccessKey=(?P<value>[A-Za-z0-9+/]{40,120}={0,2})"),
    _shape("a password in a connection string", "assword=", r"assword=(?P<value>[^;&\s\"'<>]{6,256})", chosen=True),
    _shape("a password in a connection string", "wd=", r"wd=(?P<value>[^;&\s\"'<>]{6,256})", chosen=True),
    _shape(
        "a password in a URL",
        "://",
        r"://[^\s/:@\"'<>{}]{1,64}:(?P<value>[^\s/:@\"'<>]{4,128})@",
        chosen=True,
    ),
)
# Up to so many secrets, the texts that hold them are found by the secrets themselves.
_FEW: Final = 20
_WORD: Final = re.compile(r"[\w-]")
_LINE_END: Final = re.compile(r"\r\n?|\n")

# Names of values that are credentials, words joined (see `names.endings`), and those that need to look random too.
_PASSWORDS: Final = frozenset(
    "password passwd pwd passphrase pass secret clientsecret apisecret consumersecret sharedsecret secretkey".split()
)
_KEYS: Final = frozenset(
    "apikey accesskey secretaccesskey privatekey accountkey sharedaccesskey subscriptionkey authtoken accesstoken"
    " bearertoken apitoken refreshtoken securitytoken".split()
)
_NAMED: Final = _PASSWORDS | _KEYS
_PLACEHOLDER: Final = re.compile(
    r"\.\.\.|\*\*|xxx|example|sample|placeholder|change.?me|your|dummy|redacted|todo|insert|replace|1234567890|abcdef"
    r"|eyJzdWIiOiIxMjM0NTY3ODkw",
    re.IGNORECASE,
)
# References to a vault or variable in the many ways of the platforms, encrypted values, URLs, names with dots.
_EXPRESSION: Final = re.compile(
    r"\$\{|\{\{|#\{|#\[|@\{|%%|%\(|!\[|\{cipher\}|\{noop\}|secretsmanager|^[$@=<\[({]|^enc[:(]|^arn:|^vault:"
    r"|^[a-z][a-z0-9+.-]*://|^[a-z_]\w*(?:\.\w+)+$",
    re.IGNORECASE,
)
# API contracts show example values under such names; what they hold is judged by its shape alone.
_CONTRACTS: Final = frozenset({"api", "type", "schema-document"})


def written_down(
    element: Element, *, patterns: tuple[str, ...] = (), allow: tuple[str, ...] = (), entropy: float = 3.5
) -> Iterator[Problem]:
    """No text of a document is a token, key or password; references to a vault and placeholders are none.

    `patterns` adds regular expressions of shapes of one's own, `allow` those of values that may be there. `entropy`
    (bits per character) is what a value of a telling name must have to be taken for a key. Secrets are never quoted.
    """
    if element.parent is not None or element.document.value is None:
        return
    document = element.document
    found = Matching().found
    shaped = {text: (what, at) for text, what, at in _shaped(document.text) if not found(allow, text)}
    named = element.kind not in _CONTRACTS
    seen: set[str] = set()
    for one in scalars(document) if shaped or named or patterns else ():
        what = _named(one.name, one.text, entropy) if named else ""
        suspect = len(shaped) > _FEW or any(text in one.text for text in shaped)
        for text, shape, _ in _shaped(one.text) if suspect else ():
            seen.add(text)
            what = shape if text in shaped else what
        if not what and patterns and found(patterns, one.text):
            what = "a secret"
        if what and not found(allow, one.text):
            yield Problem({"what": what}, at=one.pointer)
    rest = {at: (what, len(text)) for text, (what, at) in shaped.items() if text not in seen}
    for at, span in _spans(document.text, rest):
        # In a comment, in a name, or written with escapes: there is no pointer to it, but a place.
        yield Problem({"what": rest[at][0]}, element=Element("document", "", document, span=span))


def _shaped(text: str) -> Iterator[tuple[str, str, int]]:
    """What has the shape of a secret in a text, what it is, and at which offset."""
    for shape in _SHAPES:
        end = 0
        for start in shape.start.finditer(text):
            at = start.start()
            before = text[at - 1 : at]
            if at < end or not (shape.chosen or not before or before.isspace() or not _WORD.match(before)):
                continue
            match = shape.pattern.match(text, at)
            if match is not None:
                end = match.end()
                value = match["value"] if "value" in shape.pattern.groupindex else match[0]
                if _is_secret(shape, value):
                    yield value, shape.what, at


def _is_secret(shape: _Shape, value: str) -> bool:
    if shape.chosen:
        return _chosen(value)
    return len(set(value)) > 10 and not _PLACEHOLDER.search(value[4:])


def _named(name: str, text: str, entropy: float) -> str:
    if not name or not 8 <= len(text) <= 512 or endings(name).isdisjoint(_NAMED) or not _chosen(text):
        return ""
    if endings(name).isdisjoint(_PASSWORDS):
        return f"a value for '{name}'" if len(text) >= 16 and _entropy(text) >= entropy else ""
    return f"a value for '{name}'"


def _chosen(text: str) -> bool:
    """Somebody's choice, or a machine's: letters and digits, no spaces, no placeholder, no path, no plain word."""
    if (
        any(one.isspace() for one in text)
        or len(set(text)) < 5
        or _PLACEHOLDER.search(text)
        or _EXPRESSION.search(text)
    ):
        return False
    return any(one.isdigit() for one in text) and any(one.isalpha() for one in text)


def _entropy(text: str) -> float:
    """Bits per character (Shannon)."""
    return -sum(count / len(text) * log2(count / len(text)) for count in Counter(text).values())


def _spans(text: str, places: Mapping[int, tuple[str, int]]) -> Iterator[tuple[int, Span]]:
    starts = [0, *(one.end() for one in _LINE_END.finditer(text))] if places else []
    for at, (_, length) in sorted(places.items()):
        line = bisect_right(starts, at)
        column = at - starts[line - 1] + 1
        yield at, Span(Position(line, column), Position(line, column + length))
