"""Commits, the index and what changed, from real repositories."""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from integrationlint.model.errors import InputError, RevisionError
from integrationlint.model.limits import Limits
from integrationlint.model.report import SnapshotInfo
from integrationlint.source.revision import changed_since, index, merge_base, revision
from integrationlint.source.snapshot import Reason, Snapshot
from integrationlint.source.worktree import Worktree

Git = Callable[..., str]
Write = Callable[..., Path]
Commit = Callable[..., str]
posix = pytest.mark.skipif(os.name == "nt", reason="symbolic links and names of POSIX")


def yaml(path: str) -> bool:
    return path.endswith(".yaml")


def test_head_index_and_worktree_are_three_things(repository: Path, git: Git, write: Write, commit: Commit) -> None:
    oid = commit({"a.yaml": "head", "b/c.yaml": "head"})
    write("a.yaml", "staged")
    write("new.yaml", "staged")
    git("add", "a.yaml", "new.yaml")
    write("a.yaml", "disk")
    write("untracked.yaml", "disk")
    root = str(repository)
    snapshots: list[Snapshot] = [revision(root, "HEAD"), index(root), Worktree(root)]
    assert [one.info for one in snapshots] == [
        SnapshotInfo("revision", oid, "HEAD"),
        SnapshotInfo("index"),
        SnapshotInfo("worktree"),
    ]
    assert [one.read("a.yaml") for one in snapshots] == [b"head", b"staged", b"disk"]
    assert [one.paths() for one in snapshots] == [
        ("a.yaml", "b/c.yaml"),
        ("a.yaml", "b/c.yaml", "new.yaml"),
        ("a.yaml", "b/c.yaml", "new.yaml", "untracked.yaml"),
    ]
    assert [one.exists("new.yaml") for one in snapshots] == [False, True, True]


def test_any_blob_can_be_read_in_any_order(repository: Path, commit: Commit) -> None:
    files = {"a.yaml": "", "b.yaml": "x" * 70_000, "c.txt": "\n\nno line end", "d.yaml": "\0\r\n"}
    commit(files)
    snapshot = revision(str(repository), "main", wanted=yaml)
    assert snapshot.paths() == ("a.yaml", "b.yaml", "d.yaml")
    for path in ("d.yaml", "c.txt", "a.yaml", "b.yaml", "c.txt"):
        assert snapshot.read(path) == files[path].encode()
    for path in ("gone.yaml", "../a.yaml", "/a.yaml", "", "a.yaml\nb.yaml", "-x"):
        assert not snapshot.exists(path)
        with pytest.raises(InputError, match="no such file in main"):
            snapshot.read(path)


def test_a_blob_over_the_limit_is_an_error_of_that_file_alone(repository: Path, commit: Commit) -> None:
    commit({"a.yaml": "a", "big.yaml": "x" * 300_000, "c.yaml": "c"})
    snapshot = revision(str(repository), "HEAD", Limits(file_size=10))
    for _ in range(2):
        assert snapshot.read("a.yaml") == b"a"
        with pytest.raises(InputError, match=r"^big\.yaml: 300000 bytes are more than the limit of 10"):
            snapshot.read("big.yaml")
        assert snapshot.read("c.yaml") == b"c"


def test_processes_end_with_the_snapshot(repository: Path, commit: Commit) -> None:
    commit({"a.yaml": "a"})
    snapshot = revision(str(repository), "HEAD")
    snapshot.read("a.yaml")
    process = cast("Any", snapshot.store)._process.proc
    assert process.poll() is None
    del snapshot
    gc.collect()  # a ResourceWarning would fail the test
    assert process.returncode is not None
    assert process.stdin.closed
    assert process.stdout.closed


def test_a_process_that_dies_is_an_error_and_then_replaced(repository: Path, commit: Commit) -> None:
    commit({"a.yaml": "a"})
    snapshot = revision(str(repository), "HEAD")
    snapshot.read("a.yaml")
    process = cast("Any", snapshot.store)._process.proc
    process.kill()
    process.wait()
    with pytest.raises(InputError, match=r"^a\.yaml: "):
        snapshot.read("a.yaml")
    assert snapshot.read("a.yaml") == b"a"
    assert pickle.loads(pickle.dumps(snapshot)).read("a.yaml") == b"a"  # noqa: S301 - our own bytes


