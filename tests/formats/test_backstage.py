"""Catalogs of Backstage: golden element trees of our own fixtures, references to entities, what is none."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrationlint.formats import backstage
from integrationlint.formats.backstage_refs import parse_ref, shown
from integrationlint.formats.formats import recognise
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.parse.parsers import parse

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[1] / "data" / "formats" / "backstage"


def read(path: Path) -> Document:
    return parse(f"maps/{path.name}", path.read_bytes())


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.name)
def test_golden_trees(
    path: Path, golden: "Callable[[Path, str], None]", render_elements: "Callable[[Element], str]"
) -> None:
    document = read(path)
    found = recognise(document)
    assert found is not None
    assert not document.faults
    match, module = found
    assert module.NAME == "backstage"
    tree = render_elements(backstage.build(document))
    golden(path.with_name(f"{path.name}.golden"), f"{match.version}; {match.evidence}\n{tree}")


@pytest.mark.parametrize("path", sorted((DATA / "not").glob("*.yaml")), ids=lambda path: path.name)
def test_what_is_no_catalog(path: Path) -> None:
    assert backstage.recognise(read(path)) is None


def test_every_document_of_a_catalog_is_read_and_has_its_place() -> None:
    root = backstage.build(read(DATA / "catalog-info.yaml"))
    billing = next(one for one in root.children if one.name == "billing")
    line = (DATA / "catalog-info.yaml").read_text(encoding="utf-8").splitlines().index("  name: billing") + 1
    assert billing.location.span.start == (line, 9)
    assert root.document.at(billing.pointer + "/kind") == "Component"
    assert all(root.document.span(use.pointer).start.line > line for use in billing.uses)


def test_other_files_of_several_documents_keep_their_fault() -> None:
    (fault,) = read(DATA / "not" / "deployment.yaml").faults
    assert fault.code == "multiple-documents"


@pytest.mark.parametrize(
    ("said", "key", "name"),
    [
        ("orders", "entity:api:web/orders", "web/orders"),
        ("component:orders", "entity:component:web/orders", "component:web/orders"),
        ("Default/Orders", "entity:api:default/orders", "Orders"),
        ("API:default/orders", "entity:api:default/orders", "orders"),
        ({"name": "a"}, "entity:api:web/a", "web/a"),
        ({"kind": "Group", "namespace": "default", "name": "a"}, "entity:group:default/a", "group:a"),
    ],
)
def test_references(said: object, key: str, name: str) -> None:
    found = parse_ref(said, "api", "web")
    assert found is not None
    assert (found.key, shown(found, "api")) == (key, name)


@pytest.mark.parametrize("said", ["", "api:", "api:default/", 5, None, [], {}, {"name": 5}, {"name": "a", "kind": 3}])
def test_what_is_no_reference(said: object) -> None:
    assert parse_ref(said, "api", "default") is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("definition", "consumesApis", "providesApis", "dependsOn", "owner", "system", "targets", "target")


@given(
    st.sampled_from(["API", "Component", "Location", "Odd", ""]),
    st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("name", "namespace", "annotations", "labels", "title"), JSON | st.just("a"))
    ),
    st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, JSON)),
)
def test_odd_values_are_left_out(kind: str, metadata: Any, spec: Any) -> None:
    value = {"apiVersion": "backstage.io/v1alpha1", "kind": kind, "metadata": metadata, "spec": spec}
    text = json.dumps([value, 5, value] if kind == "API" else value)
    document = parse("catalog-info.json", text.encode())
    assert backstage.recognise(document)
    for one in backstage.build(document).walk():
        assert one.address
        assert one.location
