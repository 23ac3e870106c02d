"""Writing whole files."""

import os
import stat
from pathlib import Path

import pytest

from integrationlint.model.errors import InputError
from integrationlint.source.write import write_atomic


def test_writes_and_replaces(tmp_path: Path) -> None:
    place = tmp_path / ("x" * 250 + ".json")
    write_atomic(str(place), b"one")
    assert place.read_bytes() == b"one"
    write_atomic(str(place), b"two\r\n")
    assert place.read_bytes() == b"two\r\n"
    assert [entry.name for entry in tmp_path.iterdir()] == [place.name]


@pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
def test_permissions_are_those_of_the_old_file_or_the_umask(tmp_path: Path) -> None:
    place = tmp_path / "a.json"
    umask = os.umask(0o027)
    try:
        write_atomic(str(place), b"")
        assert stat.S_IMODE(place.stat().st_mode) == 0o640
        place.chmod(0o604)
        write_atomic(str(place), b"")
        assert stat.S_IMODE(place.stat().st_mode) == 0o604
    finally:
        os.umask(umask)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links")
@pytest.mark.parametrize("target", ["victim", "nowhere"])
def test_does_not_write_through_a_link(tmp_path: Path, target: str) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    link = tmp_path / "baseline.json"
    link.symlink_to(target)
    with pytest.raises(InputError, match="is a symbolic link"):
        write_atomic(str(link), b"x")
    assert victim.read_bytes() == b"precious"
    assert link.is_symlink()
    assert not (tmp_path / "nowhere").exists()


def test_says_why_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_atomic(str(tmp_path / "gone" / "a.json"), b"")
    with pytest.raises(InputError, match="is not a regular file"):
        write_atomic(str(tmp_path), b"")
    with pytest.raises(InputError, match="cannot be written"):
        write_atomic(str(tmp_path / "nul\0"), b"")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    place = tmp_path / "a.json"
    place.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(InputError, match=r"a\.json: cannot be written \(No space left on device\)"):
        write_atomic(str(place), b"new")
    assert place.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.json"]


def test_an_interrupt_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "a.json"
    place.write_bytes(b"old")

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(str(place), b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.json"]
    assert place.read_bytes() == b"old"