@pytest.mark.parametrize("name", ["HEAD", "HEAD~1", "main", "v1", "refs/tags/v1", "@", "main^{/x}", "HEAD@{0}"])
def test_revisions_may_be_named_as_git_names_them(repository: Path, git: Git, commit: Commit, name: str) -> None:
    commit()
    commit({"a.yaml": "a"})
    git("tag", "--annotate", "v1", "--message=x")
    snapshot = revision(str(repository), name)
    assert snapshot.info == SnapshotInfo("revision", git("rev-parse", f"{name}^{{commit}}"), name)


@pytest.mark.parametrize(
    "rev",
    ["--output=x", "-h", "--help", "-", "", " ", "a\0b", "a\nb", "a\x1b[2J", "x" * 10_000, "\ud800", "\u202eab"],
    ids=ascii,
)
def test_what_cannot_be_a_revision_never_reaches_git(
    repository: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch, rev: str
) -> None:
    commit({"a.yaml": "a"})
    monkeypatch.chdir(repository)
    before = sorted(repository.rglob("*"))
    monkeypatch.setattr(subprocess, "Popen", None)
    for ask in (revision, changed_since, merge_base):
        with pytest.raises(RevisionError, match="cannot be a revision; name a branch, a tag or a commit") as caught:
            ask(str(repository), rev)
        assert str(caught.value).isprintable()
        assert len(str(caught.value)) < 300
    assert sorted(repository.rglob("*")) == before


@pytest.mark.parametrize(
    "rev",
    [
        "main..HEAD",
        "main...HEAD",
        "^main",
        "main:a.yaml",
        "HEAD^{tree}",
        ":a.yaml",
        "HEAD^@",
        "gone",
        ":/x",
        "a b",
        "$(touch x)",
    ],
)
def test_what_names_no_commit_is_unknown(
    repository: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch, rev: str
) -> None:
    commit({"a.yaml": "a"})
    monkeypatch.chdir(repository)
    for ask in (revision, changed_since, merge_base):
        with pytest.raises(RevisionError, match=r"^unknown revision '"):
            ask(str(repository), rev)
    assert sorted(path.name for path in repository.iterdir()) == [".git", "a.yaml"]


def test_an_unknown_revision_comes_with_a_guess(repository: Path, git: Git, commit: Commit) -> None:
    commit()
    git("branch", "feature/orders")
    git("tag", "release-1.2")
    root = str(repository)
    for wrong, right in {"mian": "main", "feature/order": "feature/orders", "release-1.3": "release-1.2"}.items():
        with pytest.raises(RevisionError, match=rf"^unknown revision '{wrong}' \(did you mean '{right}'\?\): `git "):
            revision(root, wrong)
    with pytest.raises(RevisionError, match=r"^unknown revision 'zzzzzz': `git branch -a` and `git tag` list"):
        revision(root, "zzzzzz")


def test_a_reference_that_git_cannot_follow_says_so(repository: Path, commit: Commit) -> None:
    commit()
    with pytest.raises(RevisionError, match=r"^Git: no upstream configured for branch 'main'$"):
        revision(str(repository), "HEAD@{upstream}")


def test_a_folder_that_is_no_repository(tmp_path: Path) -> None:
    asks: list[Callable[[str], object]] = [
        index,
        merge_base,
        lambda root: revision(root, "HEAD"),
        lambda root: changed_since(root, "HEAD"),
    ]
    for ask in asks:
        with pytest.raises(RevisionError, match=r"is not in a Git repository$"):
            ask(str(tmp_path))
        with pytest.raises(InputError, match="no such folder"):
            ask(str(tmp_path / "gone"))


def test_a_repository_without_a_commit(repository: Path, git: Git, write: Write) -> None:
    write("a.yaml", "a")
    git("add", ".")
    assert index(str(repository)).read("a.yaml") == b"a"
    with pytest.raises(RevisionError, match=r"^unknown revision 'HEAD': the repository has no commit yet$"):
        revision(str(repository), "HEAD")
    with pytest.raises(RevisionError, match="no default branch found"):
        merge_base(str(repository))


