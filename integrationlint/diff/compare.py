"""Two linked snapshots to changes: facts only, no verdicts."""

from collections.abc import Iterable

from integrationlint.diff.comparison import BOTH, NONE, Comparison, made
from integrationlint.diff.documents import Pair
from integrationlint.diff.operations import compare_api, operations
from integrationlint.diff.sets import NARROWER, OTHER, SAME, WIDER
from integrationlint.diff.shape_changes import drain
from integrationlint.diff.trees import compare_trees, named
from integrationlint.model.change import Change
from integrationlint.model.element import Element
from integrationlint.model.links import Links


def compare(base: Links, head: Links, pairs: Iterable[Pair]) -> tuple[Change, ...]:
    """All changes that mean something to a reader of messages, a mapping or a flow, in a fixed order."""
    run = Comparison(base, head)
    shared: list[tuple[Element, Element]] = []
    for before, after in pairs:
        if before is not None and after is not None and before.kind == after.kind:
            _compare_documents(run, before, after)
            shared.append((before, after))
        else:
            _whole(run, before, after)
    drain(run)
    for before, after in shared:
        _compare_unreached(run, before, after)
    drain(run)
    return tuple(sorted(run.changes.values(), key=_order))


def _order(change: Change) -> tuple[str, str, str, str]:
    return (change.address, change.fact, change.action, change.direction)


def _compare_documents(run: Comparison, before: Element, after: Element) -> None:
    if before.kind == "api":
        compare_api(run, before, after)
    elif before.kind == "schema-document":
        _compare_globals(run, before, after)
    elif before.kind == "type":
        run.compare(before, after, BOTH)
    else:
        compare_trees(run, before, after)


def _whole(run: Comparison, before: Element | None, after: Element | None) -> None:
    """A document that came or went, or is something else now: each thing it declares to the outside."""
    for root, action, effect in ((before, "removed", OTHER), (after, "added", SAME)):
        for one in _declared(root) if root is not None else ():
            old, new = (one, None) if action == "removed" else (None, one)
            run.report(made(action, old, new, NONE if one.kind in ("flow", "mapping") else BOTH, effect))


def _declared(root: Element) -> Iterable[Element]:
    if root.kind == "api":
        return operations(root).values()
    if root.kind in ("mapping", "type"):
        return (root,)
    return [one for one in root.children if one.kind in ("flow", "type")]


def _compare_globals(run: Comparison, before: Element, after: Element) -> None:
    """XML Schema: every global declaration may be the root of a message, or be used by another schema."""
    old, new = _globals(before), _globals(after)
    for name, one in old.items():
        if name in new:
            run.compare(one, new[name], BOTH)
        else:
            run.report(made("removed", one, None, BOTH, NARROWER if name[0] == "element" else SAME))
    for name, one in new.items():
        if name not in old:
            run.report(made("added", None, one, BOTH, WIDER if name[0] == "element" else SAME))


def _globals(root: Element) -> dict[tuple[str, str], Element]:
    return {(str(one.facts.get("construct", "")), one.name): one for one in root.of("type")}


def _compare_unreached(run: Comparison, before: Element, after: Element) -> None:
    """Schemas that no message uses: their changes are told, but break nobody; a schema library is its own contract."""
    library = before.kind not in ("api", "schema-document")
    old, new = named(before), named(after)
    for name, one in old.items():
        if one.kind == "type" and id(one) not in run.reached and name in new:
            run.compare(one, new[name], BOTH if library else NONE)
