"""The documents in which anything can have changed: those that differ, and those that use one, however indirectly."""

from collections.abc import Iterable, Iterator

from integrationlint.diff.documents import Pair
from integrationlint.workspace.workspace import Workspace

# Which file uses which other one: user, used.
Uses = frozenset[tuple[str, str]]
# A file of the base (0) or the head (1).
_Node = tuple[int, str]


def uses(workspace: Workspace) -> Uses:
    """Which file of a snapshot uses which other one."""
    return frozenset((user, used) for user, used in _edges(workspace) if user != used)


def _edges(workspace: Workspace) -> Iterator[tuple[str, str]]:
    for root in workspace.roots():
        path = root.document.path
        for element in root.walk():
            for edge in workspace.edges(element) if element.uses else ():
                for target in (edge.target, *edge.through):
                    yield path, target.document.path


def touched(sides: tuple[Workspace, Workspace], both: tuple[Uses, Uses], pairs: Iterable[Pair]) -> list[Pair]:
    """The pairs to compare. What one XML Schema declares may mean something to any other: they go together."""
    found = list(pairs)
    partner: dict[_Node, _Node] = {}
    for old, new in found:
        if old is not None and new is not None:
            partner[0, old.document.path] = (1, new.document.path)
            partner[1, new.document.path] = (0, old.document.path)
    users: dict[_Node, list[_Node]] = {}
    for side, known in enumerate(both):
        for user, used in sorted(known):
            users.setdefault((side, used), []).append((side, user))
    schemas = {
        (side, path): None
        for side, workspace in enumerate(sides)
        for path, one in workspace.loaded.items()
        if one.root.kind == "schema-document"
    }
    reached = dict.fromkeys(_changed(sides, partner))
    waiting = list(reached)
    for node in waiting:
        more = [partner.get(node, (1 - node[0], node[1])), *users.get(node, ())]
        if node in schemas:
            more += schemas
            schemas.clear()
        new_ones = [one for one in dict.fromkeys(more) if one not in reached]
        reached |= dict.fromkeys(new_ones)
        waiting += new_ones
    return [pair for pair in found if any((side, one.document.path) in reached for side, one in enumerate(pair) if one)]


def _changed(sides: tuple[Workspace, Workspace], partner: dict[_Node, _Node]) -> Iterator[_Node]:
    """The files that have another text, or lie elsewhere, on the other side, or are not there."""
    for side, workspace in enumerate(sides):
        for path, one in workspace.loaded.items():
            there, other = partner.get((side, path), (1 - side, path))
            known = sides[there].loaded.get(other)
            if known is None or other != path or known.document.text != one.document.text:
                yield side, path
