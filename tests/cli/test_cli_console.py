import io
import sys

import pytest

from integrationlint.cli import console
from integrationlint.cli.table import table


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def test_messages_are_one_harmless_line(capsys: pytest.CaptureFixture[str]) -> None:
    console.say("error: a\nb\x1b[2J ##[error]x")
    assert capsys.readouterr().err == "error: a\\nb\\x1b[2J # #[error]x\n"


def test_streams_write_what_no_code_page_has(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\r\n"))
    console.prepare()
    console.result("→ é \udc80\n")
    assert raw.getvalue() == "→ é \\udc80\n".encode()


def test_a_program_without_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    console.prepare()
    console.result("x")
    console.say("x")
    assert console.colored("auto", {}) is False


def test_terminals(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "60")
    assert console.width() == 60
    assert console.colored("auto", {}) is True
    assert console.colored("auto", {"TERM": "dumb"}) is False
    assert console.colored("auto", {"NO_COLOR": "1"}) is False
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert console.width() == 100


def test_tables() -> None:
    assert table([]) == ""
    assert table([("a", "bb", ""), ("aaa", "b", "c")], ("x", "y", "z")) == "x    y   z\na    bb\naaa  b   c\n"
    assert table([("::error::", "\x1b")]) == "./::error::  \\x1b\n"
