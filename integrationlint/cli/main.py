"""The program: its commands, a line each, and the one place where errors end."""

import gc
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Annotated, Final

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from integrationlint import __version__
from integrationlint.cli import console
from integrationlint.cli.gate import BROKEN, INTERRUPTED
from integrationlint.model.errors import UserError

NAME: Final = "integrationlint"
# The place of what the command line says (config.show.COMMAND_LINE), where no line and column are worth telling.
_COMMAND_LINE: Final = "command line"

# Where each command is; a module is imported when its command is called, or when all are listed.
COMMANDS: Final = {
    "lint": "lint:lint",
    "diff": "diff:diff",
    "graph": "graph:graph",
    "detect": "detect:detect",
    "explain": "explain:explain",
    "rules": "rules:rules",
    "baseline": "baseline:baseline",
    "suppressions": "suppressions:suppressions",
    "init": "init:init",
    "config": "config:config",
    "doctor": "doctor:doctor",
}


def main() -> None:
    """Run the command line of this process."""
    # It lives for a moment: the search for circles takes a fifth of the time of one large contract, half of that of
    # a thousand files, and frees 3 % of the memory.
    gc.disable()
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run a command line, given without the program's name; the exit code. Errors end here."""
    console.prepare()
    try:
        return _invoke(list(arguments))
    except KeyboardInterrupt:
        return INTERRUPTED
    except typer.Abort:
        return INTERRUPTED
    except TyperException as error:
        return _usage(error)
    except UserError as error:
        _say_all(error)
    except Exception as error:  # noqa: BLE001  the boundary: whatever went wrong is one line, never a traceback
        _internal(error, told={"-v", "--verbose"} & set(arguments) != set())
    return BROKEN


def _invoke(arguments: list[str]) -> int:
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_program)
    for name in _needed(arguments):
        _register(app, name)
    code = get_command(app).main(args=arguments or ["--help"], prog_name=NAME, standalone_mode=False)
    return code if arguments and isinstance(code, int) else BROKEN


def _needed(arguments: list[str]) -> Iterable[str]:
    """The one command that is called; all of them, to be listed or to find what was meant, where none is."""
    called = next((one for one in arguments if not one.startswith("-")), "")
    if called in COMMANDS:
        return (called,)
    return () if arguments[:1] == ["--version"] else COMMANDS


def _register(app: typer.Typer, name: str) -> None:
    module, _, function = COMMANDS[name].partition(":")
    found = getattr(import_module(f"integrationlint.cli.{module}"), function)
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name)
    else:
        app.command(name)(found)


def _version(value: bool) -> None:
    if value:
        console.result(f"{NAME} {__version__}\n")
        raise typer.Exit


def _program(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """Check the artifacts of an integration against standards, and say what a change breaks, and whom."""


def _usage(error: TyperException) -> int:
    """One line for a command line that cannot be understood, with what was perhaps meant."""
    close = getattr(error, "possibilities", None)
    hint = f" (did you mean {', '.join(sorted(close))}?)" if close else ""
    message = " ".join((error.message if close else error.format_message()).split()).rstrip(".") + hint
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else NAME
    console.say(f"error: {message}; '{command} --help' lists what there is")
    return BROKEN


def _say_all(error: UserError) -> None:
    place = error.location.path if error.location is not None else ""
    console.say(f"error: {error.message if place == _COMMAND_LINE else error}")
    for other in getattr(error, "__notes__", ()):
        console.say(f"error: {other}")


def _internal(error: Exception, *, told: bool) -> None:
    said = f"{type(error).__name__}: {error}"
    console.say(f"internal error: {said[:500]} - please report this{'' if told else '; -v shows where it happened'}")
    if told:
        import traceback

        for entry in traceback.format_exception(error):
            for text in entry.splitlines():
                console.say(f"  {text}")
