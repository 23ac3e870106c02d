"""The formats of a timeline, by name; what one needs is imported when it is asked for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from integrationlint.model.report import Report
from integrationlint.model.timeline import Timeline
from integrationlint.report.redact import redact, redacted


def _text(timeline: Timeline, *, color: bool) -> str:
    from integrationlint.report.timeline_text import text

    return text(timeline, color=color)


def _json(timeline: Timeline, *, color: bool) -> str:  # noqa: ARG001  the shape of a reporter
    from integrationlint.report.timeline_json import json

    return json(timeline)


def _markdown(timeline: Timeline, *, color: bool) -> str:  # noqa: ARG001  the shape of a reporter
    from integrationlint.report.timeline_markdown import markdown

    return markdown(timeline)


TIMELINES: Final[dict[str, Callable[..., str]]] = {"text": _text, "json": _json, "markdown": _markdown}


def render_timeline(name: str, timeline: Timeline, *, color: bool = False) -> str:
    """The timeline as text in a format of `TIMELINES`, secrets masked."""
    entries = tuple(
        replace(
            one,
            point=replace(one.point, subject=redact(one.point.subject)),
            report=_redacted(one.report),
            furthest=_redacted(one.furthest),
        )
        for one in timeline.entries
    )
    return TIMELINES[name](replace(timeline, entries=entries), color=color)


def _redacted(report: Report | None) -> Report | None:
    return redacted(report) if report is not None else None
