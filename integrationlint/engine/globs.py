"""Globs over paths, as in .gitignore: `*` and `?` stay within a folder, `**` crosses folders."""

import re
from collections.abc import Callable, Iterable
from functools import cache


def matcher(globs: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path below the root matches one of the globs; one without a slash means files of that name anywhere."""
    patterns = [_compiled(glob) for glob in globs]
    return lambda path: any(pattern.match(path) for pattern in patterns)


@cache
def _compiled(glob: str) -> re.Pattern[str]:
    text = glob.removeprefix("./")
    if text.endswith("/"):
        text += "**"
    anywhere = "" if "/" in text else "(?:.*/)?"
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", text.removeprefix("/"))
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.compile(anywhere + "".join(wild.get(part, re.escape(part)) for part in parts) + r"\Z", re.DOTALL)
