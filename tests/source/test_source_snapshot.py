"""Snapshots in memory, and the notes of all snapshots."""

import pytest

from integrationlint.model.errors import InputError
from integrationlint.source.snapshot import Fenced, Memory, Reason, Skips, Snapshot, is_utf8


def test_memory_is_a_snapshot() -> None:
    snapshot: Snapshot = Memory({"b.yaml": b"b", "a/c.yaml": b"c"})
    assert snapshot.paths() == ("a/c.yaml", "b.yaml")
    assert snapshot.read("a/c.yaml") == b"c"
    assert snapshot.exists("b.yaml")
    assert not snapshot.exists("c.yaml")
    assert snapshot.notes() == ()
    assert snapshot.info.kind == "memory"
    with pytest.raises(InputError, match=r"^c\.yaml: no such file$"):
        snapshot.read("c.yaml")


def test_notes_count_what_they_do_not_name() -> None:
    skips = Skips()
    for number in range(8, 0, -1):
        skips.add(Reason.SPECIAL, f"{number}.yaml")
    skips.add(Reason.LINK_OUT, "bad\udcff.yaml")
    assert skips.notes() == (
        f"{Reason.SPECIAL}: 1.yaml, 2.yaml, 3.yaml, 4.yaml, 5.yaml and 3 more",
        f"{Reason.LINK_OUT}: bad\\udcff.yaml",
    )


@pytest.mark.parametrize(("name", "fit"), [("a", True), ("é", True), ("\U0001f600", True), ("\udcff", False)])
def test_names_are_utf8_or_not(name: str, fit: bool) -> None:
    assert is_utf8(name) is fit


def test_a_fence_hides_what_lies_in_other_repositories() -> None:
    below = Memory({"a.yaml": b"a", "sub/b.yaml": b"b"})
    snapshot = Fenced(below, lambda path: path.startswith("sub/"))
    assert (snapshot.exists("a.yaml"), snapshot.read("a.yaml")) == (True, b"a")
    assert not snapshot.exists("sub/b.yaml")
    assert snapshot.is_foreign("sub/b.yaml")
    with pytest.raises(InputError, match="another repository"):
        snapshot.read("sub/b.yaml")
    assert (snapshot.info, snapshot.notes(), snapshot.paths()) == (below.info, (), below.paths())
