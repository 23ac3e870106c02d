"""Example messages for the worst changes: made by `diff/`, and tried by a validator of each side."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from integrationlint.engine.judge import Judged
from integrationlint.model.change import Change, Verdict, Witness
from integrationlint.model.document import Document
from integrationlint.pipeline.changes import Sides
from integrationlint.workspace.workspace import Workspace

if TYPE_CHECKING:
    from integrationlint.diff.witness_xsd import Validator, Validators

Find = Callable[[Change], Witness | None]

# Changes for which an example is looked for, the worst first: more is nobody's evening reading.
_MOST: Final = 20
_SHAPES: Final = ("field", "type", "schema", "items", "variant")
_SHOWN: Final = (Verdict.BREAKING, Verdict.RISKY)


def witnessed(judged: Iterable[Judged], both: Sides) -> list[Judged]:
    """The changes, the worst of those that break something with a witness where one is found."""
    found = list(judged)
    asked = [place for place, one in enumerate(found) if _is_asked(one)]
    asked.sort(key=lambda place: (-found[place].verdict.rank, found[place].change.address, found[place].change.fact))
    asked = asked[:_MOST]
    for is_asked, made in ((_is_xsd, _of_xsd), (_is_json, _of_json)):
        places = [place for place in asked if is_asked(found[place].change)]
        if places:
            _fill(found, places, made(both))
    return found


def _fill(found: list[Judged], places: Iterable[int], find: Find) -> None:
    for place in places:
        change = found[place].change
        witness = find(change)
        if witness is not None:
            found[place] = replace(found[place], change=replace(change, witness=witness))


def _is_asked(judged: Judged) -> bool:
    change = judged.change
    return judged.verdict in _SHOWN and (_is_xsd(change) or _is_json(change))


def _is_xsd(change: Change) -> bool:
    broken = False in (change.backward, change.forward)
    return broken and change.element.root.kind == "schema-document" and change.element.document.syntax == "xml"


def _is_json(change: Change) -> bool:
    broken = (change.backward, change.forward) != (True, True)
    return broken and change.kind in _SHAPES and change.element.document.syntax in ("json", "yaml")


def _of_xsd(both: Sides) -> Find:
    from integrationlint.diff.witness_xsd import xsd_witness
    from integrationlint.diff.xsd_schemas import Schemas

    schemas = (Schemas(both.before), Schemas(both.after))
    return partial(xsd_witness, schemas=schemas, find=_validators(both))


def _of_json(both: Sides) -> Find:
    from integrationlint.checks.schemas_validation import fault_finder
    from integrationlint.diff.witness_json import Witnesses

    paths = ((path, both.moved.get(path, path)) for path in both.before.loaded)
    pairs = [
        (both.before.loaded[old].root, both.after.loaded[new].root) for old, new in paths if new in both.after.loaded
    ]
    return Witnesses((both.before, both.after), pairs, fault_finder).of


def _validators(both: Sides) -> "Validators":
    """The validators of both sides, each schema compiled once."""
    known: dict[tuple[int, str, bool], Validator | None] = {}

    def find(side: int, path: str, new: bool) -> "Validator | None":  # noqa: FBT001  nobody calls it by name
        mark = (side, path, new)
        if mark not in known:
            known[mark] = _compiled((both.before, both.after)[side], path, new=new)
        return known[mark]

    return find


def _compiled(workspace: Workspace, path: str, *, new: bool) -> "Validator | None":
    from integrationlint.dialects.xml_schema import validator

    def document(other: str, namespace: str) -> Document | None:
        found = workspace.loaded.get(other)
        if found is not None:
            return found.document
        roots = [one for one in workspace.elements("schema-document") if one.name == namespace and one.parent is None]
        return roots[0].document if len(roots) == 1 and namespace else None

    one = workspace.loaded.get(path)
    return None if one is None else validator(one.document, document, new=new)
