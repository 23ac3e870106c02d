"""Written exceptions: comments in the files and entries of the configuration. They hide nothing: findings keep them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Final

from integrationlint.model.document import Document
from integrationlint.model.element import Element, normal_address
from integrationlint.model.finding import Finding, Status, Suppression
from integrationlint.model.location import Location, Position, Span, child, text_lines

MARK: Final = "integrationlint: ignore["
EXTENSION: Final = "x-integrationlint-ignore"
_COMMENT: Final = re.compile(r"(?:#|<!--|//)\s*integrationlint: ignore\[([^\]]*)\]([^\n\r]*)")


@dataclass(frozen=True, slots=True)
class Settled:
    """Findings with their status, and the suppressions that no finding answered to, or whose day has passed."""

    findings: tuple[Finding, ...]
    unused: tuple[Suppression, ...]
    expired: tuple[Suppression, ...]


def inline(document: Document) -> list[Suppression]:
    """The comments `integrationlint: ignore[rule, rule] reason` of a document (YAML, XML, CSV), one per rule."""
    if MARK not in document.text:
        return []
    found: list[Suppression] = []
    for number, line in enumerate(text_lines(document.text), 1):
        match = _COMMENT.search(line) if MARK in line else None
        if match is not None:
            span = Span(Position(number, match.start() + 1), Position(number, match.end() + 1))
            place = Location(document.path, "", span)
            reason = match[2].replace("-->", "").strip(" ,")
            target = number if line[: match.start()].strip(" ,") else _next_written(document.text, number)
            found.extend(
                Suppression(rule.strip(), f"{document.path}:{target}", reason, place, inline=True)
                for rule in match[1].split(",")
            )
    return found


def _next_written(text: str, number: int) -> int:
    for offset, line in enumerate(text_lines(text)[number:], number + 1):
        if line.strip() and not line.lstrip().startswith(("#", "<!--")):
            return offset
    return number


def extension(element: Element) -> list[Suppression]:
    """The members of `x-integrationlint-ignore: {rule: reason}`, where a format has no comments."""
    extensions = element.facts.get("extensions")
    said = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    if not isinstance(said, dict):
        return []
    pointer = child(element.pointer, EXTENSION)
    return [
        Suppression(
            str(rule),
            element.address,
            str(reason or ""),
            Location(
                element.document.path, child(pointer, rule), element.document.span(child(pointer, rule), key=True)
            ),
            inline=True,
        )
        for rule, reason in said.items()
    ]


def apply(
    findings: Iterable[Finding], suppressions: Sequence[Suppression], today: str, locked: frozenset[str] = frozenset()
) -> Settled:
    """Give findings that a living suppression covers the status `suppressed`; `locked` rules cannot be silenced."""
    expired = tuple(one for one in suppressions if one.expires and today and one.expires < today)
    living = [one for one in suppressions if one not in expired]
    used: set[int] = set()
    settled = []
    for finding in findings:
        cover = None if finding.rule in locked else next((one for one in living if covers(one, finding)), None)
        if cover is None:
            settled.append(finding)
        else:
            used.add(id(cover))
            settled.append(replace(finding, status=Status.SUPPRESSED, suppression=cover))
    unused = tuple(one for one in living if id(one) not in used)
    return Settled(tuple(settled), unused, expired)


def covers(suppression: Suppression, finding: Finding) -> bool:
    """By rule, and by line for a comment, by address, pattern of addresses, file or fingerprint otherwise."""
    if suppression.rule not in ("*", finding.rule) and not fnmatchcase(finding.rule, suppression.rule):
        return False
    at, address = normal_address(suppression.at), normal_address(finding.address)
    if suppression.inline and at == f"{finding.location.path}:{finding.location.span.start.line}":
        return True
    if at in (address, finding.fingerprint, finding.location.path):
        return True
    if address.startswith((f"{at}/", f"{at}#")):
        return True
    return "*" in at and fnmatchcase(address, at.replace("[", "[[]"))
