"""Repairs to text edits: what a check wants changed, at the place and in the manner in which it is written."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from integrationlint.model.document import Document
from integrationlint.model.fix import WHOLE, Edit, Fix, Repair
from integrationlint.model.location import Span, parent
from integrationlint.parse import edits_block, edits_flow, edits_xml
from integrationlint.parse.text import Lines
from integrationlint.parse.written import Written

# How YAML may write a text without quotes and nobody take it for something else; single words and header names.
_PLAIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]*\Z")
_RESERVED: Final = frozenset("true false null yes no on off y n".split())
_EXCEPTION: Final = re.compile(r"integrationlint: ignore\[([^\]]*)\]")


def placed(document: Document, fixes: Iterable[tuple[Fix, Span]]) -> Iterator[Fix | None]:
    """Each fix with its edits; None where they cannot be made without touching more than they should.

    With each fix comes the span of its finding.
    """
    written = Written(document, document.text, Lines(document.text))
    for fix, span in fixes:
        edits = _all_edits(written, fix, span)
        yield None if edits is None else Fix(fix.repairs, edits)


def _all_edits(written: Written, fix: Fix, span: Span) -> tuple[Edit, ...] | None:
    found: list[Edit] = []
    for one in fix.repairs:
        edits = _edits(written, one, span)
        if edits is None:
            return None
        found += edits
    found.sort()
    met = any(first.span.end > second.span.start for first, second in pairwise(found))
    return None if met else tuple(found)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits made that do not overlap."""
    lines = Lines(text)
    parts: list[str] = []
    end = len(text)
    for (first, last), new in sorted(edits, reverse=True):
        parts += [text[lines.offset(*last) : end], new]
        end = lines.offset(*first)
    parts.append(text[:end])
    return "".join(reversed(parts))


def _edits(written: Written, repair: Repair, span: Span) -> tuple[Edit, ...] | None:
    if repair.action in WHOLE:
        return ()
    if repair.action == "forget":
        return _forget(written, repair, span)
    kind = "xml" if written.document.syntax == "xml" else _style(written, parent(repair.pointer))
    known = _WAYS.get((repair.action, kind))
    return known(written, repair) if known is not None else None


def _style(written: Written, holder: str) -> str:
    """`flow` for brackets and braces, as in JSON; `block` for indented YAML; nothing for an alias or a tag."""
    place = written.value(holder)
    if written.document.syntax not in ("yaml", "json") or place is None:
        return ""
    start = written.text[place[0] : place[0] + 1]
    return "flow" if start in ("{", "[") else "" if start in ("*", "&", "!", "") else "block"


def _set(written: Written, repair: Repair) -> tuple[Edit, ...] | None:
    place = written.value(repair.pointer)
    if place is None:
        return None
    old = written.text[slice(*place)]
    if not old or old[0] in "|>*&![{":
        return None
    return (written.edit(*place, spelled(repair.value, old, written.document.syntax)),)


def _rename(written: Written, repair: Repair) -> tuple[Edit, ...] | None:
    place = written.key(repair.pointer)
    if place is None:
        return None
    old = written.text[slice(*place)]
    if not old or old[0] in "|>*&![{?":
        return None
    return (written.edit(*place, spelled(repair.value, old, written.document.syntax)),)


def spelled(value: object, like: str, syntax: str) -> str:
    """A scalar as YAML or JSON writes it, in quotes like those of `like`."""
    if syntax == "json" or not isinstance(value, str) or like.startswith('"'):
        return json.dumps(value, ensure_ascii=False)
    if like.startswith("'"):
        return "'" + value.replace("'", "''") + "'"
    plain = _PLAIN.match(value) and value.lower() not in _RESERVED
    return value if plain else json.dumps(value, ensure_ascii=False)


def _forget(written: Written, repair: Repair, span: Span) -> tuple[Edit, ...] | None:
    """Take a rule out of the comment that excepts it, or the comment away with the last of its rules."""
    start, end = (written.lines.offset(*one) for one in span)
    listed = _EXCEPTION.search(written.text, start, end)
    if listed is None:
        return None
    names = [one.strip() for one in listed[1].split(",")]
    left = [one for one in names if one != repair.value]
    if len(left) == len(names):
        return None
    if left:
        return (written.edit(*listed.span(1), ", ".join(left)),)
    end = _comment_end(written, start, listed.end(), end)
    return (written.edit(*(written.whole_lines(start, end) or (_blanks_before(written, start), end))),) if end else None


def _comment_end(written: Written, start: int, listed: int, line_end: int) -> int:
    """Where a comment ends; 0 for one of another notation."""
    if written.document.syntax == "yaml" and written.text.startswith("#", start):
        return line_end
    if written.document.syntax == "xml" and written.text.startswith("<!--", start):
        return written.text.find("-->", listed) + 3 if "-->" in written.text[listed:line_end] else 0
    return 0


def _blanks_before(written: Written, at: int) -> int:
    while at > 0 and written.text[at - 1] in " \t":
        at -= 1
    return at


Way = Callable[[Written, Repair], "tuple[Edit, ...] | None"]
_WAYS: Final[Mapping[tuple[str, str], Way]] = {
    ("set", "flow"): _set,
    ("set", "block"): _set,
    ("rename", "flow"): _rename,
    ("rename", "block"): _rename,
    ("insert", "flow"): edits_flow.insert,
    ("insert", "block"): edits_block.insert,
    ("remove", "flow"): edits_flow.remove,
    ("remove", "block"): edits_block.remove,
    ("remove", "xml"): edits_xml.remove,
}
