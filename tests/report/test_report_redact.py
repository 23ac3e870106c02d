"""Secrets do not travel on."""

from dataclasses import replace

import pytest

from integrationlint.model.change import Witness
from integrationlint.model.report import Report
from integrationlint.report.redact import redact, redacted
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
def test_no_reporter_prints_a_secret(name: str, sample_lint: Report, sample_diff: Report) -> None:
    for secret in SECRETS.values():
        findings = tuple(replace(one, message=f"no {secret}", excerpt=f"k: {secret}") for one in sample_lint.findings)
        errors = tuple(replace(one, message=secret) for one in sample_lint.errors)
        lint = replace(sample_lint, findings=findings, errors=errors, notes=(secret,))
        changes = tuple(
            replace(
                one,
                message=secret,
                before={"k": [secret]},
                after=secret,
                witness=Witness(f"<k>{secret}</k>", "xml", "base", secret),
                fix="",
            )
            for one in sample_diff.changes
        )
        for report in (lint, replace(sample_diff, changes=changes)):
            # Without the backslashes by which Markdown escapes.
            shown = render(name, report).replace("\\", "")
            assert secret[:4] in shown
            assert secret[4:] not in shown


def test_the_name_of_a_member_tells(sample_diff: Report) -> None:
    change = replace(sample_diff.changes[0], before={"password": "hunter22", "name": "hunter22"})
    shown = redacted(replace(sample_diff, changes=(change,))).changes[0]
    assert shown.before == {"password": "hunt****", "name": "hunter22"}


@pytest.mark.parametrize("part", ["eyJ", "eyJaaaaaaaa.", "ghp_", "password=", "://a:", "-----BEGIN ", "basic "])
def test_a_long_text_keeps_its_length(part: str) -> None:
    # A scan that is not linear would not come back from this.
    text = part * 50_000
    assert len(redact(text)) == len(text)
