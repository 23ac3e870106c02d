"""Git's listings, and what is made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.model.limits import Limits
from integrationlint.source.listing import Entry, arrange, below, follow, names, of_index, of_tree
from integrationlint.source.snapshot import Reason, everything

A = "a" * 40
B = "b" * 64


def test_reads_trees_and_indexes() -> None:
    tree = f"100644 blob {A}\ta b.yaml\x00160000 commit {B}\tsub\t\n\0".encode()
    assert list(of_tree(tree)) == [Entry("100644", A, "a b.yaml"), Entry("160000", B, "sub\t\n")]
    index = f"100755 {A} 0\tx.yaml\x00120000 {B} 2\t\xff.yaml\0".encode("latin-1")
    assert list(of_index(index)) == [Entry("100755", A, "x.yaml"), Entry("120000", B, "\udcff.yaml", 2)]
    assert list(of_tree(b"")) == []
    assert list(names(b"a\0b/c\0")) == ["a", "b/c"]


def test_below_a_folder() -> None:
    entries = [Entry("100644", A, path) for path in ("a/b.yaml", "ab/c.yaml", "d.yaml")]
    assert [entry.path for entry in below(iter(entries), "a/")] == ["b.yaml"]
    assert [entry.path for entry in below(iter(entries), "")] == ["a/b.yaml", "ab/c.yaml", "d.yaml"]


def test_limits_cut_as_they_cut_a_folder() -> None:
    paths = ("a/1.yaml", "b/1.yaml", "b/2.yaml", "z.yaml", "q/w/e.yaml")
    entries = [Entry("100644", path[0] * 40, path) for path in paths]
    listing = arrange(iter(entries), everything, Limits(files=3, depth=1), str.encode)
    assert listing.paths == ("a/1.yaml", "b/1.yaml", "z.yaml")
    assert listing.notes == (f"{Reason.TOO_DEEP}: q/w/e.yaml", f"{Reason.TOO_MANY}: b/2.yaml")
    assert listing.blobs["b/2.yaml"] == "b" * 40


def test_no_more_links_are_followed_than_a_thousand() -> None:
    entries = [Entry("120000", A, f"{number:04}.yaml") for number in range(1_500)]
    asked: list[str] = []

    def read(oid: str) -> bytes:
        asked.append(oid)
        return b"x.yaml"

    listing = arrange(iter([*entries, Entry("100644", B, "x.yaml")]), everything, Limits(), read)
    assert len(asked) == 1_000
    assert len(listing.paths) == 1_001
    assert listing.notes == (f"{Reason.LINK_OUT}: 1000.yaml, 1001.yaml, 1002.yaml, 1003.yaml, 1004.yaml and 495 more",)


TARGETS = {
    "l": "a/b",
    "d": "e/",
    "e": "f",
    "a/up": "../x",
    "out": "../x",
    "root": "/etc",
    "me": "me",
    "p": "q",
    "q": "p",
}


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("x", "x"),
        ("l", "a/b"),
        ("l/c", "a/b/c"),
        ("d", "f"),
        ("d/y", "f/y"),
        ("a/up", "x"),
        ("out", None),
        ("root", None),
        ("root/passwd", None),
        ("me", None),
        ("p", None),
    ],
)
def test_links_lead_somewhere_or_nowhere(path: str, end: str | None) -> None:
    assert follow(path, TARGETS) == end


@given(
    st.text(alphabet="ab/.", max_size=12),
    st.dictionaries(st.text(alphabet="ab/", min_size=1, max_size=5), st.text(alphabet="ab/.\0", max_size=9)),
)
def test_links_never_lead_out(path: str, targets: dict[str, str]) -> None:
    end = follow(path, targets)
    assert end in {None, path} or not (end or "").startswith(("/", "../"))


def test_links_that_grow_end() -> None:
    assert follow("a", {"a": "a/" * 90 + "a"}) is None
