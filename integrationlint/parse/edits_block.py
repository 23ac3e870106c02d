"""Text edits in YAML that is laid out by indentation: whole lines come and go."""

import json
import re
from typing import Final

from integrationlint.model.fix import Edit, Repair
from integrationlint.model.location import child, parent, tokens
from integrationlint.parse.written import Range, Written

_DASH: Final = re.compile(r"[ ]*-[ ]+\Z")
_LEAD: Final = re.compile(r"[ ]*(?:-[ ]+)*\Z")
_NOTHING_ELSE: Final = re.compile(r"[ \t]*(?:#|\Z)")
_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def remove(written: Written, repair: Repair) -> tuple[Edit, ...] | None:
    """Take the lines of a member or an item away; what held only that is empty then, and says so."""
    place, holder = _whole(written, repair.pointer), written.document.at(parent(repair.pointer))
    lines = written.whole_lines(*place) if place is not None else None
    if lines is None or not isinstance(holder, dict | list) or written.has_comment(*lines):
        return None
    if len(holder) > 1:
        return (written.edit(*lines),)
    above = written.key(parent(repair.pointer))
    colon = _behind_colon(written, above) if above is not None else None
    if colon is None or colon > lines[0] or not _NOTHING_ELSE.match(written.text[colon : written.line_end(colon)[0]]):
        return None
    return (written.edit(colon, colon, " {}" if isinstance(holder, dict) else " []"), written.edit(*lines))


def _whole(written: Written, pointer: str) -> Range | None:
    """From the name of a member, or the dash of an item, to the end of its value; within what holds it."""
    key, value, holder = written.key(pointer), written.value(pointer), written.value(parent(pointer))
    if value is None or holder is None:
        return None
    if key is None:
        first = written.line_start(value[0])
        dash = _DASH.match(written.text, first, value[0])
        start, end = (written.text.index("-", first), value[1]) if dash else (-1, -1)
    else:
        colon = _behind_colon(written, key)
        start, end = (key[0], max(value[1], colon)) if colon is not None else (-1, -1)
    return (start, end) if holder[0] <= start < end <= max(holder[1], end) and start < holder[1] else None


def _behind_colon(written: Written, key: Range) -> int | None:
    """The offset behind the colon that follows a member name."""
    at = written.ahead(key[1])
    return at + 1 if written.text[at : at + 1] == ":" else None


def insert(written: Written, repair: Repair) -> tuple[Edit, ...] | None:
    """Add a member on a line of its own, below a sibling that takes one line."""
    holder, name = parent(repair.pointer), tokens(repair.pointer)[-1]
    place = _whole(written, child(holder, repair.beside))
    if place is None or _LINE_END.search(written.text, *place):
        return None
    lead = written.text[written.line_start(place[0]) : place[0]]
    last, _ = written.line_end(place[1])
    if not _LEAD.match(lead) or not _NOTHING_ELSE.match(written.text[place[1] : last]):
        return None
    found = _LINE_END.search(written.text)
    line_end = found[0] if found else "\n"
    return (written.edit(last, last, f"{line_end}{' ' * len(lead)}{name}: {json.dumps(repair.value)}"),)
