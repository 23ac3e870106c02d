"""Secrets do not travel on."""

from collections.abc import Callable

import pytest

from integrationlint.model.report import Report
from integrationlint.report.redact import redact
from integrationlint.report.reporters import REPORTERS, render

# Made up, in the shapes that issuers publish.
SECRETS = {
    "aws": "AKIA" + "QWERTYUIOP123456",
    "github": "ghp_" + "a1B2c3D4e5" * 4,
    "gitlab": "glpat-" + "x9Y8z7W6v5U4t3S2r1Q0",
    "slack": "xoxb-" + "1234567890-abcdef",
    "stripe": "sk_live_" + "51Habcdefgh12345678",
    "jwt": "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P",
}


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
def test_known_shapes_are_masked_anywhere(secret: str) -> None:
    shown = redact(f"the example ({secret}) is bad")
    assert shown == f"the example ({secret[:4]}{'*' * (len(secret) - 4)}) is bad"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('"password": "s3cr3t-value"', '"password": "s3cr********"'),
        ("apiKey=9f8a7b6c5d", "apiKey=9f8a******"),
        ("Authorization: Bearer 0123456789abcdef", "Authorization: Bearer 0123************"),
        ("jdbc://scott:tiger@db/x", "jdbc://scott:tige*@db/x"),
        ("-----BEGIN RSA PRIVATE KEY-----MIIE", "----" + "*" * 31),
    ],
)
def test_named_values_are_masked(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "password: {type: string, minLength: 8}",
        "tokenUrl: https://id.example.org/oauth2/token",
        "password: ${DB_PASSWORD_1}",
        "http://host:8080/path/v1",
        "path segment purchaseOrders is not in kebab case",
        "basic authentication is used",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("name", REPORTERS)
def test_no_reporter_prints_a_secret(name: str, hostile_report: Callable[[str, str], Report]) -> None:
    report = hostile_report("x", "diff")
    for secret in SECRETS.values():
        changes = tuple(_with(one, secret) for one in report.changes)
        findings = tuple(_with(one, secret) for one in report.findings)
        assert secret[8:] not in render(name, _with(report, secret, changes=changes, findings=findings))


def _with(thing: object, secret: str, **more: object) -> object:
    """The same with the secret in every quoted text."""
    from dataclasses import fields, replace

    quoted = {"message": f"no {secret}", "excerpt": f"k: {secret}", "before": {"k": [secret]}, "witness": secret}
    quoted |= {"notes": (secret,), **more}
    known = {one.name for one in fields(thing)}  # type: ignore[arg-type]  (any of the frozen dataclasses)
    return replace(thing, **{name: value for name, value in quoted.items() if name in known})  # type: ignore[type-var]


def test_scanning_is_linear() -> None:
    for part in ("eyJ", "eyJaaaaaaaa.", "ghp_", "password=", "://a:", "-----BEGIN ", "basic "):
        redact(part * 100_000)
