"""Findings known before: a sorted list of fingerprints, one a line, that merges well and can only shrink by itself."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from integrationlint.model.errors import ConfigError
from integrationlint.model.finding import Finding, Status
from integrationlint.model.location import START_OF_FILE, Location

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Known:
    """One entry of a baseline."""

    fingerprint: str
    rule: str
    address: str


def write(findings: Iterable[Finding]) -> str:
    """The text of a baseline of the open and known findings, by address and rule."""
    entries = sorted(
        {(one.address, one.rule, one.fingerprint) for one in findings if one.status is not Status.SUPPRESSED}
    )
    return write_known(Known(mark, rule, address) for address, rule, mark in entries)


def write_known(entries: Iterable[Known]) -> str:
    """The text of a baseline of entries, one a line."""
    lines = [
        json.dumps({"address": one.address, "rule": one.rule, "fingerprint": one.fingerprint}, ensure_ascii=False)
        for one in entries
    ]
    body = ",\n  ".join(lines)
    listed = f"[\n  {body}\n]" if lines else "[]"
    return f'{{"version": {VERSION}, "findings": {listed}}}\n'


def read(text: str, file: str) -> dict[str, Known]:
    """The entries of a baseline by fingerprint. ConfigError when the file is not one of ours."""
    place = Location(file, "", START_OF_FILE)
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"the baseline is not JSON: {error}", place) from None
    if not isinstance(data, Mapping) or data.get("version") != VERSION or not isinstance(data.get("findings"), list):
        raise ConfigError(
            f"not a baseline of version {VERSION}; make one with 'integrationlint baseline create'", place
        )
    known = {}
    for one in data["findings"]:
        if isinstance(one, Mapping) and "fingerprint" in one:
            known[str(one["fingerprint"])] = Known(
                str(one["fingerprint"]), str(one.get("rule", "")), str(one.get("address", ""))
            )
    return known


def mark(findings: Iterable[Finding], known: Mapping[str, Known]) -> tuple[Finding, ...]:
    """The findings, those of the baseline with the status `known`."""
    return tuple(
        replace(one, status=Status.KNOWN) if one.status is Status.OPEN and one.fingerprint in known else one
        for one in findings
    )


def gone(findings: Iterable[Finding], known: Mapping[str, Known]) -> tuple[Known, ...]:
    """The entries that no finding answers to any more: what `prune` removes."""
    seen = {one.fingerprint for one in findings}
    return tuple(entry for mark_, entry in known.items() if mark_ not in seen)
