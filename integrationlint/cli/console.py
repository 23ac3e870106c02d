"""The one way to the terminal: results on stdout, everything else on stderr."""

import contextlib
import os
import sys
from collections.abc import Mapping
from typing import Final, TextIO

from integrationlint.model.errors import InputError
from integrationlint.report.sanitise import line

# Pipes and files get this many cells, so that a report does not depend on who reads it.
WIDTH: Final = 100


def prepare() -> None:
    """Make both streams write UTF-8 with bare line feeds; a terminal keeps its encoding, with escapes for the rest."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = {} if stream.isatty() else {"encoding": "utf-8", "newline": "\n"}
            reconfigure(errors="backslashreplace", **encoding)


def result(text: str) -> None:
    """Write to stdout. A reader that has gone away is no error; InputError when the text cannot be written."""
    try:
        _write(sys.stdout, text)
    except BrokenPipeError:
        _close(sys.stdout)
    except OSError as error:
        _close(sys.stdout)
        raise InputError(f"standard output cannot be written ({error.strerror or error})") from None


def say(text: str) -> None:
    """Write one line to stderr, made harmless. Whoever calls begins it with words of ours."""
    with contextlib.suppress(OSError):
        _write(sys.stderr, f"{line(text)}\n")


def _write(stream: TextIO | None, text: str) -> None:
    if stream is not None:  # None: the program was started without it
        stream.write(text)
        stream.flush()


def _close(stream: TextIO) -> None:
    # What is left in its buffer must not fail again when the interpreter ends.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def colored(choice: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether to colour stdout: `always`, `never`, or `auto` by NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and terminal."""
    if choice != "auto":
        return choice == "always"
    if environment.get("NO_COLOR"):
        return False
    if any(environment.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return _is_terminal(sys.stdout) and environment.get("TERM") != "dumb"


def width() -> int:
    """The cells of a line on stdout."""
    if not _is_terminal(sys.stdout):
        return WIDTH
    from shutil import get_terminal_size

    return get_terminal_size((WIDTH, 24)).columns


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
