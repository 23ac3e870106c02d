"""The sequence of a flow as a Mermaid sequence diagram."""

from collections.abc import Iterator
from typing import Final

from integrationlint.model.sequence import Event, Party, Sequence
from integrationlint.report.graph_view import identity
from integrationlint.report.mermaid import escaped

_ARROWS: Final = {"call": "->>", "asked": "->>", "send": "-)", "receive": "-)"}
_INWARDS: Final = frozenset({"asked", "receive"})
# What a block is called when its text is written in a note below.
_OPENING: Final = {"alt": "if", "opt": "error", "loop": "again and again", "par": "at the same time"}
_NEXT: Final = {"else": "or if", "and": "and"}
_MOST_LETTERS: Final = 20
# Further in than this nobody sees it, and thousands of blocks inside each other would be blanks for the most part.
_FURTHEST: Final = 20


def sequence_diagram(sequence: Sequence) -> str:
    """`sequenceDiagram`: who takes part, in the order of appearance, and what happens."""
    flow = sequence.flow
    parties = [one.party for one in sequence.events if one.party is not None]
    callers = [one for one in parties if one.kind == "caller"]
    lines = ["sequenceDiagram"]
    lines += [f"  {_participant(one)}" for one in {one.key: one for one in (*callers, flow, *parties)}.values()]
    depth = 1
    following = (*sequence.events[1:], Event("end"))
    for event, after in zip(sequence.events, following, strict=True):
        depth -= event.kind == "end"
        first, *others = _lines(event, flow)
        lines.append(f"{_indent(depth - (event.kind in _NEXT))}{first}")
        depth += event.kind in _OPENING
        lines += [f"{_indent(depth)}{one}" for one in others]
        if event.kind in (_OPENING | _NEXT) and (after.kind == "end" or after.kind in _NEXT) and not others:
            lines.append(f"{_indent(depth)}{_note(flow, 'goes on')}")
    return "\n".join((*lines, ""))


def _indent(depth: int) -> str:
    return "  " * min(depth, _FURTHEST)


def _participant(party: Party) -> str:
    word = "actor" if party.kind == "caller" else "participant"
    return f"{word} {identity(party.key, 'p')} as {escaped(party.name)}"


def _lines(event: Event, flow: Party) -> Iterator[str]:
    here, text = identity(flow.key, "p"), escaped(event.text)
    blocks = _OPENING | _NEXT
    if event.kind == "end":
        yield "end"
    elif event.kind in blocks:
        # Mermaid breaks the text of a block anywhere when the block is narrow; a note makes it as wide as the text.
        short = len(text) <= _MOST_LETTERS and "#" not in text
        yield f"{event.kind} {text if short else blocks[event.kind]}"
        yield from () if short else (_note(flow, event.text),)
    elif event.kind == "note":
        yield _note(flow, event.text)
    else:
        there = identity(event.party.key, "p") if event.party is not None else here
        source, target = (there, here) if event.kind in _INWARDS else (here, there)
        yield f"{source}{_ARROWS.get(event.kind, '->>')}{target}: {text}"


def _note(flow: Party, text: str) -> str:
    return f"Note over {identity(flow.key, 'p')}: {escaped(text)}"
