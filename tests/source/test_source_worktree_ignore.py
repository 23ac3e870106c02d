"""Ignore files, with Git itself as the judge: what `git check-ignore` hides, and nothing else, is not listed."""

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from integrationlint.source.snapshot import Reason
from integrationlint.source.worktree import Worktree

Write = Callable[..., Path]

FOLDERS = ("", "a/", "a/b/", "build/", "build/b/", "a/build/", "a b/", "a/b/c/")
FILES = ("x.yaml", "y.json", "foo", "[x]", "é.yaml", "fo o.yaml", ".hidden")


def lay(root: Path, ignores: Mapping[str, str]) -> list[str]:
    """A tree with ignore files by folder; all paths in it."""
    paths = [folder + name for folder in FOLDERS for name in FILES]
    for path in paths:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"")
    for folder, text in ignores.items():
        (root / folder / ".gitignore").write_bytes(text.encode())
        paths.append(f"{folder}.gitignore")
    return paths


def kept_by_git(root: Path, paths: list[str]) -> list[str]:
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=root,
        input="\0".join(paths).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    return sorted({*paths} - {*done.stdout.decode().split("\0")})


@pytest.mark.parametrize(
    "ignores",
    [
        {"": ""},
        {"": "# only\n\n   \n#a comment\n"},
        {"": "*.yaml\n"},
        {"": "*.yaml\n!x.yaml\n"},
        {"": "!x.yaml\n*.yaml\n"},
        {"": "build\n"},
        {"": "build/\n!build/\n"},
        {"": "/build\n"},
        {"": "build/b\n"},
        {"": "/build/\n!/build/x.yaml\n"},  # nothing below an ignored folder comes back
        {"": "/build/*\n!/build/x.yaml\n"},
        {"": "*\n!*/\n!*.yaml\n"},  # the list of exceptions
        {"": "*\n!.gitignore\n"},
        {"": "/*\n!/a\n/a/*\n!/a/b\n"},
        {"": "**/b\n"},
        {"": "a/**\n"},
        {"": "a/**/\n"},
        {"": "a/**/x.yaml\n"},
        {"": "**/c/*.yaml\n"},
        {"": "foo/\n"},
        {"": "a b/\nfo\\ o.yaml\n"},
        {"": "x.yaml   \n"},
        {"": "x.yaml\\ \n"},
        {"": " x.yaml\n"},
        {"": "[xy].*\n"},
        {"": "[!x].json\n"},
        {"": "[^y].yaml\n!é*\n"},
        {"": "\\[x\\]\n"},
        {"": "[x]\n"},
        {"": "\\!x\n\\#y\n"},
        {"": "?.json\n"},
        {"": "é.yaml\n"},
        {"": "\ufeffx.yaml\n"},
        {"": "x.yaml\r\n*.json\r\n"},
        {"": "x.yaml"},
        {"": "/\n"},
        {"": "."},
        {"": "..\n./x.yaml\n"},
        {"": "*.YAML\n"},
        {"": "x.yaml", "a/": "!x.yaml"},
        {"": "!x.yaml", "a/": "x.yaml"},
        {"a/": "/x.yaml"},
        {"a/": "b/x.yaml\n"},
        {"a/b/": "../x.yaml\n"},
        {"": "*.yaml", "a/": "!b\n"},  # a folder that comes back does not bring its files with it
        {"": "b", "a/": "!b/", "a/b/": "x.yaml"},
        {"": "/a/b", "a/": "!b"},
        {"": "/a/", "a/": "!*"},
        {"": "*", "a/b/c/": "!*"},
        {"": ".*\n"},
        {"": "a//b\n"},
        {"": "**\n!a\n"},
        {"": "**/\n"},
    ],
    ids=str,
)
def test_ignore_files_mean_what_they_mean_to_git(repository: Path, ignores: Mapping[str, str]) -> None:
    paths = lay(repository, ignores)
    snapshot = Worktree(str(repository))
    assert sorted(snapshot.paths()) == kept_by_git(repository, paths)
    assert snapshot.notes() == ()


