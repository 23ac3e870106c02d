"""Opening files of an untrusted tree."""

import os
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.model.errors import InputError
from integrationlint.source.file import inside, is_file, is_plain, read_file, real_folder, toplevel


def test_reads_up_to_the_limit(tmp_path: Path) -> None:
    place = tmp_path / "a.yaml"
    place.write_bytes(b"x" * 100)
    assert read_file(str(place), "a.yaml", 100) == b"x" * 100
    with pytest.raises(InputError, match=r"^a\.yaml: 100 bytes are more than the limit of 99; raise limits\.file-size"):
        read_file(str(place), "a.yaml", 99)
    place.write_bytes(b"")
    assert read_file(str(place), "a.yaml", 0) == b""


@pytest.mark.parametrize(("limit", "fits"), [(300_000, True), (299_999, False), (70_000, False), (5, False)])
def test_a_file_that_grows_is_read_to_the_limit_and_no_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, fits: bool
) -> None:
    place = tmp_path / "a.yaml"
    place.write_bytes(b"x" * 300_000)
    taken = []
    true_read = os.read

    class Small:
        st_mode = place.stat().st_mode
        st_size = 3

    def read(handle: int, size: int) -> bytes:
        data = true_read(handle, size)
        taken.append(len(data))
        return data

    monkeypatch.setattr(os, "fstat", lambda handle: Small)
    monkeypatch.setattr(os, "read", read)
    if fits:
        assert len(read_file(str(place), "a.yaml", limit)) == 300_000
    else:
        with pytest.raises(InputError, match="more than the limit"):
            read_file(str(place), "a.yaml", limit)
    assert sum(taken) <= limit + 1


@pytest.mark.skipif(os.name == "nt", reason="POSIX file types")
def test_refuses_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    (tmp_path / "a.yaml").write_bytes(b"")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.yaml"))
    for name, reason in {
        "pipe.yaml": "is not a regular file",
        "link.yaml": "is a symbolic link",
        ".": "is not a regular file",
        "socket.yaml": "cannot be read",
        "gone.yaml": "no such file",
        "a.yaml/b": "cannot be read",
        "nul\0": "no such file",
        "x" * 5000: "cannot be read",
    }.items():
        with pytest.raises(InputError, match=reason):
            read_file(f"{tmp_path}/{name}", "it", 10)


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("a.yaml", True),
        ("a/b c/é.yaml", True),
        ("..a", True),
        ("", False),
        (".", False),
        ("..", False),
        ("../a", False),
        ("a/../../b", False),
        ("a/../b", False),
        ("a//b", False),
        ("a/", False),
        ("./a", False),
        ("/a", False),
        ("//host/share", False),
        ("a\0b", False),
    ],
)
def test_plain_paths(path: str, plain: bool) -> None:
    assert is_plain(path) is plain


@pytest.mark.parametrize("path", ["\\\\host\\share\\a", "C:a", "a\\..\\..\\b"])
def test_paths_of_windows_leave_no_root_there(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sep", "\\")
    assert not is_plain(path)


@given(st.text(alphabet=st.sampled_from(["a", ".", "/", "\\", "\0", "\n", "\ud800", "\udcff", "é", ":", "~", "$"])))
def test_no_path_leaves_the_root_or_fails(path: str) -> None:
    root = os.path.realpath(os.path.dirname(__file__))
    place = inside(root, path)
    assert place is None or place.startswith(root + os.sep)
    assert not is_file(place)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
def test_inside_follows_links_and_says_where_they_lead(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "sub").mkdir(parents=True)
    (root / "sub" / "a.yaml").write_bytes(b"")
    (tmp_path / "root-too").mkdir()
    (tmp_path / "root-too" / "secret").write_bytes(b"")
    (root / "near").symlink_to("sub")
    (root / "far").symlink_to("../root-too")
    (root / "loop").symlink_to("loop")
    real = os.path.realpath(root)
    assert inside(real, "near/a.yaml") == f"{real}/sub/a.yaml"
    assert inside(real, "far/secret") is None
    assert not is_file(inside(real, "loop"))
    assert inside("/", "etc") == "/etc"


def test_toplevel_is_the_closest_repository(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert toplevel(str(tmp_path)) is None
    (tmp_path / ".git").mkdir()
    assert toplevel(str(inner)) is None, "a folder of that name alone is no repository"
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    assert toplevel(str(inner)) == os.path.realpath(tmp_path)
    (inner / ".git").write_text("gitdir: elsewhere\n")
    assert toplevel(str(inner)) == os.path.realpath(inner)
    assert toplevel(str(inner / "not" / "there")) == os.path.realpath(inner)


def test_real_folder_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert real_folder(str(tmp_path)) == os.path.realpath(tmp_path)
    with pytest.raises(InputError, match="file: is not a folder"):
        real_folder(str(tmp_path / "file"))
    with pytest.raises(InputError, match="gone: no such folder"):
        real_folder(str(tmp_path / "gone"))
    with pytest.raises(InputError, match="no such file"):
        real_folder("nul\0")
