"""Whether a flow can be watched while it runs."""

from collections.abc import Iterator
from typing import Final, Literal

from integrationlint.checks.flow_facts import at, is_live, value
from integrationlint.model.element import Element
from integrationlint.model.rule import Problem

_SILENT: Final = ("OFF", "NONE", False)


def observable(
    element: Element, *, needs: tuple[Literal["logging", "tracing", "description"], ...] = ("logging", "tracing")
) -> Iterator[Problem]:
    """A flow logs what it does and can be traced, and with `description` says what it is for.

    What is decided where the flow is deployed is not judged.
    """
    if not is_live(element) or element.facts.get("kind") != "flow":
        return
    for name in needs:
        if name == "description":
            if not str(element.facts.get("description") or "").strip():
                yield Problem({"problem": "has no description"})
            continue
        found = value(element, name)
        if found is not None and found.known and found.value in _SILENT:
            yield Problem({"problem": f"has its {name} switched off"}, at=at(found))
