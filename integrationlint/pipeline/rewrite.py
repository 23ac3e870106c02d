"""A file with fixes made: the edits that go together, and the bytes that come of them."""

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from integrationlint.model.document import Document
from integrationlint.model.finding import Finding
from integrationlint.model.fix import Fix
from integrationlint.model.limits import Limits
from integrationlint.model.location import Span, parent
from integrationlint.parse.edits import applied
from integrationlint.parse.parsers import parse
from integrationlint.pipeline.intended import as_intended

_BARE: Final = re.compile(r"(?<!\r)\n")
_LONGEST_MARK: Final = 4


def sound(path: str, data: bytes, findings: Sequence[Finding], limits: Limits) -> tuple[list[Finding], list[Finding]]:
    """The findings that can be fixed at once, and those whose fix would change something else in the document.

    What is in neither has to wait for another round.
    """
    together = _compatible(parse(path, data, limits), findings)
    kept: list[Finding] = []
    spoilt: list[Finding] = []
    pending = [together] if together else []
    while pending:
        some = pending.pop()
        if rewritten(path, data, [*kept, *some], limits) is not None:
            kept += some
        elif len(some) > 1:
            half = len(some) // 2
            pending += [some[half:], some[:half]]
        else:
            spoilt += some
    return kept, spoilt


def _compatible(document: Document, findings: Iterable[Finding]) -> list[Finding]:
    """The findings whose edits do not meet, the first ones going first, and that leave no holder without members."""
    taken: list[Span] = []
    gone: Counter[str] = Counter()
    found: list[Finding] = []
    for one in findings:
        spans = [edit.span for edit in one.fix.edits] if one.fix is not None else []
        if one.fix is not None and not any(_meets(taken, span) for span in spans) and _leaves(document, one.fix, gone):
            found.append(one)
            for span in spans:
                insort(taken, span)
    return found


def _meets(taken: list[Span], span: Span) -> bool:
    """Whether a span overlaps one of those taken, which are in order, or is one of them."""
    at = bisect_left(taken, span)
    return any(one == span or (one.start < span.end and span.start < one.end) for one in taken[max(0, at - 1) : at + 1])


def _leaves(document: Document, fix: Fix, gone: Counter[str]) -> bool:
    """Whether what holds the removed keeps another member; what holds only one thing is emptied alone."""
    if document.syntax not in ("yaml", "json"):
        return True
    asked = Counter(parent(one.pointer) for one in fix.repairs if one.action == "remove")
    try:
        sizes = {holder: len(found) for holder in asked if isinstance(found := document.at(holder), dict | list)}
    except KeyError:
        return False
    if any(sizes.get(holder, 0) <= gone[holder] + count and sizes.get(holder) != 1 for holder, count in asked.items()):
        return False
    gone.update(asked)
    return True


def rewritten(path: str, data: bytes, findings: Sequence[Finding], limits: Limits) -> bytes | None:
    """The file with the fixes of the findings made; None where it would then say anything but what they intend."""
    before = parse(path, data, limits)
    fixes = [one.fix for one in findings if one.fix is not None]
    actions = {repair.action for fix in fixes for repair in fix.repairs}
    text = applied(before.text, [edit for fix in fixes for edit in fix.edits])
    if "lf" in actions:
        text = text.replace("\r\n", "\n")
    elif "crlf" in actions:
        text = _BARE.sub("\r\n", text)
    new = text.encode() if "utf-8" in actions else _encoded(text, before, data)
    return new if new is not None and new != data and as_intended(before, parse(path, new, limits), fixes) else None


def _encoded(text: str, before: Document, data: bytes) -> bytes | None:
    """The text in the encoding of the file and with its byte order mark; None where that would change other bytes."""
    codec = before.encoding.removesuffix("-sig")
    try:
        old, new = before.text.encode(codec), text.encode(codec)
    except (LookupError, UnicodeEncodeError):
        return None
    mark = data[: len(data) - len(old)]
    return mark + new if len(mark) <= _LONGEST_MARK and data == mark + old else None
