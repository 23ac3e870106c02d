"""Which documents a change can reach."""

import pytest

from integrationlint.diff.documents import paired
from integrationlint.model.settings import Settings
from integrationlint.pipeline.lint import open_workspace
from integrationlint.pipeline.touched import touched, uses
from integrationlint.source.snapshot import Memory
from integrationlint.workspace.workspace import Workspace


def api(title: str, ref: str) -> str:
    body = f'{{"200": {{content: {{application/json: {{schema: {{$ref: "{ref}"}}}}}}}}}}'
    return f"openapi: 3.1.0\ninfo: {{title: {title}, version: 1.0.0}}\npaths: {{/x: {{get: {{responses: {body}}}}}}}\n"


def xsd(name: str) -> str:
    return f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:{name}"/>'


BASE = {
    "a.yaml": api("A", "b.yaml#/B"),
    "b.yaml": "B: {$ref: 'c.yaml#/C'}\n",
    "c.yaml": "C: {type: object, properties: {id: {type: string}}}\n",
    "d.yaml": api("D", "e.yaml#/E"),
    "x.xsd": xsd("x"),
    "y.xsd": xsd("y"),
}


def opened(files: dict[str, str]) -> Workspace:
    snapshot = Memory({path: text.encode() for path, text in files.items()})
    return open_workspace(snapshot, snapshot.paths(), Settings())


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ({}, []),
        ({"c.yaml": "C: {type: object}\n"}, ["a.yaml", "b.yaml", "c.yaml"]),
        ({"a.yaml": api("A", "c.yaml#/C")}, ["a.yaml"]),
        ({"e.yaml": "E: {type: string}\n"}, ["d.yaml", "e.yaml"]),
        ({"c.yaml": None}, ["a.yaml", "b.yaml", "c.yaml"]),
        ({"d.yaml": None, "z.yaml": BASE["d.yaml"]}, ["z.yaml"]),
        ({"x.xsd": xsd("z")}, ["x.xsd", "y.xsd"]),
        ({"new.yaml": api("N", "a.yaml#/paths")}, ["new.yaml"]),
    ],
)
def test_what_can_have_changed(head: dict[str, str | None], expected: list[str]) -> None:
    now = {path: text for path, text in {**BASE, **head}.items() if text is not None}
    sides = opened(BASE), opened(now)
    roots = [{path: one.root for path, one in side.loaded.items()} for side in sides]
    found = touched(sides, (uses(sides[0]), uses(sides[1])), paired(*roots))
    assert sorted((new or old).document.path for old, new in found if new or old) == expected  # type: ignore[union-attr]