NAMES = st.sampled_from(
    [
        "*",
        "**",
        "a",
        "b",
        "c",
        "foo",
        "build",
        "*.yaml",
        "x.*",
        "[a-f]*",
        "[!a]*",
        "?",
        "fo*",
        "a b",
        "*o*",
        "é.*",
        "[[]x]",
    ]
)
LINES = st.builds(
    lambda taken, anchored, names, ending: taken + anchored + "/".join(names) + ending,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(NAMES, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", " "]),
)
IGNORES = st.dictionaries(
    st.sampled_from(FOLDERS), st.lists(LINES, min_size=1, max_size=4).map("\n".join), min_size=1, max_size=3
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ignores=IGNORES)
def test_generated_ignore_files_mean_what_they_mean_to_git(repository: Path, ignores: dict[str, str]) -> None:
    for place in repository.rglob(".gitignore"):
        place.unlink()
    paths = lay(repository, ignores)
    snapshot = Worktree(str(repository))
    assert sorted(snapshot.paths()) == kept_by_git(repository, paths)
    assert snapshot.notes() == ()


def test_a_root_below_the_top_knows_what_is_written_above(repository: Path, write: Write) -> None:
    lay(repository, {"": "/a/b/x.yaml\n*.json\n/b/foo\n", "a/": "!y.json\n/b/foo\n", "a/b/": "fo*\n!foo\n"})
    write(".git/info/exclude", ".hidden\ny.json\n")
    names = ("é.yaml", "foo", "y.json", "[x]", ".gitignore")
    here = (*names, *(f"c/{name}" for name in (*FILES, ".gitignore") if name in names or name == "x.yaml"))
    assert set(Worktree(str(repository / "a" / "b")).paths()) == {*here} - {"c/.gitignore"}


def test_exclude_of_the_repository_is_the_weakest(repository: Path, write: Write) -> None:
    write(".git/info/exclude", "x.yaml\nb/\n")
    paths = lay(repository, {"a/": "!x.yaml\n"})
    assert sorted(Worktree(str(repository)).paths()) == kept_by_git(repository, paths)


def test_an_ignored_folder_that_is_named_is_read(repository: Path, write: Write) -> None:
    write(".gitignore", "build/\n*.yaml\n")
    write("build/deep/x.yaml")
    write("build/.gitignore", "secret*\n")
    write("build/secret.yaml")
    assert Worktree(str(repository)).paths() == (".gitignore",)
    assert Worktree(str(repository / "build")).paths() == (".gitignore", "deep/x.yaml")
    assert Worktree(str(repository / "build" / "deep")).paths() == ("x.yaml",)


def test_ignore_files_hold_in_a_plain_folder_too(tmp_path: Path) -> None:
    lay(tmp_path, {"a/": "*\n"})
    assert not [path for path in Worktree(str(tmp_path)).paths() if path.startswith("a/")]


def test_what_git_tracks_cannot_be_hidden(repository: Path, write: Write) -> None:
    write(".gitignore", "*.yaml\n")
    write("tracked.yaml")
    write("a/tracked.yaml")
    write("new.yaml")
    known = ("tracked.yaml", "a/tracked.yaml", "deleted.yaml")
    snapshot = Worktree(str(repository), known=known, exclude=("a/",))
    assert snapshot.paths() == (".gitignore", "tracked.yaml")
    assert snapshot.read("tracked.yaml") == b"a: 1\n"


@pytest.mark.parametrize(
    "line",
    ["[[:alpha:]].yaml", "a[\\]]", "trailing\\", "***/x.yaml", "x\t", "[z-a]", "*a*b*c*d*", "**/**/**/**/x", "!"],
)
def test_a_line_that_is_not_applied_is_noted_and_the_others_hold(repository: Path, line: str) -> None:
    lay(repository, {"": f"x.yaml\n{line}\nfoo\n"})
    snapshot = Worktree(str(repository))
    assert "y.json" in snapshot.paths()
    assert "x.yaml" not in snapshot.paths()
    assert "foo" not in snapshot.paths()
    assert snapshot.notes() == (f"{Reason.IGNORE_PATTERN}: .gitignore: {line}",)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_ignore_files_that_cannot_be_used_are_noted(repository: Path) -> None:
    lay(repository, {"a/b/": "x.yaml\n" * 2_001, "build/b/": "#" * 1_000_001})
    (repository / "a" / ".gitignore").symlink_to("/etc/hosts")
    (repository / "build" / ".gitignore").mkdir()
    snapshot = Worktree(str(repository))
    assert "a/b/x.yaml" in snapshot.paths()
    files = "a/.gitignore, a/b/.gitignore, build/.gitignore, build/b/.gitignore"
    assert f"{Reason.IGNORE_FILE}: {files}" in snapshot.notes()


def test_bytes_that_are_no_text_do_no_harm(repository: Path) -> None:
    lay(repository, {})
    (repository / ".gitignore").write_bytes(b"\xff\xfe\0\nx.yaml\n\0*\n[\xff\n")
    assert "x.yaml" not in Worktree(str(repository)).paths()
    assert "foo" in Worktree(str(repository)).paths()