def test_a_repository_of_another_user(repository: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    commit()
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    hint = rf"belongs to another user, .* `git config --global --add safe\.directory {repository.resolve()}`$"
    with pytest.raises(RevisionError, match=hint):
        revision(str(repository), "HEAD")
    with pytest.raises(RevisionError, match=hint):
        index(str(repository))


def test_without_git(repository: Path, commit: Commit, monkeypatch: pytest.MonkeyPatch) -> None:
    commit({"a.yaml": "a"})
    snapshot = revision(str(repository), "HEAD")
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(RevisionError, match=r"^git was not found; install it"):
        revision(str(repository), "HEAD")
    with pytest.raises(InputError, match=r"^a\.yaml: "):
        snapshot.read("a.yaml")
    code = "from integrationlint.source.revision import index; index('.')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "RevisionError: git was not found; install it" in done.stderr


def test_a_shallow_clone(tmp_path: Path, repository: Path, git: Git, commit: Commit) -> None:
    first = commit({"a.yaml": "1"})
    git("checkout", "--quiet", "-b", "feature")
    commit({"b.yaml": "2"})
    git("checkout", "--quiet", "main")
    commit({"a.yaml": "3"})
    url = repository.as_uri()
    git("clone", "--quiet", "--depth=1", "--no-single-branch", url, "shallow", cwd=tmp_path)
    root = str(tmp_path / "shallow")
    assert revision(root, "HEAD").read("a.yaml") == b"3"
    advice = r"this clone is shallow: run `git fetch --unshallow`, or set `fetch-depth: 0` where CI checks out"
    with pytest.raises(RevisionError, match=rf"^unknown revision '{first}': {advice}"):
        revision(root, first)
    with pytest.raises(RevisionError, match=rf"^HEAD and 'origin/feature' have no common ancestor here: {advice}$"):
        merge_base(root, "origin/feature")
    git("clone", "--quiet", "--depth=1", "--branch=feature", url, "single", cwd=tmp_path)
    git("branch", "--move", "topic", cwd=tmp_path / "single")
    with pytest.raises(RevisionError, match=rf"^no default branch found .*: {advice}, or name the base revision$"):
        merge_base(str(tmp_path / "single"))


def test_a_partial_clone_fetches_nothing(tmp_path: Path, repository: Path, git: Git, commit: Commit) -> None:
    commit({"a.yaml": "1", "b.yaml": "2"})
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "--quiet", "--filter=blob:none", "--no-checkout", repository.as_uri(), "partial", cwd=tmp_path)
    snapshot = revision(str(tmp_path / "partial"), "HEAD")
    assert snapshot.paths() == ("a.yaml", "b.yaml")
    for path in ("a.yaml", "b.yaml", "a.yaml"):
        with pytest.raises(InputError, match=rf"^{path}: its content is missing from the repository \(a partial or"):
            snapshot.read(path)


def test_merge_base(repository: Path, git: Git, commit: Commit) -> None:
    root = str(repository)
    commit({"a.yaml": "1"})
    fork = commit({"a.yaml": "2"})
    git("checkout", "--quiet", "-b", "feature")
    commit({"b.yaml": "3"})
    git("checkout", "--quiet", "main")
    commit({"a.yaml": "4"})
    git("checkout", "--quiet", "feature")
    assert merge_base(root) == merge_base(root, "main") == fork
    assert merge_base(root, "HEAD~2") == git("rev-parse", "HEAD~2")
    git("checkout", "--quiet", "--orphan", "island")
    commit({"c.yaml": "5"})
    with pytest.raises(
        RevisionError, match=r"^HEAD and the default branch have no common ancestor here: their histories"
    ):
        merge_base(root)


@pytest.mark.parametrize(
    ("references", "chosen"),
    [
        (("refs/remotes/origin/main", "refs/heads/main", "refs/heads/master"), "refs/remotes/origin/main"),
        (("refs/remotes/origin/master", "refs/heads/main"), "refs/remotes/origin/master"),
        (("refs/heads/main", "refs/heads/master", "refs/heads/trunk"), "refs/heads/main"),
        (("refs/heads/master", "refs/remotes/origin/main/x", "refs/tags/main"), "refs/heads/master"),
        (("refs/remotes/origin/main", "refs/remotes/origin/trunk", "HEAD"), "refs/remotes/origin/trunk"),
    ],
)
def test_the_default_branch(
    repository: Path, git: Git, commit: Commit, references: tuple[str, ...], chosen: str
) -> None:
    oids = {name: commit({"a.yaml": name}) for name in references}
    git("checkout", "--quiet", "--detach")
    git("branch", "--delete", "--force", "main")
    for name, oid in oids.items():
        if name == "HEAD":
            git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
        else:
            git("update-ref", name, oid)
    assert merge_base(str(repository)) == oids[chosen]


