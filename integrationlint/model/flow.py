"""How the steps of a flow connect: edges between siblings, named by label."""

from collections.abc import Iterable
from dataclasses import dataclass

from integrationlint.model.element import Element


@dataclass(frozen=True, slots=True)
class Next:
    """An edge to a sibling step, by its label.

    kind: `next`, `branch` (taken when `condition` holds), `default` (taken when no branch is) or `error`.
    A label that no sibling has is a reference to nothing.
    """

    step: str
    kind: str = "next"
    condition: str = ""


def labels(names: Iterable[str]) -> list[str]:
    """What tells siblings apart, as in their addresses: the name, `name~2` for the second."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = count = seen.get(name, 0) + 1
        found.append(name if count == 1 else f"{name}~{count}")
    return found


def steps(scope: Element) -> dict[str, Element]:
    """The child steps of a flow, step or handler by label, in source order."""
    children = list(scope.of("step"))
    return dict(zip(labels(child.name for child in children), children, strict=True))
