"""Text edits between brackets and braces: JSON, and YAML in flow style."""

import json
import re
from typing import Final

from integrationlint.model.fix import Edit, Repair
from integrationlint.model.location import child, parent, tokens
from integrationlint.parse.written import Range, Written

_BETWEEN: Final = re.compile(r"[ \t]*:[ \t]*\Z")


def remove(written: Written, repair: Repair) -> tuple[Edit, ...] | None:
    """Take a member or an item away, with the comma before it, or for the first one the comma behind it."""
    place = _whole(written, repair.pointer)
    if place is None:
        return None
    start, end = place
    text, before, after = written.text, written.back(start), written.ahead(end)
    if text[before - 1 : before] == ",":
        first, last = before - 1, end
    elif text[before - 1 : before] in ("{", "[") and text[after : after + 1] == ",":
        first, last = start, written.ahead(after + 1)
    elif text[before - 1 : before] in ("{", "[") and text[after : after + 1] in ("}", "]"):
        first, last = before, after
    else:
        return None
    # A comma that a comment ends with is none.
    if written.has_comment(written.line_start(first), last):
        return None
    return (written.edit(first, last),)


def _whole(written: Written, pointer: str) -> Range | None:
    """From the name of a member, or the start of an item, to the end of its value; within what holds it."""
    key, value, holder = written.key(pointer), written.value(pointer), written.value(parent(pointer))
    if value is None or holder is None or value[0] == value[1]:
        return None
    place = (value if key is None else key)[0], value[1]
    return place if holder[0] < place[0] <= place[1] < holder[1] else None


def insert(written: Written, repair: Repair) -> tuple[Edit, ...] | None:
    """Add a member behind a sibling, and set it off as that one is."""
    holder, name = parent(repair.pointer), tokens(repair.pointer)[-1]
    beside = child(holder, repair.beside)
    place, key, value = _whole(written, beside), written.key(beside), written.value(beside)
    if place is None or key is None or value is None:
        return None
    text = written.text
    between, quoted = text[key[1] : value[0]], text[key[0] : key[0] + 1] == '"'
    before = written.back(key[0])
    if not _BETWEEN.match(between) or text[before - 1 : before] not in (",", "{"):
        return None
    if written.document.syntax == "yaml" and not between.endswith(" "):
        between = ": "
    gap = text[before : key[0]]
    if text[before - 1] == "{" and "\n" not in gap:
        gap = " " if between.endswith(" ") else ""
    spelt = json.dumps(name, ensure_ascii=False) if quoted else name
    return (written.edit(value[1], value[1], f",{gap}{spelt}{between}{json.dumps(repair.value)}"),)
