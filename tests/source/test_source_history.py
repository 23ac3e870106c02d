"""Commits and tags in order, from real repositories."""

from collections.abc import Callable
from pathlib import Path

import pytest

from integrationlint.model.errors import RevisionError
from integrationlint.source.history import commits, natural, tags

Git = Callable[..., str]
Commit = Callable[..., str]


@pytest.fixture
def history(repository: Path, git: Git, commit: Commit) -> dict[str, str]:
    """main: 1 - 2 - 3 - M - 5 with the tags v1.0, v1.1, v1.2, v2.0; maintenance: v1.0.1 from 1, merged in M."""
    found = {}
    for name, tag in (("1", "v1.0"), ("2", "v1.1"), ("3", "v1.2")):
        found[name] = commit({"a.yaml": name})
        git("tag", tag)
    git("checkout", "--quiet", "-b", "maintenance", "v1.0")
    found["fix"] = commit({"b.yaml": "fix"})
    git("tag", "--annotate", "--message=x", "v1.0.1")
    git("checkout", "--quiet", "main")
    git("merge", "--quiet", "--no-ff", "--message=merge", "maintenance")
    found["merge"] = git("rev-parse", "HEAD")
    found["5"] = commit({"a.yaml": "5"})
    git("tag", "v2.0")
    git("tag", "latest")
    return found


def test_commits_follow_first_parents(repository: Path, git: Git, history: dict[str, str]) -> None:
    found, notes = commits(str(repository), "HEAD")
    assert [point.revision for point in found] == [history[name] for name in ("1", "2", "3", "merge", "5")]
    assert [point.before for point in found] == ["", *(history[name] for name in ("1", "2", "3", "merge"))]
    assert found[0].tree == git("rev-parse", "v1.0^{tree}")
    assert (found[0].date, found[0].subject, found[0].tag) == ("2001-01-01T00:00:00+00:00", "x", "")
    assert notes == ()


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ("v1.1..main", ["3", "merge", "5"]),
        ("v1.1..", ["3", "merge", "5"]),
        ("v1.1..v1.2", ["3"]),
        ("v1.2..v1.1", []),
        ("..v1.1", []),
        ("maintenance", ["1", "fix"]),
    ],
)
def test_spans(repository: Path, history: dict[str, str], span: str, expected: list[str]) -> None:
    assert [point.revision for point in commits(str(repository), span)[0]] == [history[name] for name in expected]


@pytest.mark.parametrize("span", ["main...v1.0", "v9..main", "main..v9", "--all", "v1.0..--all", "", "a\nb"])
def test_what_is_no_span(repository: Path, history: dict[str, str], span: str) -> None:
    with pytest.raises(RevisionError):
        commits(str(repository), span)


def test_a_subject_may_hold_anything(repository: Path, git: Git, commit: Commit) -> None:
    commit({"a.yaml": "1"})
    git("commit", "--quiet", "--allow-empty", "--file=-", data="one\ttwo \x1b[31m \u2028 é\nthree\n\nbody".encode())
    assert commits(str(repository), "HEAD")[0][1].subject == "one\ttwo \x1b[31m \u2028 é three"


def test_a_long_history_is_cut(repository: Path, history: dict[str, str]) -> None:
    found, notes = commits(str(repository), "HEAD", most=2)
    assert [point.revision for point in found] == [history["merge"], history["5"]]
    assert notes == ("only the newest 2 commits of HEAD are compared",)
    assert commits(str(repository), "HEAD", most=5)[1] == ()
    found, notes = tags(str(repository), "*", most=1)
    assert [point.tag for point in found] == ["v2.0"]
    assert notes == ("only the newest 1 tags are compared",)


def test_tags_come_after_the_closest_on_the_line_of_first_parents(repository: Path, history: dict[str, str]) -> None:
    found, notes = tags(str(repository), "*")
    known = {point.tag: point for point in found}
    assert {tag: point.before for tag, point in known.items()} == {
        "v1.0": "",
        "v1.1": history["1"],
        "v1.2": history["2"],
        "v1.0.1": history["1"],
        "latest": history["3"],
        "v2.0": history["5"],
    }
    assert known["v1.0.1"].revision == history["fix"]
    order = [point.tag for point in found]
    assert order.index("v1.0") < order.index("v1.0.1") < order.index("v2.0")
    assert order.index("v1.1") < order.index("v1.2") < order.index("v2.0")
    assert notes == ()


def test_globs_and_spans_choose_tags(repository: Path, git: Git, history: dict[str, str]) -> None:
    git("branch", "v1.2")  # of the same name as a tag
    git("tag", "orders/v3")
    root = str(repository)
    assert sorted(point.tag for point in tags(root, "v[12].0")[0]) == ["v1.0", "v2.0"]
    assert [point.tag for point in tags(root, "orders*")[0]] == ["orders/v3"]
    assert [point.tag for point in tags(root, "*", "v1.1")[0]] == ["v1.0", "v1.1"]
    found = tags(root, "v*", "v1.1..main")[0]
    assert [(point.tag, point.before) for point in found if point.tag != "v1.0.1"] == [
        ("v1.2", history["2"]),
        ("v2.0", history["3"]),
    ]
    assert tags(root, "x*")[0] == []


def test_a_shallow_clone_is_told(repository: Path, git: Git, history: dict[str, str], tmp_path: Path) -> None:
    git("clone", "--quiet", "--depth=2", f"file://{repository}", str(tmp_path / "clone"))
    found, notes = commits(str(tmp_path / "clone"), "HEAD")
    assert [point.before for point in found] == ["", history["merge"]]
    assert len(notes) == 1
    assert "fetch-depth: 0" in notes[0]
    with pytest.raises(RevisionError, match="git fetch --unshallow"):
        commits(str(tmp_path / "clone"), f"{history['1']}..HEAD")


def test_natural_order() -> None:
    assert sorted(["v1.10", "v1.9", "v2", "v1.9-rc1", "a"], key=natural) == ["a", "v1.9", "v1.9-rc1", "v1.10", "v2"]
