"""Changes between two trees of mappings or flows: elements that came or went, and the facts that mean something."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from integrationlint.diff.comparison import NONE, Comparison, made
from integrationlint.diff.sets import SAME, same
from integrationlint.model.element import Element, Value
from integrationlint.model.vocabulary import TEXTS, words

# What people read, what counts lines, and what follows from the rest: no message and no run depends on it. Versions
# are told beside the worst that happened.
_SILENT: Final = TEXTS | words("number caps dialect platform text coverage settings raw_type version")
_OWN: Final = ("mapping", "line", "lookup", "flow", "trigger", "step", "handler", "resource")


def compare_trees(run: Comparison, before: Element, after: Element) -> None:
    """Compare all pairs below two elements that are the same thing; what came or went is one change, not many."""
    pending = [(before, after)]
    while pending:
        old, new = pending.pop()
        _compare_facts(run, old, new)
        mine, yours = named(old), named(new)
        for name, element in mine.items():
            if name in yours:
                pending.append((element, yours[name]))
            elif element.kind in _OWN:
                run.report(made("removed", element, None, NONE, SAME, facts=_about(element)))
        for name, element in yours.items():
            if name not in mine and element.kind in _OWN:
                run.report(made("added", None, element, NONE, SAME, facts=_about(element)))


def named(element: Element) -> dict[str, Element]:
    """The children by the last part of their address: kind, name and, where two are alike, their number."""
    return {one.address.removeprefix(element.address): one for one in element.children}


def _about(element: Element) -> dict[str, Any]:
    return {"required": element.facts.get("required")} if "required" in element.facts else {}


def _compare_facts(run: Comparison, before: Element, after: Element) -> None:
    if before.kind not in _OWN:
        return
    changed = {}
    for fact in sorted((before.facts.keys() | after.facts.keys()) - _SILENT):
        old, new = plain(before.facts.get(fact)), plain(after.facts.get(fact))
        if not same(old, new):
            changed[fact] = old, new
    if "source" in changed:
        changed.pop("sources", None)  # the first of several
    for fact, (old, new) in changed.items():
        run.report(made("changed", before, after, NONE, SAME, fact=fact, old=old, new=new, facts=_about(after)))


def plain(value: Any) -> Any:
    """A fact without where it is written: what is known, or the text that stands in for it."""
    if isinstance(value, Value):
        return plain(value.value) if value.known else (value.raw or None)
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    parts = dict(_parts(value))
    return parts if parts else value


def _parts(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a compound fact such as a retry policy."""
    for name in getattr(value, "__dataclass_fields__", ()):
        found = plain(getattr(value, name))
        if found not in (None, "", []):
            yield name, found
