"""A folder as a snapshot: what is listed, what is read, and what the notes say."""

import os
import pickle
import time
from pathlib import Path

import pytest

from integrationlint.model.errors import ConfigError, InputError
from integrationlint.model.limits import Limits
from integrationlint.model.report import SnapshotInfo
from integrationlint.source.snapshot import Reason, Snapshot
from integrationlint.source.worktree import Worktree
from integrationlint.source.worktree_ignore import matcher, selection

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX file types and names")


def lay(root: Path, *paths: str) -> None:
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(path.encode())


def yaml(path: str) -> bool:
    return path.endswith(".yaml")


def test_lists_sorted_and_reads(tmp_path: Path) -> None:
    lay(tmp_path, "b.yaml", "a/z.yaml", "a.yaml", "a/b/c.yaml", "é/1.yaml", "notes.txt")
    snapshot: Snapshot = Worktree(str(tmp_path), wanted=yaml)
    assert snapshot.paths() == ("a.yaml", "a/b/c.yaml", "a/z.yaml", "b.yaml", "é/1.yaml")
    assert snapshot.read("a/b/c.yaml") == b"a/b/c.yaml"
    assert snapshot.read("notes.txt") == b"notes.txt", "what is not wanted can be read"
    assert snapshot.exists("notes.txt")
    assert not snapshot.exists("a")
    assert snapshot.notes() == ()
    assert snapshot.info == SnapshotInfo("worktree")


@pytest.mark.parametrize("path", ["../secret", "/etc/passwd", "a/../../secret", "nul\0", "", ".", "\ud800", "x" * 300])
def test_nothing_outside_can_be_named(tmp_path: Path, path: str) -> None:
    lay(tmp_path, "root/a.yaml", "secret")
    snapshot = Worktree(str(tmp_path / "root"))
    assert not snapshot.exists(path)
    with pytest.raises(InputError):
        snapshot.read(path)


def test_folders_of_others_are_skipped_without_a_note(tmp_path: Path) -> None:
    lay(tmp_path, "a.yaml", "node_modules/x/b.yaml", "sub/.venv/c.yaml", "sub/.git/d.yaml", ".terraform/e.yaml")
    lay(tmp_path, ".github/workflows/ci.yaml", "target/f.yaml")
    snapshot = Worktree(str(tmp_path))
    assert snapshot.paths() == (".github/workflows/ci.yaml", "a.yaml", "target/f.yaml")
    assert snapshot.notes() == ()
    assert snapshot.read("node_modules/x/b.yaml") == b"node_modules/x/b.yaml"


