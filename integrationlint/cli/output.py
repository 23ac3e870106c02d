"""Where reports go: one run, several formats, each to stdout or to its file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from integrationlint.cli import console
from integrationlint.model.errors import UsageError, did_you_mean
from integrationlint.model.report import Report
from integrationlint.report.reporters import REPORTERS, render
from integrationlint.report.view import findings, summary
from integrationlint.source.write import write_atomic

STDOUT = "-"
PEOPLE = ("text", "concise")
_SLOWEST = 20


@dataclass(frozen=True, slots=True)
class Output:
    """The formats by where they go (`-` is stdout), and how text for people is written."""

    targets: dict[str, str]
    color: bool = False
    quiet: bool = False
    verbose: bool = False
    statistics: bool = False
    show_suppressed: bool = False

    def hint(self, text: str) -> None:
        """Tell something beside the result, unless nobody wants to know."""
        if not self.quiet:
            console.say(text)

    def detail(self, text: str) -> None:
        """Tell something to who asked for more."""
        if self.verbose:
            console.say(text)


def targets(formats: Sequence[str], known: Sequence[str] = tuple(REPORTERS), default: str = "text") -> dict[str, str]:
    """`NAME[=FILE]` as formats by file. UsageError for an unknown format, and for two that go to one place."""
    found: dict[str, str] = {}
    for one in formats or [default]:
        name, _, file = one.partition("=")
        if name not in known:
            hint = did_you_mean(name, tuple(known)) or f" (there are {', '.join(known)})"
            raise UsageError(f"there is no format '{name}'{hint}")
        if (file or STDOUT) in found:
            raise UsageError(
                f"two formats go to {file or 'stdout'}: give one of them a file, as in --format {name}=FILE"
            )
        found[file or STDOUT] = name
    return found


def emit(report: Report, output: Output) -> None:
    """Write the report in every format; the files first, each whole or not at all."""

    def rendered(name: str, *, color: bool = False, width: int = console.WIDTH) -> str:
        more, counts = output.show_suppressed, output.statistics
        return render(name, report, color=color, width=width, show_suppressed=more, statistics=counts)

    for file, name in output.targets.items():
        if file != STDOUT:
            write_atomic(file, rendered(name).encode("utf-8", "backslashreplace"))
            output.detail(f"wrote {file} ({name})")
    name = output.targets.get(STDOUT, "")
    if not name:
        output.hint(summary(report))
    elif not (output.quiet and name in PEOPLE and _is_silent(report)):
        console.result(rendered(name, color=output.color, width=console.width()))


def tell_timings(spent: Mapping[str, float]) -> None:
    """How long each rule took, on stderr because it differs from run to run: the slowest first."""
    slowest = sorted(spent.items(), key=lambda one: (-one[1], one[0]))[:_SLOWEST]
    whole = sum(spent.values()) or 1.0
    for rule, seconds in slowest:
        console.say(f"{seconds * 1000:9.1f} ms {seconds / whole:6.1%}  {rule}")
    console.say(f"{whole * 1000:9.1f} ms for {len(spent)} rules")


def _is_silent(report: Report) -> bool:
    return not (findings(report) or report.changes or report.errors)
