"""`integrationlint doctor`."""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from tempfile import TemporaryFile
from typing import Final, NamedTuple

from integrationlint import __version__
from integrationlint.catalog import assembled
from integrationlint.cli import console, gate, options
from integrationlint.cli.table import table
from integrationlint.model.errors import UserError
from integrationlint.model.limits import DEFAULT_LIMITS
from integrationlint.resources import cache_folder

_GIT_SECONDS: Final = 10


class _Line(NamedTuple):
    """One thing that was looked at; `wrong` says why nothing works without it, `note` what is worth knowing."""

    name: str
    value: str
    note: str = ""
    wrong: str = ""


def doctor(*, quiet: options.Quiet = False) -> int:
    """Look at what there is to work with.

    Exit codes: 0 it works, 2 something is missing.
    """
    lines = [*_programs(), *_packages(), *_parsers(), *_folders(), *_limits()]
    rows = [(_mark(one), one.name, one.value, one.wrong or one.note) for one in lines]
    console.result(table(row for row in rows if not quiet or row[0] != "ok"))
    return gate.BROKEN if any(one.wrong for one in lines) else gate.PASSED


def _mark(one: _Line) -> str:
    return "wrong" if one.wrong else "note" if one.note else "ok"


def _programs() -> Iterator[_Line]:
    yield _Line("integrationlint", __version__)
    yield _Line("python", f"{platform.python_version()} ({platform.python_implementation()}, {sys.platform})")
    git = which("git")
    if git is None:
        yield _Line("git", "not found", "revisions, the index and 'diff' of revisions need it; all else works")
    else:
        yield _Line("git", _git_version(git))
    stdout = getattr(sys.stdout, "encoding", "none")
    yield _Line("encoding", f"stdout {stdout}, file names {sys.getfilesystemencoding()}")


def _git_version(git: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  the git of the PATH, asked for its version
            [git, "--version"], capture_output=True, text=True, timeout=_GIT_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        return f"does not answer ({error})"
    return done.stdout.strip().removeprefix("git version ")


def _packages() -> Iterator[_Line]:
    try:
        requirements = requires("integrationlint") or []
    except PackageNotFoundError:
        yield _Line("packages", "unknown", "integrationlint runs from a folder, without having been installed")
        return
    for requirement in requirements:
        name = re.match(r"[\w.-]+", requirement)
        if name is None or "extra ==" in requirement:
            continue
        try:
            yield _Line(name[0], version(name[0]))
        except PackageNotFoundError:
            yield _Line(name[0], "missing", wrong=f"pip install '{requirement}'")


def _parsers() -> Iterator[_Line]:
    from pyexpat import EXPAT_VERSION

    yield _Line("expat", EXPAT_VERSION.removeprefix("expat_"))
    try:
        fast = find_spec("yaml._yaml") is not None
    except ImportError:
        return
    yield _Line("libyaml", "yes" if fast else "no", "" if fast else "YAML is read all the same, but slower")


def _folders() -> Iterator[_Line]:
    place = cache_folder()
    writable = _writable(place)
    yield _Line("cache", str(place), "" if writable else "cannot be written: every run starts from the beginning")
    try:
        yield _Line("rules", f"{len(assembled().rules)} built in")
    except (UserError, OSError) as error:
        yield _Line("rules", "cannot be read", wrong=str(error))


def _writable(place: Path) -> bool:
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=place):
            return os.access(place, os.W_OK)
    except OSError:
        return False


def _limits() -> Iterator[_Line]:
    for one in fields(DEFAULT_LIMITS):
        yield _Line(f"limit {one.name.replace('_', '-')}", str(getattr(DEFAULT_LIMITS, one.name)))
