"""`integrationlint diff --rev-list` and `--tags`: a history, point by point."""

import gc
from collections.abc import Sequence
from dataclasses import replace

from integrationlint.cli import console, gate
from integrationlint.cli.gate import Gate
from integrationlint.cli.output import STDOUT, Output
from integrationlint.cli.policy import Asked, Policy
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import Site, locate
from integrationlint.cli.snapshots import of_history
from integrationlint.model.timeline import Point, Timeline
from integrationlint.pipeline.timeline import timeline as compare
from integrationlint.report.timeline_view import headline
from integrationlint.report.timelines import render_timeline
from integrationlint.source.history import commits, tags
from integrationlint.source.write import write_atomic


def timeline(
    span: str, glob: str, asked: Asked, output: Output, failing: Gate, *, exit_zero: bool, allow_empty: bool
) -> int:
    """Compare the commits of a span, or with a glob its tags; the exit code.

    The gate is asked of each comparison, by its changes alone: what failed to be read long ago fails nobody today.
    """
    site = locate([], asked.config, no_config=asked.no_config)
    points, notes = tags(site.root, glob, span or "HEAD") if glob else commits(site.root, span)
    chosen = policy(site, asked)
    output.detail(f"root: {site.root}; configuration: {chosen.settings.file or 'none, the defaults apply'}")
    found = _compared(site, chosen, points, notes)
    _emit(found, output)
    if not points:
        output.hint(f"no input: no {f'tag {glob}' if glob else 'commit'} in {span or 'the history of HEAD'}")
        return gate.PASSED if allow_empty else gate.EMPTY
    reports = [report for one in found.entries for report in (one.report, one.furthest) if report is not None]
    return max((gate.code(replace(one, findings=()), failing, exit_zero=exit_zero) for one in reports), default=0)


def _compared(site: Site, chosen: Policy, points: Sequence[Point], notes: Sequence[str]) -> Timeline:
    gc.enable()  # what was compared is full of circles, and a history has no end
    opened, close = of_history(site, chosen)
    try:
        return compare(points, opened, chosen.catalog, chosen.settings, notes)
    finally:
        close()


def _emit(found: Timeline, output: Output) -> None:
    for file, name in output.targets.items():
        if file != STDOUT:
            write_atomic(file, render_timeline(name, found).encode("utf-8", "backslashreplace"))
            output.detail(f"wrote {file} ({name})")
    name = output.targets.get(STDOUT, "")
    if not name:
        output.hint(headline(found))
    elif not (output.quiet and name == "text" and all(one.report is None for one in found.entries)):
        console.result(render_timeline(name, found, color=output.color))
