"""Two linked snapshots to changes: facts only, no verdicts."""

from collections.abc import Iterable

from integrationlint.diff.comparison import BOTH, MOST_WORK, NONE, REQUEST, Comparison, made
from integrationlint.diff.documents import Pair
from integrationlint.diff.operations import compare_api, exchanges
from integrationlint.diff.sets import NARROWER, OTHER, SAME, WIDER
from integrationlint.diff.shape_changes import drain
from integrationlint.diff.trees import compare_trees, named
from integrationlint.diff.xsd_schemas import is_offered
from integrationlint.model.change import Change
from integrationlint.model.element import Element, Use
from integrationlint.model.links import Links
from integrationlint.model.report import RunError

# Kinds of documents whose types matter only where something else refers to them.
_HOLDERS = ("api", "document")
_USERS = ("line", "step", "trigger", "interaction", "consumer", "component")


def compare(
    base: Links, head: Links, pairs: Iterable[Pair], errors: list[RunError], work: int = MOST_WORK
) -> tuple[Change, ...]:
    """All changes that mean something to a reader of messages, a mapping or a flow, in a fixed order.

    `work` is what the comparison may cost, in parts and fields looked at; that it was not enough goes to `errors`.
    """
    run = Comparison(base, head, work=work)
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
    if run.work <= 0:
        message = (
            f"the comparison was stopped: more than {work} parts and fields refer to each other; changes are missing"
        )
        errors.append(RunError(message, kind="limit"))
    return tuple(sorted(run.changes.values(), key=_order))


def _order(change: Change) -> tuple[str, ...]:
    there = change.before.address if change.before is not None else ""
    return (change.address, change.fact, change.action, change.direction, there)


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
    for one in _declared(before, run.base) if before is not None else ():
        if not _elsewhere(one, run.head):
            _report_global(run, one, None)
    for one in _declared(after, run.head) if after is not None else ():
        if not _elsewhere(one, run.base):
            _report_global(run, None, one)


def _declared(root: Element, links: Links) -> Iterable[Element]:
    if root.kind == "api":
        return [one.operation for one in exchanges(root, links).values()]
    if root.kind in ("mapping", "flow", "type"):
        return (root,)
    kinds = ("type",) if root.kind == "schema-document" else ("flow",)
    return [one for one in root.children if one.kind in kinds]


def _compare_globals(run: Comparison, before: Element, after: Element) -> None:
    """XML Schema: every global declaration may be the root of a message, or be used by another schema."""
    if before.name != after.name:
        run.report(made("changed", before, after, BOTH, OTHER, fact="namespace", old=before.name, new=after.name))
        run.schemas[0].renamed[before.name] = after.name
    old, new = _globals(before), _globals(after)
    for name, one in old.items():
        if name in new:
            run.compare(one, new[name], BOTH)
        else:
            found = _elsewhere(one, run.head)
            if found is None:
                _report_global(run, one, None)
            else:
                run.compare(one, found, BOTH)
    for name, one in new.items():
        if name not in old and _elsewhere(one, run.base) is None:
            _report_global(run, None, one)


def _globals(root: Element) -> dict[tuple[str, str], Element]:
    return {(str(one.facts.get("construct", "")), one.name): one for one in root.of("type")}


def _elsewhere(one: Element, links: Links) -> Element | None:
    """The global declaration of the same name that another document of the other side has."""
    for key in one.keys if one.root.kind == "schema-document" else ():
        for edge in links.resolve(one, Use("contains", key)):
            if edge.target.facts.get("construct") == one.facts.get("construct"):
                return edge.target
    return None


def _report_global(run: Comparison, before: Element | None, after: Element | None) -> None:
    """Something that is offered to the outside came or went; what nobody knew of before breaks nobody."""
    one = before or after
    if one is None:
        return
    direction, effect = REQUEST, NARROWER if before is not None else WIDER
    if one.kind in ("flow", "mapping"):
        direction, effect = NONE, SAME
    elif one.root.kind == "schema-document":
        # A type is in messages through the elements that have it; what is derived may stand wherever its base does.
        derived = "substitutionGroup" in one.facts or _may_stand_in(one)
        direction = BOTH if derived else REQUEST
        links = run.base if before is not None else run.head
        effect = effect if is_offered(one, links) or (derived and not one.facts.get("abstract")) else SAME
    run.report(made("removed" if before is not None else "added", before, after, direction, effect))


def _may_stand_in(one: Element) -> bool:
    """Whether a type can be named by `xsi:type` where its base is declared (Part 1, section 2.6.1)."""
    is_type = one.facts.get("construct") == "complexType" and not one.facts.get("abstract")
    return is_type and any(use.role == "extends" for use in one.uses)


def _compare_unreached(run: Comparison, before: Element, after: Element) -> None:
    """Schemas that no message of a side uses: their changes break nobody but who uses them from outside a contract."""
    if before.kind == "schema-document":
        return
    old, new = named(before), named(after)
    for name, one in old.items():
        if one.kind == "type" and name in new and not {id(one), id(new[name])} <= run.reached:
            alone = before.kind in _HOLDERS and not (_used(one, run.base) or _used(new[name], run.head))
            run.compare(one, new[name], NONE if alone else BOTH)


def _used(one: Element, links: Links) -> bool:
    """Whether a mapping, flow or consumer uses a type or something in it."""
    edges = (edge for inner in one.walk() for edge in links.users(inner))
    return any(edge.source.kind in _USERS or edge.source.root.kind not in _HOLDERS for edge in edges)
