"""Repositories made to harm: configuration that names programs, damaged objects, swapped folders."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from integrationlint.model.errors import InputError, RevisionError
from integrationlint.source.revision import changed_since, index, merge_base, revision
from integrationlint.source.snapshot import Snapshot
from integrationlint.source.worktree import Worktree

Git = Callable[..., str]
Write = Callable[..., Path]
Commit = Callable[..., str]


@pytest.mark.skipif(os.name == "nt", reason="shell scripts")
def test_no_program_that_the_repository_names_is_run(
    tmp_path: Path, repository: Path, git: Git, write: Write, commit: Commit
) -> None:
    traps = tmp_path / "traps"
    traps.mkdir()
    for name in ("a.yaml", "b.yaml", "c.yaml"):
        write(name, name)
    write(".gitattributes", "*.yaml filter=trap diff=trap merge=trap\n")
    commit()

    def trap(name: str) -> str:
        script = tmp_path / name
        script.write_text(f"#!/bin/sh\ntouch {traps}/{name}\ncat\n")
        script.chmod(0o755)
        return str(script)

    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "core.askPass",
        "core.alternateRefsCommand",
        "core.gitProxy",
        "credential.helper",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "filter.trap.clean",
        "filter.trap.smudge",
        "merge.trap.driver",
        "gpg.program",
        "uploadpack.packObjectsHook",
    ):
        git("config", key, trap(key))
    git("config", "core.hooksPath", str(tmp_path / "hooks"))
    (tmp_path / "hooks").mkdir()
    for hook in ("post-index-change", "post-checkout", "pre-commit", "reference-transaction", "fsmonitor-watchman"):
        (tmp_path / "hooks" / hook).symlink_to(trap(f"hook-{hook}"))

    def dirty() -> None:
        """Files and index of the same age: Git cannot tell by the clock which are changed, and wants to look inside."""
        write("a.yaml", "A.yaml")
        write("b.yaml", "longer than before")
        for name in ("a.yaml", "b.yaml", "c.yaml", ".git/index"):
            os.utime(repository / name, (1_000_000_000, 1_000_000_000))

    dirty()
    for command in (["diff-index", "-p", "--ext-diff", "HEAD"], ["diff-files", "-p", "--textconv"], ["status"]):
        subprocess.run(["git", *command], cwd=repository, capture_output=True, check=False)
    sprung = {path.name for path in traps.iterdir()}
    assert sprung >= {"core.fsmonitor", "diff.trap.command", "filter.trap.clean"}, "the traps work"
    for path in traps.iterdir():
        path.unlink()

    dirty()
    root = str(repository)
    snapshots: list[Snapshot] = [revision(root, "HEAD"), index(root), Worktree(root)]
    assert all(one.read(path) for one in snapshots for path in one.paths())
    assert changed_since(root, "HEAD") == {"a.yaml", "b.yaml"}
    assert merge_base(root)
    with pytest.raises(RevisionError, match="unknown revision"):
        revision(root, "gone")
    assert list(traps.iterdir()) == []


def test_only_git_is_started_and_nothing_connected(repository: Path, write: Write, commit: Commit) -> None:
    commit({"a.yaml": "a"})
    write("b.yaml", "b")
    code = """
import sys
seen = set()
def hook(event, details):
    if event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
        seen.add((event, str(details[0])))
    elif event.startswith("socket."):
        seen.add((event, ""))
sys.addaudithook(hook)
from integrationlint.source.revision import changed_since, index, merge_base, revision
from integrationlint.source.worktree import Worktree
root = sys.argv[1]
for one in (revision(root, "HEAD"), index(root), Worktree(root)):
    for path in one.paths():
        one.read(path)
