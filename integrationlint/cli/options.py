"""The options that several commands share, each declared once."""

from typing import Annotated, Literal

from typer import Argument, Option

from integrationlint.report.reporters import REPORTERS

Paths = Annotated[
    list[str] | None,
    Argument(metavar="[PATHS]...", help="Files and folders to report on; default: the current folder."),
]
Config = Annotated[str, Option("--config", metavar="FILE", help="Use this configuration instead of the closest one.")]
NoConfig = Annotated[bool, Option("--no-config", help="Use no configuration, only the defaults.")]
Ruleset = Annotated[
    list[str] | None,
    Option(
        "--ruleset",
        metavar="NAME_OR_FILE",
        help="A preset, a folder of rules or a configuration, instead of what the configuration extends; repeatable.",
    ),
]
Select = Annotated[
    list[str] | None,
    Option(
        "--select",
        metavar="RULES",
        help="Run only these: ids, prefixes, globs, concern:NAME, standard:NAME; separated by commas, repeatable.",
    ),
]
PolicyFrom = Annotated[
    str,
    Option(
        "--policy-from",
        metavar="REV",
        help="Take the configuration from this revision, and tell what the present one would weaken.",
    ),
]
Baseline = Annotated[str, Option("--baseline", metavar="FILE", help="The findings known before.")]
Today = Annotated[str, Option("--today", metavar="YYYY-MM-DD", help="The day by which suppressions expire.")]

Format = Annotated[
    list[str] | None,
    Option(
        "--format",
        "-f",
        metavar="NAME[=FILE]",
        help=f"How to report: {', '.join(REPORTERS)}; repeatable, each with its file ('-': stdout).",
    ),
]
Color = Annotated[Literal["auto", "always", "never"], Option("--color", help="Colour the text on stdout.")]
Quiet = Annotated[bool, Option("--quiet", "-q", help="Say nothing but what was found.")]
Verbose = Annotated[bool, Option("--verbose", "-v", help="Tell on stderr what is done, and why.")]
Jobs = Annotated[
    int, Option("--jobs", metavar="N", min=0, help="Use so many processes for much work; 0 is one for each processor.")
]
Statistics = Annotated[bool, Option("--statistics", help="Count what each rule found.")]
Timings = Annotated[bool, Option("--timings", help="Tell on stderr how long each rule took.")]
ShowSuppressed = Annotated[bool, Option("--show-suppressed", help="Report suppressed and known findings as well.")]

ExitZero = Annotated[bool, Option("--exit-zero", help="Exit with 0 whatever was found; failures still exit with 2.")]
AllowEmpty = Annotated[bool, Option("--allow-empty", help="Exit with 0, not 3, when there is no file to look at.")]
TextOrJson = Annotated[Literal["text", "json"], Option("--format", "-f", help="How to print it.")]