def test_include_and_exclude(tmp_path: Path) -> None:
    lay(tmp_path, "apis/a.yaml", "apis/old/b.yaml", "apis/old/keep.yaml", "flows/c.yaml", "d.yaml", "apis/x.json")

    def listed(include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> tuple[str, ...]:
        return Worktree(str(tmp_path), include=include, exclude=exclude, wanted=yaml).paths()

    assert listed(include=("apis/",)) == ("apis/a.yaml", "apis/old/b.yaml", "apis/old/keep.yaml")
    assert listed(exclude=("old",)) == ("apis/a.yaml", "d.yaml", "flows/c.yaml")
    assert listed(exclude=("apis/old/**", "!keep.yaml")) == (
        "apis/a.yaml",
        "apis/old/keep.yaml",
        "d.yaml",
        "flows/c.yaml",
    )
    assert listed(include=("apis/**", "d.yaml"), exclude=("/apis/old",)) == ("apis/a.yaml", "d.yaml")
    assert selection((), (), yaml) is yaml


@pytest.mark.parametrize("glob", ["a[\\]", "trailing\\", "*a*a*a*a*a*b", "!", "[z-a]", "**/**/**/**/x"])
def test_globs_that_are_wrong_or_slow_are_configuration_errors(tmp_path: Path, glob: str) -> None:
    with pytest.raises(ConfigError, match="is not a valid glob, or has too many wildcards"):
        matcher([glob])
    with pytest.raises(ConfigError):
        Worktree(str(tmp_path), exclude=(glob,))


def test_only_lists_some_files_and_reads_all(tmp_path: Path) -> None:
    lay(tmp_path, "new/orders.yaml", "new/types.yaml", "new/sub/x.yaml")
    (tmp_path / "new" / ".gitignore").write_text("*")
    info = SnapshotInfo("file", label="new/orders.yaml")
    snapshot = Worktree(str(tmp_path / "new"), only=("orders.yaml",), info=info)
    assert snapshot.paths() == ("orders.yaml",)
    assert snapshot.exists("types.yaml")
    assert snapshot.read("sub/x.yaml") == b"new/sub/x.yaml"
    assert snapshot.info is info
    with pytest.raises(InputError, match=r"^gone\.yaml: no such file in "):
        Worktree(str(tmp_path / "new"), only=("orders.yaml", "gone.yaml"))


def test_the_limit_of_files_cuts_in_the_order_of_names(tmp_path: Path) -> None:
    lay(tmp_path, "z.yaml", "b/1.yaml", "b/2.yaml", "a/1.yaml")
    snapshot = Worktree(str(tmp_path), Limits(files=3))
    assert snapshot.paths() == ("a/1.yaml", "b/1.yaml", "z.yaml")
    assert snapshot.notes() == (f"{Reason.TOO_MANY}: b/2.yaml",)
    assert Worktree(str(tmp_path), Limits(files=4)).notes() == ()


def test_the_limit_of_size_is_an_error_of_that_file_alone(tmp_path: Path) -> None:
    lay(tmp_path, "ok.yaml")
    (tmp_path / "big.yaml").write_bytes(b"x" * 11)
    snapshot = Worktree(str(tmp_path), Limits(file_size=10))
    assert snapshot.paths() == ("big.yaml", "ok.yaml")
    assert snapshot.read("ok.yaml") == b"ok.yaml"
    with pytest.raises(InputError, match=r"^big\.yaml: 11 bytes are more than the limit of 10"):
        snapshot.read("big.yaml")


def test_the_limit_of_depth(tmp_path: Path) -> None:
    lay(tmp_path, "a/b/c.yaml", "a/b/d/e.yaml")
    snapshot = Worktree(str(tmp_path), Limits(depth=2))
    assert snapshot.paths() == ("a/b/c.yaml",)
    assert snapshot.notes() == (f"{Reason.TOO_DEEP}: a/b/d",)


@posix
def test_links_are_followed_inside_only_and_never_to_folders(tmp_path: Path) -> None:
    root = tmp_path / "root"
    lay(tmp_path, "root/a/b.yaml", "root/x.txt", "out.yaml", "root/node_modules/n.yaml")
    for name, target in {
        "near.yaml": "a/b.yaml",
        "far.yaml": "../out.yaml",
        "absolute.yaml": "/etc/passwd",
        "device.yaml": "/dev/zero",
        "loop.yaml": "loop.yaml",
        "dangling.yaml": "gone",
        "folder": "a",
        "self": ".",
        "text": "x.txt",
        "sub": "../root-too",
    }.items():
        (root / name).symlink_to(target)
    (root / "a" / "node_modules").symlink_to("../node_modules")
    snapshot = Worktree(str(root), wanted=yaml)
    assert snapshot.paths() == ("a/b.yaml", "near.yaml")
    assert snapshot.read("near.yaml") == snapshot.read("folder/b.yaml") == b"root/a/b.yaml"
    assert snapshot.notes() == (
        f"{Reason.LINK_OUT}: absolute.yaml, dangling.yaml, device.yaml, far.yaml, loop.yaml",
        f"{Reason.LINK_TO_FOLDER}: folder, self",
    )
    for path in ("far.yaml", "absolute.yaml", "device.yaml", "loop.yaml", "dangling.yaml"):
        assert not snapshot.exists(path)
        with pytest.raises(InputError):
            snapshot.read(path)


@posix
def test_a_file_swapped_for_a_link_after_the_walk_is_not_followed(tmp_path: Path) -> None:
    lay(tmp_path, "root/a.yaml", "secret")
    snapshot = Worktree(str(tmp_path / "root"))
    (tmp_path / "root" / "a.yaml").unlink()
    (tmp_path / "root" / "a.yaml").symlink_to("../secret")
    with pytest.raises(InputError, match=r"^a\.yaml: is a symbolic link$"):
        snapshot.read("a.yaml")


@posix
def test_special_files_and_names_are_noted(tmp_path: Path) -> None:
    lay(tmp_path, "ok.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    os.mkfifo(tmp_path / "pipe.txt")
    for name in (b"bad\xff.yaml", b"bad\xff.txt", b"folder\xfe"):
        place = os.fsencode(tmp_path) + b"/" + name
        if name.startswith(b"folder"):
            os.mkdir(place)
            place += b"/in.yaml"
        os.close(os.open(place, os.O_CREAT))
    snapshot = Worktree(str(tmp_path), wanted=yaml)
    assert snapshot.paths() == ("ok.yaml",)
    assert snapshot.notes() == (
        f"{Reason.NOT_UTF8}: bad\\udcff.yaml, folder\\udcfe",
        f"{Reason.SPECIAL}: pipe.yaml",
    )
    with pytest.raises(InputError, match="is not a regular file"):
        snapshot.read("pipe.yaml")


@posix
def test_a_folder_that_cannot_be_opened_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path, "a/b.yaml", "c.yaml")
    true_scandir = os.scandir

    def scandir(path: str) -> object:
        if path.endswith("/a/"):
            raise PermissionError(13, "Permission denied")
        return true_scandir(path)

    monkeypatch.setattr(os, "scandir", scandir)
    snapshot = Worktree(str(tmp_path))
    assert snapshot.paths() == ("c.yaml",)
    assert snapshot.notes() == (f"{Reason.CLOSED}: a/",)


def test_repositories_inside_a_repository_are_noted_and_those_in_a_plain_folder_read(tmp_path: Path) -> None:
    lay(tmp_path, "sub/.git/HEAD", "sub/a.yaml", "b.yaml")
    assert Worktree(str(tmp_path), wanted=yaml).paths() == ("b.yaml", "sub/a.yaml")
    lay(tmp_path, ".git/HEAD")
    snapshot = Worktree(str(tmp_path), wanted=yaml)
    assert snapshot.paths() == ("b.yaml",)
    assert snapshot.notes() == (f"{Reason.SUBMODULE}: sub/",)
    assert Worktree(str(tmp_path / "sub"), wanted=yaml).paths() == ("a.yaml",)


def test_a_submodule_that_is_not_checked_out_is_noted_and_a_name_alone_hides_nothing(tmp_path: Path) -> None:
    lay(tmp_path, ".git/HEAD", "in/b.yaml", "in/c/d.yaml", "libs/full/a.yaml")
    for path in ("libs/empty", "in/empty", "other"):
        (tmp_path / path).mkdir()
    modules = "".join(
        f'[submodule "x"]\n\tpath = {one}\n' for one in ("libs/empty", "in/empty", "libs/full", "in/c", "gone")
    )
    (tmp_path / ".gitmodules").write_text(modules)
    snapshot = Worktree(str(tmp_path), wanted=yaml)
    assert snapshot.paths() == ("in/b.yaml", "in/c/d.yaml", "libs/full/a.yaml")
    assert snapshot.notes() == (f"{Reason.SUBMODULE}: in/empty/, libs/empty/",)
    assert snapshot.is_foreign("libs/empty/a.yaml")
    assert not snapshot.is_foreign("libs/full/a.yaml")
    below = Worktree(str(tmp_path / "in"), wanted=yaml)
    assert below.notes() == (f"{Reason.SUBMODULE}: empty/",)
    (tmp_path / ".gitmodules").unlink()
    (tmp_path / ".gitmodules").symlink_to("/etc/passwd")
    assert Worktree(str(tmp_path), wanted=yaml).notes() == ()


def test_the_root_must_be_a_folder(tmp_path: Path) -> None:
    lay(tmp_path, "a.yaml")
    with pytest.raises(InputError, match="no such folder"):
        Worktree(str(tmp_path / "gone"))
    with pytest.raises(InputError, match="is not a folder"):
        Worktree(str(tmp_path / "a.yaml"))


def test_a_snapshot_can_be_sent_to_another_process(tmp_path: Path) -> None:
    lay(tmp_path, "a.yaml")
    snapshot = pickle.loads(pickle.dumps(Worktree(str(tmp_path))))  # noqa: S301 - our own bytes
    assert snapshot.paths() == ("a.yaml",)
    assert snapshot.read("a.yaml") == b"a.yaml"


def test_a_hostile_tree_takes_no_time(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("\n".join(["*a*a*a*a*a*a*a*a*b", "**/a/**/a/**/a/**/a/**/b", "*a*a*b"] * 20))
    deep = "/".join(["a"] * 150)
    lay(tmp_path, "a" * 250, f"{deep}/{'a' * 250}")
    start = time.process_time()
    assert len(Worktree(str(tmp_path)).paths()) == 3
    assert time.process_time() - start < 5, "with backtracking it would take centuries"
