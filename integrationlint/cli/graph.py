"""`integrationlint graph`."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from typer import Option

from integrationlint.cli import console, gate, options
from integrationlint.cli.output import STDOUT, targets
from integrationlint.cli.policy import Asked
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.cli.snapshots import at_revision, finish, work_tree
from integrationlint.model.errors import UsageError
from integrationlint.model.graph import Graph
from integrationlint.pipeline.lint import open_workspace
from integrationlint.report.graph_view import summary
from integrationlint.report.graphs import GRAPHS, MERMAID, MOST_EDGES, render_graph, render_sequence
from integrationlint.source.write import write_atomic
from integrationlint.workspace.graph import Question, find, mapped
from integrationlint.workspace.workspace import Workspace

Rev = Annotated[str, Option("--rev", metavar="REV", help="Show this revision, not the work tree.")]
From = Annotated[str, Option("--from", metavar="ADDRESS", help="Show what this file or element uses, transitively.")]
To = Annotated[str, Option("--to", metavar="ADDRESS", help="Show what uses this file or element, transitively.")]
Fields = Annotated[bool, Option("--fields", help="Show fields and the lines of mappings as well.")]
Flow = Annotated[str, Option("--sequence", metavar="ADDRESS", help="Show what this flow does, as a sequence diagram.")]
Format = Annotated[
    list[str] | None,
    Option(
        "--format",
        "-f",
        metavar="NAME[=FILE]",
        help=f"How to write it: {', '.join(GRAPHS)}; repeatable, each with its file ('-': stdout).  [default: mermaid]",
    ),
]


def graph(
    paths: options.Paths = None,
    *,
    start: From = "",
    end: To = "",
    fields: Fields = False,
    flow: Flow = "",
    rev: Rev = "",
    config: options.Config = "",
    no_config: options.NoConfig = False,
    format: Format = None,
    quiet: options.Quiet = False,
    allow_empty: options.AllowEmpty = False,
) -> int:
    """Map who uses whom.

    Without an address: which files use which, narrowed to those that touch PATHS. An ADDRESS is a file, or an element
    as findings name it (orders.yaml#type:Order/field:id); with --from and --to, the ways between the two are shown.

    Exit codes: 0, 2 the work could not be done, 3 no file.
    """
    places = targets(format or (), tuple(GRAPHS), MERMAID)
    _refuse(flow, {"--from": bool(start), "--to": bool(end), "--fields": fields}, places.values())
    site = locate(paths or (), config, no_config=no_config, on_disk=not rev)
    chosen = policy(site, Asked(config, no_config))
    snapshot, scope = at_revision(site, chosen, rev) if rev else work_tree(site, chosen)
    workspace = open_workspace(snapshot, scope.paths, chosen.settings)
    if flow:
        texts = dict.fromkeys(places, _sequence(workspace, flow))
    else:
        found = mapped(workspace, Question(start, end, fields, site.covers()))
        texts = {file: render_graph(name, found) for file, name in places.items()}
        _hint(found, places.values(), quiet=quiet)
    finish(snapshot)
    for file, text in texts.items():
        if file != STDOUT:
            write_atomic(file, text.encode("utf-8", "backslashreplace"))
    if STDOUT in texts:
        console.result(texts[STDOUT])
    if not scope.paths:
        console.say(f"no input: no file that could be an artifact in {', '.join(paths or ()) or site.root}")
        return gate.PASSED if allow_empty else gate.EMPTY
    return gate.PASSED


def _refuse(flow: str, others: Mapping[str, bool], formats: Iterable[str]) -> None:
    """UsageError for a sequence that is asked for together with what a map shows."""
    for name, given in others.items():
        if flow and given:
            raise UsageError(f"--sequence and {name} cannot be combined: a sequence shows one flow, and all of it")
    other = next((one for one in formats if one != MERMAID), "")
    if flow and other:
        raise UsageError(f"--sequence is written as {MERMAID} only, not as {other}")


def _sequence(workspace: Workspace, flow: str) -> str:
    from integrationlint.workspace.sequence import sequence

    return render_sequence(sequence(workspace, find(workspace, flow)))


def _hint(found: Graph, formats: Iterable[str], *, quiet: bool) -> None:
    """What the map does not tell by itself."""
    if quiet:
        return
    if found.unresolved or not found.arcs:
        console.say(f"{found.title}: {summary(found)}")
    if MERMAID in formats and len(found.arcs) > MOST_EDGES:
        console.say(
            f"hint: Mermaid draws {MOST_EDGES} edges unless maxEdges says more, and this map has {len(found.arcs)};"
            " narrow it with --from, --to or PATHS, or take --format html"
        )
