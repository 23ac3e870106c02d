"""Git's commands, run without a shell, network, prompt, lock, hook or filter: the one door to Git.

Through GitPython's `Git.execute` with argument lists of our own: its porcelain and its command builder turn values into
options. Revisions become object ids before they are used, paths come only from Git.
"""

import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from integrationlint.model.errors import RevisionError, did_you_mean
from integrationlint.source.file import real_folder, toplevel

if TYPE_CHECKING:
    from git.cmd import Git

# No network, no prompt, no lock, no program that the configuration of the repository names.
_OPTIONS: Final = ("-c", "core.fsmonitor=false", "-c", "protocol.allow=never")
_ENVIRONMENT: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_OBJECT_ID: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_REVISION_LENGTH: Final = 256
_NAMES: Final = 2_000  # of branches and tags among which to look for what was meant
_NO_GIT: Final = "git was not found; install it, or put it on the PATH"
SHALLOW: Final = "this clone is shallow: run `git fetch --unshallow`, or set `fetch-depth: 0` where CI checks out"


def repository(root: str) -> tuple[str, str]:
    """Where to run Git, and the folder below it that is meant, empty or with a slash at its end."""
    place = real_folder(root)
    top = toplevel(place)
    if top is None or top == place:  # none: a bare repository, or Git will say what is wrong
        return place, ""
    return top, Path(place).relative_to(top).as_posix() + "/"


def resolve(place: str, rev: str) -> str:
    """The object id of the commit that `rev` names."""
    if len(rev) > _REVISION_LENGTH or not rev.isprintable() or not rev.strip() or rev.startswith("-"):
        raise RevisionError(f"{rev[:40]!a} cannot be a revision; name a branch, a tag or a commit")
    status, answer, error = run(place, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{rev}^{{commit}}")
    oid = answer.decode("ascii", "replace").strip()
    if status == 0 and _OBJECT_ID.fullmatch(oid):
        return oid
    if status > 1 and error:
        raise failure(place, error)
    raise _unknown(place, rev)


def _unknown(place: str, rev: str) -> RevisionError:
    names = ("refs/heads", "refs/tags", "refs/remotes")
    known = output(place, "for-each-ref", f"--count={_NAMES}", "--format=%(refname:short)", *names)
    if is_shallow(place):
        advice = SHALLOW
    elif known:
        advice = "`git branch -a` and `git tag` list what there is"
    else:
        advice = "the repository has no commit yet"
    hint = did_you_mean(rev, known.decode("utf-8", "replace").splitlines())
    return RevisionError(f"unknown revision '{rev}'{hint}: {advice}")


def is_shallow(place: str) -> bool:
    """Whether the older part of the history was never fetched."""
    return output(place, "rev-parse", "--is-shallow-repository").strip() == b"true"


def output(place: str, *arguments: str) -> bytes:
    """Stdout of one Git command run in `place`; RevisionError where it fails."""
    status, answer, error = run(place, *arguments)
    if status:
        raise failure(place, error)
    return answer


def failure(place: str, error: str) -> RevisionError:
    """What Git says on stderr, for people."""
    if "dubious ownership" in error:
        trust = f"git config --global --add safe.directory {place}"
        return RevisionError(f"{place} belongs to another user, so Git does not read it; if you trust it: `{trust}`")
    if "not a git repository" in error:
        return RevisionError(f"{place} is not in a Git repository")
    return RevisionError(f"Git: {(error.splitlines() or ['failed without a word'])[0].removeprefix('fatal: ')}")


def run(place: str, *arguments: str) -> tuple[int, bytes, str]:
    """Exit status, stdout and stderr of one Git command run in `place`; RevisionError where there is no Git."""
    try:
        from git.cmd import Git
        from git.exc import GitCommandNotFound
    except ImportError:  # GitPython runs git when it is imported
        raise RevisionError(_NO_GIT) from None
    try:
        return Git(Path(place)).execute(  # as a Path: in a string GitPython would expand `~` and `$NAME`
            [Git.GIT_PYTHON_GIT_EXECUTABLE or "git", *_OPTIONS, *arguments],
            with_extended_output=True,
            with_exceptions=False,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
            shell=False,
            env=_ENVIRONMENT,
        )
    except (OSError, GitCommandNotFound):
        raise RevisionError(_NO_GIT) from None


def start(place: str, *arguments: str) -> "Git.AutoInterrupt":
    """One Git command that is left running; OSError where there is no Git (any more)."""
    from git.cmd import Git
    from git.exc import GitCommandNotFound

    command = [Git.GIT_PYTHON_GIT_EXECUTABLE or "git", *_OPTIONS, *arguments]
    try:
        return Git(Path(place)).execute(
            command, as_process=True, istream=subprocess.PIPE, shell=False, env=_ENVIRONMENT
        )
    except GitCommandNotFound as error:
        raise OSError(_NO_GIT) from error