changed_since(root, merge_base(root))
print(sorted(seen))
"""
    done = subprocess.run([sys.executable, "-c", code, str(repository)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[('subprocess.Popen', 'git')]"
    assert done.stderr == ""


def test_damaged_objects_are_errors_of_their_files(repository: Path, git: Git, commit: Commit) -> None:
    commit({f"{number}.yaml": f"content {number}\n" * 50 for number in range(30)})
    root = str(repository)
    for number in range(0, 30, 3):
        oid = git("rev-parse", f"HEAD:{number}.yaml")
        place = repository / ".git" / "objects" / oid[:2] / oid[2:]
        place.chmod(0o644)
        if number % 2:
            place.unlink()
        else:
            place.write_bytes(place.read_bytes()[:20] + b"garbage")
    snapshot = revision(root, "HEAD")
    assert len(snapshot.paths()) == 30
    for number in range(30):
        if number % 3:
            assert snapshot.read(f"{number}.yaml") == f"content {number}\n".encode() * 50
        else:
            with pytest.raises(InputError, match=rf"^{number}\.yaml: "):
                snapshot.read(f"{number}.yaml")


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        (".git/index", b"garbage", "Git: "),
        (".git/HEAD", b"garbage", "is not in a Git repository"),
        (".git/HEAD", b"ref: refs/heads/\xff\n", "unknown revision 'HEAD'"),
        (".git/config", b"[core\n", "Git: "),
        (".git/config", b"[core]\n\trepositoryformatversion = 99\n", "Git: "),
        (".git/refs/heads/main", b"not an object id\n", "unknown revision 'HEAD'"),
        (".git/refs/heads/main", b"0" * 40 + b"\n", "unknown revision 'HEAD'"),
        (".git/objects/info/alternates", b"/nowhere\n../../..\n", ""),
        (".git/info/exclude", b"\xff\0\n[\n", ""),
        (".git/shallow", b"garbage\n", "Git: "),
        (".git/packed-refs", b"\0\0\0", "Git: "),
    ],
)
def test_a_damaged_repository_is_an_error_of_one_line(
    repository: Path, commit: Commit, path: str, content: bytes, message: str
) -> None:
    commit({"a.yaml": "a"})
    (repository / path).write_bytes(content)
    root = str(repository)
    assert Worktree(root).paths() == ("a.yaml",)
    asks: list[Callable[[], object]] = [
        lambda: index(root).read("a.yaml"),
        lambda: revision(root, "HEAD").read("a.yaml"),
        lambda: changed_since(root, "HEAD"),
        lambda: merge_base(root),
    ]
    said = [line for ask in asks if (line := _error(ask))]
    assert bool(said) is bool(message)
    assert any(message in line for line in said) or not message, said
    assert "\n" not in "".join(said)


def _error(ask: Callable[[], object]) -> str:
    try:
        ask()
    except (RevisionError, InputError) as error:
        return str(error)
    return ""


def test_links_in_a_commit_never_lead_to_the_disk(repository: Path, git: Git, write: Write, commit: Commit) -> None:
    commit({"a.yaml": "a"})
    targets = ("/etc/passwd", "../../../etc/passwd", ".git/config", "", "a.yaml/x", "x" * 5_000, "\0", "a.yaml\n")
    lines = []
    for number, target in enumerate(targets):
        oid = git("hash-object", "-w", "--stdin", data=target.encode())
        lines.append(f"120000 {oid}\tlink{number}.yaml\n")
    git("update-index", "--add", "--index-info", data="".join(lines).encode())
    snapshot = index(str(repository))
    assert snapshot.paths() == ("a.yaml",)
    assert not any(snapshot.exists(f"link{number}.yaml") for number in range(len(targets)))


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_a_tracked_file_behind_a_swapped_folder_is_not_read(
    tmp_path: Path, repository: Path, write: Write, commit: Commit
) -> None:
    base = commit({"a/secret.yaml": "tracked"})
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.yaml").write_text("secret")
    (repository / "a" / "secret.yaml").unlink()
    (repository / "a").rmdir()
    (repository / "a").symlink_to(tmp_path / "outside")
    assert "a/secret.yaml" not in changed_since(str(repository), base)
    snapshot = Worktree(str(repository), known=revision(str(repository), base).paths())
    assert snapshot.paths() == ()
