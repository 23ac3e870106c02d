"""`diff` over whole repositories: what moved, what lies elsewhere, which base."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.project import BREAKING, GOOD, Cli, Project

CONFIG = "extends: [recommended]\nrules: {compat/version-bump-matches: off}\n"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12345\n"
XSD = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:{0}" xmlns="urn:{0}">
  <xs:element name="order"><xs:complexType><xs:sequence>
    <xs:element name="id" type="xs:string"/>{1}
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
"""
REQUIRED = '<xs:element name="more" type="xs:string"/>'
FLOW = """\
<mule xmlns="http://www.mulesoft.org/schema/mule/core">
  <flow name="{0}"><logger level="INFO" message="one"/>{1}</flow>
</mule>
"""


@pytest.fixture
def estate(repository: Project) -> Project:
    """A repository with a configuration."""
    repository.write(".integrationlint.yaml", CONFIG)
    return repository


def diff(cli: Cli, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(cli("diff", "--format", "json", *arguments).out)
    return found


def told(cli: Cli, *arguments: str) -> list[str]:
    """Verdict and address of each change."""
    return [f"{one['verdict']} {one['address']}" for one in diff(cli, *arguments)["changes"]]


def move(project: Project, old: str, new: str, text: str = "") -> None:
    (project.root / new).parent.mkdir(parents=True, exist_ok=True)
    (project.root / old).rename(project.root / new)
    if text:
        project.write(new, text)


# what moved


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.yaml", GOOD),
        ("a.xsd", XSD.format("a", "")),
        ("a.xml", FLOW.format("a", "")),
        ("a.csv", "Source Field,Target Field\na,b\n"),
    ],
)
def test_a_moved_file_is_no_change(cli: Cli, estate: Project, path: str, text: str) -> None:
    estate.write(path, text)
    estate.commit()
    move(estate, path, f"deep/er/z-{path}")
    assert told(cli, "HEAD") == []


def test_what_is_moved_together_still_refers_to_each_other(cli: Cli, estate: Project) -> None:
    estate.write("api/a.yaml", GOOD.replace("#/components/schemas/Order", "types.yaml#/Order"))
    estate.write("api/types.yaml", "Order: {type: object, properties: {id: {type: string}}}\n")
    estate.commit()
    for name in ("a", "types"):
        move(estate, f"api/{name}.yaml", f"contracts/v1/{name}.yaml")
    assert told(cli, "HEAD") == []


def test_documents_that_are_moved_and_edited_are_known_by_what_they_say_they_are(cli: Cli, estate: Project) -> None:
    estate.write("one.xsd", XSD.format("a", ""))
    estate.write("two.xsd", XSD.format("b", ""))
    estate.write("one.xml", FLOW.format("first", ""))
    estate.write("two.xml", FLOW.format("second", ""))
    estate.commit(a=GOOD, b=GOOD.replace("title: Orders", "title: Billing"))
    move(estate, "a.yaml", "api/x.yaml", BREAKING)
    move(estate, "b.yaml", "api/y.yaml")
    move(estate, "one.xsd", "xsd/y.xsd", XSD.format("a", REQUIRED))
    move(estate, "two.xsd", "xsd/x.xsd")
    move(estate, "one.xml", "flows/y.xml")
    move(estate, "two.xml", "flows/x.xml", FLOW.format("second", '<logger level="INFO" message="two"/>'))
    assert sorted({one["file"] for one in diff(cli, "HEAD")["changes"]}) == [
        "api/x.yaml",
        "flows/x.xml",
        "xsd/y.xsd",
    ]
    change = next(one for one in diff(cli, "HEAD")["changes"] if one["address"] == "a.yaml#type:Order/field:id")
    assert (change["file"], change["base"]["file"]) == ("api/x.yaml", "a.yaml")


def test_versions_side_by_side_are_not_confused(cli: Cli, estate: Project) -> None:
    second = BREAKING.replace("version: 1.0.0", "version: 2.0.0")
    estate.write("orders-v1.yaml", GOOD)
    estate.write("orders-v2.yaml", second)
    estate.commit()
    move(estate, "orders-v1.yaml", "old/orders.yaml", GOOD.replace("version: 1.0.0", "version: 1.0.1"))
    move(estate, "orders-v2.yaml", "orders.yaml", second.replace("version: 2.0.0", "version: 2.1.0"))
    assert told(cli, "HEAD") == ["safe old/orders.yaml#", "safe orders.yaml#"]  # their versions


def test_the_old_version_is_kept_beside_the_new_one(cli: Cli, estate: Project) -> None:
    estate.commit(orders=GOOD)
    move(estate, "orders.yaml", "orders-v1.yaml")
    estate.write("orders.yaml", BREAKING.replace("version: 1.0.0", "version: 2.0.0"))
    found = diff(cli, "HEAD")
    assert found["verdict"] == "safe"
    assert {one["action"] for one in found["changes"]} == {"added"}


# what lies elsewhere


