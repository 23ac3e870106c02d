"""What stands in a list of a step and its workflow by itself or by reference to the components."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Any, NamedTuple

from integrationlint.spectral.functions.arazzo_expressions import items, leads_somewhere, members


class Entry(NamedTuple):
    """One entry: its name, its members, and what became of its reference: "", invalid, missing or duplicate."""

    name: str
    fields: dict[str, Any]
    state: str = ""


def combined(common: Any, own: Any, kind: str, document: Any, key: Callable[[Entry], Hashable]) -> list[Entry]:
    """The entries of the workflow, replaced by those of the step that have the same key, then the step's others.

    `kind` is the member of the components that references lead to. What is neither entry nor reference is left out.
    """
    merged: dict[Hashable, Entry] = {}
    for listed in (common, own):
        for entry in _marked(_entries(listed, kind, document), key):
            merged[entry.state, key(entry)] = entry
    return list(merged.values())


def _entries(listed: Any, kind: str, document: Any) -> Iterator[Entry]:
    for one in map(members, items(listed)):
        entry = _referred(str(one["reference"]), kind, document) if "reference" in one else _entry(one)
        if entry is not None:
            yield entry


def _entry(fields: dict[str, Any]) -> Entry | None:
    name = fields.get("name")
    return Entry(name, fields) if isinstance(name, str) else None


def _referred(reference: str, kind: str, document: Any) -> Entry | None:
    if not leads_somewhere(reference, document):
        return Entry(reference, {}, "invalid")
    defined = members(members(members(document).get("components")).get(kind))
    target = defined.get(reference.removeprefix(f"$components.{kind}."))
    return _entry(members(target)) if target else Entry(reference, {}, "missing")


def _marked(entries: Iterable[Entry], key: Callable[[Entry], Hashable]) -> Iterator[Entry]:
    seen: set[Hashable] = set()
    for entry in entries:
        yield entry._replace(state="duplicate") if key(entry) in seen else entry
        seen.add(key(entry))