def test_no_default_branch(repository: Path, git: Git, commit: Commit) -> None:
    commit()
    git("branch", "--move", "trunk")
    with pytest.raises(RevisionError, match=r"^no default branch found \(origin/HEAD, .*\): name the base revision$"):
        merge_base(str(repository))


@posix
def test_a_commit_shows_what_its_checkout_shows(repository: Path, git: Git, write: Write, commit: Commit) -> None:
    for path in ("a/b.yaml", "a/é.yaml", "x.txt", "node_modules/n.yaml", "a/venv/v.yaml", "sub/in.yaml", "Ünï/\t.yaml"):
        write(path, path)
    for name, target in {
        "near.yaml": "a/b.yaml",
        "a/up.yaml": "../near.yaml",
        "through.yaml": "folder/b.yaml",
        "far.yaml": "../out.yaml",
        "absolute.yaml": "/etc/passwd",
        "loop.yaml": "loop.yaml",
        "dangling.yaml": "gone",
        "folder": "a",
        "text": "x.txt",
    }.items():
        (repository / name).symlink_to(target)
    os.close(os.open(os.fsencode(repository) + b"/bad\xff.yaml", os.O_CREAT))
    git("-c", "init.defaultBranch=main", "init", "--quiet", "sub")
    git("add", ".", cwd=repository / "sub")
    git("commit", "--quiet", "--message=x", cwd=repository / "sub")
    commit()
    root = str(repository)
    disk = Worktree(root, wanted=yaml)
    assert disk.paths() == ("a/b.yaml", "a/up.yaml", "a/é.yaml", "near.yaml", "through.yaml", "Ünï/\t.yaml")
    assert disk.notes() == (
        f"{Reason.NOT_UTF8}: bad\\udcff.yaml",
        f"{Reason.SUBMODULE}: sub/",
        f"{Reason.LINK_OUT}: absolute.yaml, dangling.yaml, far.yaml, loop.yaml",
        f"{Reason.LINK_TO_FOLDER}: folder",
    )
    for snapshot in (revision(root, "HEAD", wanted=yaml), index(root, wanted=yaml)):
        assert snapshot.paths() == disk.paths()
        assert snapshot.notes() == disk.notes()
        assert [snapshot.read(path) for path in disk.paths()] == [disk.read(path) for path in disk.paths()]
        assert snapshot.exists("node_modules/n.yaml")
        assert [snapshot.is_foreign(path) for path in ("sub/a.yaml", "sub.yaml", "a/b.yaml")] == [True, False, False]
        assert not snapshot.exists("far.yaml")


@posix
def test_a_folder_of_a_repository_is_a_root_of_its_own(
    repository: Path, git: Git, write: Write, commit: Commit
) -> None:
    write("api/a.yaml", "1")
    write("api/sub/b.yaml", "1")
    write("api-too/c.yaml", "1")
    (repository / "api" / "out.yaml").symlink_to("../api-too/c.yaml")
    base = commit()
    write("api/a.yaml", "2")
    write("api/sub/new.yaml", "2")
    write("api-too/new.yaml", "2")
    git("add", "api/a.yaml")
    root = str(repository / "api")
    assert revision(root, base).paths() == ("a.yaml", "sub/b.yaml")
    assert revision(root, base).notes() == Worktree(root).notes() == (f"{Reason.LINK_OUT}: out.yaml",)
    assert index(root).read("a.yaml") == b"2"
    assert changed_since(root, base) == {"a.yaml", "sub/new.yaml"}
    assert merge_base(root) == base


def test_conflicts_are_noted(repository: Path, git: Git, commit: Commit) -> None:
    commit({"a.yaml": "base", "b.yaml": "b"})
    oid = git("rev-parse", "HEAD:a.yaml")
    git("rm", "--quiet", "--cached", "a.yaml")
    git("update-index", "--index-info", data=f"100644 {oid} 2\ta.yaml\n100644 {oid} 3\ta.yaml\n".encode())
    snapshot = index(str(repository))
    assert snapshot.paths() == ("b.yaml",)
    assert snapshot.notes() == (f"{Reason.CONFLICT}: a.yaml",)