@pytest.fixture
def submodule(estate: Project, tmp_path: Path) -> Project:
    """A repository with a submodule, whose types its contract refers to; each has two commits."""
    library = Project(tmp_path / "library")
    library.write("types.yaml", "Order: {type: object, properties: {id: {type: string}}}\n")
    library.git("-c", "init.defaultBranch=main", "init", "--quiet")
    library.commit(x=GOOD)
    estate.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(library.root), "libs/types")
    estate.commit(a=GOOD.replace("#/components/schemas/Order", "libs/types/types.yaml#/Order"))
    types = Project(estate.root / "libs" / "types")
    types.commit(types="Order: {type: object, properties: {id: {type: integer}}}\n", x=BREAKING)
    estate.commit()
    return estate


def test_submodules_are_not_looked_into(cli: Cli, submodule: Project) -> None:
    note = "not read, repository inside the repository (submodule): libs/types/"
    for arguments in (["HEAD~1", "HEAD"], ["HEAD~1"], ["HEAD"]):
        found = diff(cli, *arguments)
        assert (found["verdict"], found["findings"], found["notes"]) == ("none", [], [note])
    submodule.git("submodule", "--quiet", "deinit", "--force", "libs/types")
    assert diff(cli, "HEAD~1")["notes"] == [note]
    submodule.git("rm", "--quiet", "--cached", "libs/types")
    submodule.write(".gitmodules", "")
    assert diff(cli, "HEAD")["notes"] == [f"base: {note}"]


def test_nothing_is_said_of_references_into_submodules(cli: Cli, submodule: Project) -> None:
    for arguments in ([], ["--rev", "HEAD"]):
        found = cli("lint", "--select", "schema/ref-resolves,any/parseable", "--format", "json", *arguments)
        assert json.loads(found.out)["findings"] == []


def test_pointers_of_lfs_are_notes(cli: Cli, estate: Project) -> None:
    for name in ("big.yaml", "b.json", "c.xsd", "d.csv"):
        estate.write(name, POINTER.format("1" * 64))
    estate.write(
        "include.xsd",
        XSD.format("a", "").replace(
            '<xs:element name="order">', '<xs:include schemaLocation="c.xsd"/>\n<xs:element name="order">', 1
        ),
    )
    estate.commit(a=GOOD.replace("#/components/schemas/Order", "big.yaml#/Order"))
    estate.write("c.xsd", POINTER.format("2" * 64))
    estate.commit()
    note = "not read, pointer of Git LFS whose content is not here (git lfs pull fetches it): {}"
    for arguments in (["HEAD~1", "HEAD"], ["HEAD~1"]):
        found = diff(cli, *arguments)
        everything = note.format("b.json, big.yaml, c.xsd, d.csv")
        assert (found["verdict"], found["findings"], found["notes"]) == ("none", [], [everything])
    rules = "any/parseable,schema/ref-resolves,xsd/valid-schema"
    found = json.loads(cli("lint", "--select", rules, "--format", "json").out)
    assert (found["findings"], found["notes"]) == ([], [everything])
    estate.write("c.xsd", XSD.format("a", ""))
    found = diff(cli, "HEAD")
    assert (found["verdict"], found["findings"]) == ("none", [])
    assert found["notes"] == [f"base: {everything}", f"head: {note.format('b.json, big.yaml, d.csv')}"]


def test_symbolic_links_are_followed_inside_alone(cli: Cli, estate: Project, tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text(GOOD)
    (estate.root / "out.yaml").symlink_to("../secret.yaml")
    estate.write("real.yaml", GOOD)
    (estate.root / "link.yaml").symlink_to("real.yaml")
    estate.commit()
    (tmp_path / "secret.yaml").write_text(BREAKING)
    found = diff(cli, "HEAD")
    assert found["verdict"] == "none"
    assert [one["file"] for one in found["documents"]] == ["link.yaml", "real.yaml"]
    assert found["notes"] == ["not read, symbolic link that leads out of the folder or nowhere: out.yaml"]


# which base


@pytest.fixture
def branched(estate: Project) -> Project:
    """main goes on after the branch left it: the branch changes nothing, and main adds a field."""
    estate.commit(a=BREAKING)
    estate.git("checkout", "--quiet", "-b", "branch")
    estate.commit(b=GOOD)
    estate.git("checkout", "--quiet", "main")
    estate.commit(a=GOOD)
    estate.git("checkout", "--quiet", "branch")
    return estate


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (["main"], "breaking"),
        (["main", "branch"], "breaking"),
        (["main..branch"], "breaking"),
        (["main..."], "safe"),
        (["main...branch"], "safe"),
        ([], "safe"),
    ],
)
def test_dots_choose_the_merge_base(cli: Cli, branched: Project, arguments: list[str], verdict: str) -> None:
    result = cli("diff", *arguments, "--format", "json")
    assert json.loads(result.out)["verdict"] == verdict
    moved_on = arguments in (["main"], ["main", "branch"])
    assert ("main has commits that" in result.err) is moved_on
    if moved_on:
        assert f"main...{''.join(arguments[1:])} leaves them out" in result.err


def test_a_folder_may_have_dots(cli: Cli, estate: Project) -> None:
    estate.write("v1..v2/a.yaml", GOOD)
    estate.write("v3/a.yaml", BREAKING)
    assert diff(cli, "v1..v2", "v3")["verdict"] == "breaking"


def test_the_merge_base_is_named_briefly(cli: Cli, branched: Project) -> None:
    assert f"; {branched.git('merge-base', 'main', 'branch')[:12]} -> work tree" in cli("diff").out
