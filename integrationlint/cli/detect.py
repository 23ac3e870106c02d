"""`integrationlint detect`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from integrationlint.cli import console, gate, options
from integrationlint.cli.policy import Asked, Policy
from integrationlint.cli.policy_site import policy
from integrationlint.cli.site import locate
from integrationlint.cli.snapshots import View, work_tree
from integrationlint.cli.table import table
from integrationlint.formats.formats import recognise
from integrationlint.model.errors import InputError
from integrationlint.model.report import DocumentInfo
from integrationlint.parse.parsers import parse
from integrationlint.report.sanitise import json_text


@dataclass(frozen=True, slots=True)
class Unknown:
    """A file that no format claims, and why, where that can be told."""

    file: str
    reason: str


def detect(
    paths: options.Paths = None,
    *,
    config: options.Config = "",
    no_config: options.NoConfig = False,
    format: options.TextOrJson = "text",
    verbose: options.Verbose = False,
    allow_empty: options.AllowEmpty = False,
) -> int:
    """Tell what each file is taken for.

    That is its format and version, and what told; with -v files that are nothing we know are listed as well.

    Exit codes: 0, 2 the work could not be done, 3 no file.
    """
    site = locate(paths or (), config, no_config=no_config)
    chosen = policy(site, Asked(config, no_config))
    view = work_tree(site, chosen)
    found = list(recognised(view, chosen))
    known = [one for one in found if isinstance(one, DocumentInfo)]
    others = [one for one in found if isinstance(one, Unknown)]
    console.result(_json(known, others) if format == "json" else _text(known, others if verbose else []))
    if not found:
        console.say(f"no input: no file that could be an artifact in {', '.join(paths or ()) or site.root}")
        return gate.PASSED if allow_empty else gate.EMPTY
    if others and not verbose:
        console.say(f"{len(others)} of {len(found)} files were not recognised; -v lists them")
    return gate.PASSED


def recognised(view: View, chosen: Policy) -> Iterator[DocumentInfo | Unknown]:
    """What each file that is reported on is taken for."""
    snapshot, scope = view
    for path in scope.paths:
        if scope.reported(path):
            try:
                document = parse(path, snapshot.read(path), chosen.settings.limits)
            except InputError as error:
                yield Unknown(path, error.message)
                continue
            match = recognise(document)
            if match is not None:
                yield DocumentInfo(path, match[0].kind, match[0].version, match[0].evidence)
            else:
                yield Unknown(path, next((one.message for one in document.faults if one.fatal), ""))


def _text(known: list[DocumentInfo], others: list[Unknown]) -> str:
    rows = [(one.file, one.format, one.version, one.evidence) for one in known]
    return table([*rows, *((one.file, "-", "", one.reason or "no format that is known") for one in others)])


def _json(known: list[DocumentInfo], others: list[Unknown]) -> str:
    said = {
        "schema": "integrationlint.detect/1",
        "documents": [
            {"file": one.file, "format": one.format, "version": one.version, "evidence": one.evidence} for one in known
        ],
        "unrecognised": [{"file": one.file, "reason": one.reason} for one in others],
    }
    return json_text(json.dumps(said, ensure_ascii=False, indent=2)) + "\n"
