"""A timeline as Markdown for a comment or a release page, within what GitHub and GitLab accept."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from integrationlint.model.report import Report
from integrationlint.model.timeline import Entry, Timeline
from integrationlint.report import timeline_view, view
from integrationlint.report.markdown import MOST_CHARACTERS
from integrationlint.report.sanitise import markdown_code, markdown_text
from integrationlint.report.values import crop

_WIDTH: Final = 500
_ENDING: Final = 200


class _Item(NamedTuple):
    """The lines of one entry, or of those between two; `weight` decides who stays when not all fit."""

    weight: int
    text: str


def markdown(timeline: Timeline) -> str:
    """Headline, an item for each point with what it broke, notes; at most 60 000 characters, the gravest stay."""
    verdict = "no change" if timeline.verdict == "none" else timeline.verdict.value
    head = f"## integrationlint: {verdict}\n\n**{timeline_view.headline(timeline)}**\n"
    notes = [_Item(9, f"- {_prose(note)}") for note in timeline.notes]
    items = list(_items(timeline))
    kept = _gravest([*items, *notes], MOST_CHARACTERS - len(head) - _ENDING)
    lines = [head, *(one.text for number, one in enumerate([*items, *notes]) if number in kept)]
    if len(kept) < len(items) + len(notes):
        left_out = view.plural(len(items) + len(notes) - len(kept), "entry", "entries")
        lines += ["", f"_{left_out} of lesser weight did not fit into a comment; the JSON result has them._"]
    return "\n".join(lines) + "\n"


def _gravest(items: list[_Item], room: int) -> set[int]:
    """Those that fit, the gravest and among them the newest first."""
    kept = set[int]()
    for number in sorted(range(len(items)), key=lambda one: (-items[one].weight, -one)):
        room -= len(items[number].text) + 1
        if room < 0:
            break
        kept.add(number)
    return kept


def _items(timeline: Timeline) -> Iterator[_Item]:
    for told, entries in timeline_view.runs(timeline):
        if told:
            yield from (_Item(one.transitive.rank, "\n".join(_entry(one))) for one in entries)
        else:
            yield _Item(0, f"- … {view.plural(len(entries), 'commit')} without a change")


def _entry(entry: Entry) -> Iterator[str]:
    point = entry.point
    verdict = f"**{entry.verdict}** " if entry.verdict.rank else ""
    subject = _prose(crop(point.subject, timeline_view.SUBJECT_WIDTH))
    yield f"- {verdict}{markdown_code(point.name)} {_prose(timeline_view.day(entry))} {subject}".rstrip()
    yield f"  {_prose(timeline_view.words(entry))}"
    yield from _changes(entry.report)
    for error in entry.report.errors if entry.report is not None else ():
        yield f"  - **failed** {markdown_code(view.error_words(error))} {_prose(error.message)}"
    for finding in view.findings(entry.report)[: timeline_view.SHOWN] if entry.report is not None else ():
        where = markdown_code(view.place(finding.location))
        yield f"  - **{finding.severity}** {_prose(finding.message)} {markdown_code(finding.rule)} at {where}"
    if further := timeline_view.transitive_words(entry):
        yield f"  - {_prose(further)}"
        yield from (f"  {one}" for one in _changes(entry.furthest))


def _changes(report: Report | None) -> Iterator[str]:
    grave = timeline_view.grave(report)
    for change in grave[: timeline_view.SHOWN]:
        rule = f" {markdown_code(change.rule)}" if change.rule else ""
        where = markdown_code(view.place(change.location))
        yield f"  - **{change.verdict}** {_prose(change.message)}{rule} at {where}"
    if len(grave) > timeline_view.SHOWN:
        yield f"  - … and {len(grave) - timeline_view.SHOWN} more"


def _prose(text: str) -> str:
    return markdown_text(crop(text, _WIDTH))
