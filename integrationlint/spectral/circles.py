"""References that lead back to where they stand: those are left as they are written."""

from collections.abc import Iterable, Iterator, Mapping

from integrationlint.spectral.references import File

# A container: its file, and its number there; -1 for what is none.
Node = tuple[File, int]


def circular(files: Iterable[File]) -> set[Node]:
    """The references that stand in what they lead to, directly or through others."""
    files = tuple(files)
    ends = {(file, at): (to.file, to.number) for file in files for at, to in file.targets.items()}
    found = {(file, at) for (file, at), (other, to) in ends.items() if other is file and to in file.above(at)}
    edges: dict[Node, list[Node]] = {}
    for (file, at), end in ends.items():
        outer = file.nesting().around[at]
        if outer >= 0 and (file, at) not in found:
            edges.setdefault((file, outer), []).append(end)
    for file in files:
        for outer, parts in file.nesting().parts.items():
            if outer >= 0:
                edges.setdefault((file, outer), []).extend((file, part) for part in parts)
    group = _groups(edges)
    for (file, at), end in ends.items():
        # What refers to a mere reference gets that reference, and so does not lead any further.
        if end in group and end not in ends and any(group.get((file, one)) == group[end] for one in file.above(at)):
            found.add((file, at))
    return found


def _groups(edges: Mapping[Node, list[Node]]) -> dict[Node, Node]:
    """The nodes that lie on circles, each with one that stands for all it is strongly connected with (Tarjan 1972)."""
    order: dict[Node, int] = {}
    low: dict[Node, int] = {}
    group: dict[Node, Node] = {}
    open_: list[Node] = []
    closed: set[Node] = set()
    work: list[tuple[Node, Iterator[Node]]] = []

    def enter(node: Node) -> None:
        order[node] = low[node] = len(order)
        open_.append(node)
        work.append((node, iter(edges.get(node, ()))))

    for start in edges:
        if start not in order:
            enter(start)
        while work:
            node, rest = work[-1]
            child = next(rest, None)
            if child is None:
                work.pop()
                if low[node] == order[node]:
                    members = _since(node, open_)
                    closed.update(members)
                    group.update(dict.fromkeys(members if len(members) > 1 else (), node))
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
            elif child not in order:
                enter(child)
            elif child not in closed:
                low[node] = min(low[node], order[child])
    return group


def _since(node: Node, stack: list[Node]) -> list[Node]:
    """Takes from the stack all down to a node."""
    found: list[Node] = []
    while not found or found[-1] != node:
        found.append(stack.pop())
    return found
