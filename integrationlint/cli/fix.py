"""What `lint --fix` writes and what `lint --diff` shows."""

import re
from collections.abc import Callable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import Final

from integrationlint.cli import console
from integrationlint.cli.output import STDOUT, Output
from integrationlint.cli.site import Site
from integrationlint.model.errors import InputError, UsageError
from integrationlint.model.limits import Limits
from integrationlint.pipeline.fix import Fixed
from integrationlint.report.sanitise import visible
from integrationlint.report.view import plural
from integrationlint.source.file import inside, read_file
from integrationlint.source.write import write_atomic

_MARK: Final = "\ufeff"
_KEPT_ENDS: Final = re.compile(r"(\r\n|\n|\r)\Z")


def without_stdout(targets: Mapping[str, str], *, asked: bool) -> dict[str, str]:
    """Where reports go when a diff goes to stdout; UsageError where a format was asked for there."""
    if asked and STDOUT in targets:
        raise UsageError(f"--diff goes to stdout: give the format a file, as in --format {targets[STDOUT]}=FILE")
    return {file: name for file, name in targets.items() if file != STDOUT}


def writable(site: Site) -> Callable[[str], bool]:
    """Whether a path from the root is a file of its own: no symbolic link on the way, and not outside the root."""
    return lambda path: inside(site.root, path) == str(Path(site.root) / path)


def deliver(fixed: Fixed, site: Site, limits: Limits, output: Output, *, written: bool) -> None:
    """Write the files, or show what would be written; then tell what came of it."""
    if written:
        write(site, fixed, limits)
    else:
        show(fixed)
    for one in fixed.kept:
        output.hint(one)
    done = "fixed" if written else "--fix would fix"
    if fixed.count or written:
        output.hint(f"{done} {plural(fixed.count, 'finding')} in {plural(len(fixed.files), 'file')}")


def write(site: Site, fixed: Fixed, limits: Limits) -> None:
    """Put every changed file in its place, whole; InputError for one that is not as it was read any more."""
    for path, (before, after) in fixed.files.items():
        place = str(site.place(path))
        if read_file(place, path, limits.file_size) != before:
            raise InputError(f"{path}: has changed while it was fixed, and is left alone: run the command again")
        write_atomic(place, after)


def show(fixed: Fixed) -> None:
    """Print the changes as a unified diff, which `git apply` and `patch -p1` take."""
    for path, (before, after) in fixed.files.items():
        console.result("".join(_diff(path, before, after)))


def _diff(path: str, before: bytes, after: bytes) -> Iterator[str]:
    try:
        old, new = (data.decode() for data in (before, after))
    except UnicodeDecodeError:
        yield f"Files a/{visible(path)} and b/{visible(path)} differ: not both are UTF-8\n"
        return
    for line in unified_diff(_lines(old), _lines(new), f"a/{visible(path)}", f"b/{visible(path)}"):
        yield _shown(line)
        if not line.endswith("\n"):
            yield "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines as Git counts them: broken at line feeds alone."""
    return [one for one in re.split(r"(?<=\n)", text) if one]


def _shown(line: str) -> str:
    """A line of a diff that does nothing to a terminal; tabs, the line end and a byte order mark stay as they are."""
    end = _KEPT_ENDS.search(line)
    text, rest = (line[: end.start()], end[0]) if end else (line, "")
    return "".join(part if part in ("\t", _MARK) else visible(part) for part in re.split(f"([\t{_MARK}])", text)) + rest
