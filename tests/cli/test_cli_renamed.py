import pytest

from integrationlint.cli.renamed import Renamed, Renaming
from integrationlint.model.errors import InputError
from integrationlint.source.snapshot import Memory


@pytest.mark.parametrize(
    ("names", "pairs"),
    [
        (Renaming("v1", "v2", is_file=False), {"v1/a": "v2/a", "v1/b/c": "v2/b/c", "up": "up", "v10/a": "v10/a"}),
        (Renaming("", "api", is_file=False), {"a": "api/a", "b/c": "api/b/c"}),
        (Renaming("api", "", is_file=False), {"api/a": "a"}),
        (Renaming("v1/old", "v2/new", is_file=True), {"v1/old": "v2/new", "v1/b": "v2/b", "up": "up"}),
        (Renaming("old", "api/new", is_file=True), {"old": "api/new", "b": "api/b"}),
        (Renaming("old", "new", is_file=True), {"old": "new", "b": "b"}),
    ],
)
def test_there_and_back(names: Renaming, pairs: dict[str, str]) -> None:
    for old, new in pairs.items():
        assert names.there(old) == new
        assert names.back(new) == old


def test_what_lies_outside_is_not_there() -> None:
    assert Renaming("", "api", is_file=False).back("other/a") is None


def test_a_snapshot_under_other_names() -> None:
    snapshot = Renamed(Memory({"old/a": b"1", "up": b"2"}), Renaming("old", "new", is_file=False))
    assert snapshot.paths() == ("new/a", "up")
    assert snapshot.read("new/a") == b"1"
    assert snapshot.exists("up")
    assert not snapshot.exists("new/b")
    assert snapshot.info.kind == "memory"
    assert snapshot.notes() == ()
    with pytest.raises(InputError):
        Renamed(Memory({"a": b""}), Renaming("", "api", is_file=False)).read("a")
