"""How the version that a document states moved, set beside the worst that happened to it."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from integrationlint.diff.comparison import NONE, made
from integrationlint.diff.documents import Pair
from integrationlint.diff.sets import SAME
from integrationlint.model.change import Change, Verdict
from integrationlint.model.element import Element

_NUMBERS: Final = re.compile(r"v?(\d{1,18})(?:\.(\d{1,18}))?(?:\.(\d{1,18}))?(?:[-+].*)?", re.ASCII)


def version_changes(pairs: Iterable[Pair], worst: Mapping[str, Verdict]) -> list[Change]:
    """For each document of both sides that states a version and changed at all: a change of the fact `version`.

    `worst` is the worst verdict by the path of either side. The change's facts: `bump` (`major`, `minor`, `patch`,
    `none`, `lower`, `other`), `worst`, and `initial` for a version below 1 (SemVer 2.0.0 item 4).
    """
    found = []
    for before, after in pairs:
        if before is None or after is None:
            continue
        old, new = _stated(before), _stated(after)
        verdict = max((worst.get(one.document.path, Verdict.NONE) for one in (before, after)), key=lambda one: one.rank)
        if (old or new) and (old != new or verdict is not Verdict.NONE):
            facts = {"bump": bump(old, new), "worst": str(verdict), "initial": old.startswith(("0.", "v0."))}
            found.append(made("changed", before, after, NONE, SAME, fact="version", old=old, new=new, facts=facts))
    return found


def _stated(root: Element) -> str:
    """The version as text; YAML reads `1.0` as a number."""
    version = root.facts.get("version")
    known = isinstance(version, str | int | float) and not isinstance(version, bool)
    return str(version).strip() if known else ""


def bump(old: str, new: str) -> str:
    """Which part of a version rose first (SemVer 2.0.0 item 11); `other` where one of them is no such version."""
    if old == new:
        return "none"
    before, after = _NUMBERS.fullmatch(old), _NUMBERS.fullmatch(new)
    if before is None or after is None:
        return "other"
    mine, yours = ([int(part or 0) for part in one.groups()] for one in (before, after))
    for name, one, other in zip(("major", "minor", "patch"), mine, yours, strict=True):
        if one != other:
            return name if other > one else "lower"
    return "patch"
