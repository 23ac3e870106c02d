"""The fields that a Mule component reads, writes and sends, from its attributes and scripts."""

from collections.abc import Iterator
from typing import Final

from integrationlint.formats.flows.dataweave_paths import BODY, script_reads, script_writes
from integrationlint.formats.flows.mule_names import below
from integrationlint.model.document import XmlNode

_SCRIPT_STARTS: Final = ("%dw", "output ", "import ")
_BODIES: Final = ("body", "message", "content", "input-parameters", "records")


def own_nodes(node: XmlNode, *, holder: bool) -> Iterator[XmlNode]:
    """A component with what belongs to it; of a scope only itself, since the rest are steps of their own."""
    yield node
    if not holder:
        yield from below(node)


def reads(nodes: list[XmlNode]) -> tuple[str, ...]:
    """The paths that expressions `#[…]` in attributes and texts, and whole scripts, take values from."""
    found: dict[str, None] = {}
    for node in nodes:
        for written in (*node.attributes.values(), node.text):
            for script in scripts(written):
                found.update(dict.fromkeys(script_reads(script)))
    return tuple(found)


def scripts(written: str) -> Iterator[str]:
    """The DataWeave in a text: all of it when it is a script, else each `#[…]`."""
    if written.lstrip().startswith(_SCRIPT_STARTS):
        yield written
        return
    end = 0
    while (start := written.find("#[", end)) >= 0:
        end = _closing(written, start + 2)
        yield written[start + 2 : end]


def _closing(written: str, start: int) -> int:
    """Where the bracket that is open at `start` closes; the end of the text when it does not."""
    depth = 1
    for position in range(start, len(written)):
        if written[position] == "[":
            depth += 1
        elif written[position] == "]":
            depth -= 1
            if depth == 0:
                return position
    return len(written)


def writes(node: XmlNode, nodes: list[XmlNode]) -> tuple[str, ...]:
    """What a component changes: body keys of `set-payload`, variables, the target of an operation."""
    found: list[str] = []
    for part in nodes:
        variable = part.attributes.get("variableName", "")
        if part.local in ("set-payload", "set-variable"):
            base = f"vars.{variable}" if variable else ""
            built = [
                path for script in scripts(part.attributes.get("value", part.text)) for path in script_writes(script)
            ]
            found.extend(_under(base, built))
    target = node.attributes.get("target", "")
    return tuple(dict.fromkeys([*found, *([f"vars.{target}"] if target else [])]))


def _under(base: str, paths: list[str]) -> Iterator[str]:
    if not base:
        yield from paths or [BODY]
    elif not paths or paths == [BODY]:
        yield base
    else:
        yield from (f"{base}.{path}" for path in paths)


def sends(node: XmlNode, nodes: list[XmlNode]) -> tuple[str, ...]:
    """The keys of the body that an operation hands over; the payload goes as it is when none is written."""
    for part in nodes:
        if part is not node and part.local in _BODIES:
            built = [path for script in scripts(part.text) for path in script_writes(script)]
            if built:
                return tuple(dict.fromkeys(built))
    return (BODY,)