def test_the_index_that_a_hook_is_given(
    repository: Path, git: Git, write: Write, commit: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit({"a.yaml": "1"})
    git("read-tree", "--index-output=.git/other", "--empty")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/other")
    write("api/b.yaml", "2")
    git("add", "api/b.yaml")
    monkeypatch.chdir(repository / "api")
    assert index(str(repository / "api")).paths() == ("b.yaml",)


def test_sha256(tmp_path: Path, git: Git) -> None:
    root = tmp_path / "modern"
    root.mkdir()
    git("init", "--quiet", "--object-format=sha256", cwd=root)
    (root / "a.yaml").write_text("a")
    (root / "b.yaml").write_text("b")
    git("add", ".", cwd=root)
    git("commit", "--quiet", "--message=x", cwd=root)
    (root / "b.yaml").write_text("c")
    snapshot = revision(str(root), "HEAD")
    assert len(snapshot.info.revision or "") == 64
    assert snapshot.read("a.yaml") == b"a"
    assert changed_since(str(root), "HEAD") == {"b.yaml"}


def test_a_bare_repository(tmp_path: Path, repository: Path, git: Git, commit: Commit) -> None:
    oid = commit({"a.yaml": "a"})
    git("clone", "--quiet", "--bare", str(repository), "bare.git", cwd=tmp_path)
    assert revision(str(tmp_path / "bare.git"), "main").read("a.yaml") == b"a"
    assert merge_base(str(tmp_path / "bare.git")) == oid
    with pytest.raises(RevisionError, match=r"^Git: this operation must be run in a work tree$"):
        changed_since(str(tmp_path / "bare.git"), "main")


def test_names_of_folders_are_taken_as_they_are(tmp_path: Path, git: Git) -> None:
    root = tmp_path / "$HOME ~x"
    root.mkdir()
    git("init", "--quiet", cwd=root)
    (root / "a.yaml").write_text("a")
    git("add", ".", cwd=root)
    assert index(str(root)).read("a.yaml") == b"a"


@posix
def test_changed_since(repository: Path, git: Git, write: Write, commit: Commit) -> None:
    names = ("same", "committed", "staged", "disk", "gone", "old-name", "touched", "crlf", "mode", "undone")
    for name in names:
        write(f"{name}.yaml", f"{name}: 1\nb: 2\n")
    (repository / "link.yaml").symlink_to("same.yaml")
    write(".gitignore", "ignored.yaml\n")
    base = commit()
    commit({"committed.yaml": "2"})
    git("mv", "old-name.yaml", "new-name.yaml")
    git("rm", "--quiet", "gone.yaml")
    write("staged.yaml", "2")
    write("undone.yaml", "2")
    git("add", "staged.yaml", "undone.yaml")
    write("undone.yaml", "undone: 1\nb: 2\n")
    write("disk.yaml", "2")
    write("crlf.yaml", "crlf: 1\r\nb: 2\r\n")
    write("untracked.yaml", "2")
    write("untracked.txt", "2")
    write("folder/untracked.yaml", "2")
    write("ignored.yaml", "2")
    os.utime(write("touched.yaml", "touched: 1\nb: 2\n"), (0, 0))
    (repository / "mode.yaml").chmod(0o755)
    (repository / "link.yaml").unlink()
    (repository / "link.yaml").symlink_to("disk.yaml")
    expected = {"committed", "staged", "disk", "new-name", "untracked", "folder/untracked", "undone", "link"}
    assert changed_since(str(repository), base, wanted=yaml) == {f"{name}.yaml" for name in expected}
    assert changed_since(str(repository), base) == {f"{name}.yaml" for name in expected} | {"untracked.txt"}
    assert "committed.yaml" not in changed_since(str(repository), "HEAD")


def test_a_file_that_is_too_large_to_compare_counts_as_changed(repository: Path, commit: Commit) -> None:
    commit({"a.yaml": "x" * 100})
    assert changed_since(str(repository), "HEAD", Limits(file_size=99)) == {"a.yaml"}
    assert changed_since(str(repository), "HEAD", Limits(file_size=100)) == frozenset()


def test_nothing_is_loaded_before_it_is_needed() -> None:
    code = """
import sys, integrationlint.source.revision, integrationlint.source.worktree, integrationlint.source.write
print([name for name in ("git", "gitdb", "pathspec", "subprocess") if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['subprocess']"
