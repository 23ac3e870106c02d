"""The globs of overrides, as minimatch 3 reads them with `matchBase`: a glob without a slash means the file's name."""

import re
from collections.abc import Callable, Iterator
from fnmatch import translate
from typing import Final

MAX_ALTERNATIVES: Final = 1_000
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_RANGE: Final = re.compile(r"(-?\d{1,6})\.\.(-?\d{1,6})|([A-Za-z])\.\.([A-Za-z])")
# `@(a|b)` is `{a,b}`; `?(a|b)` may also be absent. The others repeat or negate, which nobody needs for file names.
_GROUP: Final = re.compile(r"([@?])\(([^()/]*)\)")
_REFUSED: Final = re.compile(r"[+*!]\(")
_ANY: Final = "**"

Segment = Callable[[str], object] | None


class GlobError(ValueError):
    """A glob that is not understood."""


def matcher(glob: str) -> Callable[[str], bool]:
    """Whether a path is meant by a glob; GlobError when it is not understood.

    `*`, `?`, `[a-z]` and `**` do not match names that begin with a dot; `!` in front turns the meaning round, and a
    glob that begins with `#` is a comment and means nothing.
    """
    if glob.startswith("#") or not glob:
        return lambda _path: False
    negated = (len(glob) - len(glob.lstrip("!"))) % 2 == 1
    patterns = [_segments(one) for one in _alternatives(glob.lstrip("!"))]

    def matches(path: str) -> bool:
        names = path.split("/")
        return any(_match(names[-1:] if len(one) == 1 else names, one) for one in patterns) != negated

    return matches


def _alternatives(glob: str) -> Iterator[str]:
    if _REFUSED.search(glob):
        raise GlobError(f"the glob '{glob}' repeats or negates a group: write {{a,b}} or several globs")
    waiting = [_GROUP.sub(lambda found: f"{{{found[2].replace('|', ',')}{',' if found[1] == '?' else ''}}}", glob)]
    for _ in range(MAX_ALTERNATIVES):
        if not waiting:
            return
        text = waiting.pop()
        found = next((one for one in _BRACES.finditer(text) if _choices(one[1])), None)
        if found is None:
            yield text
        else:
            waiting += [f"{text[: found.start()]}{one}{text[found.end() :]}" for one in reversed(_choices(found[1]))]
        if len(waiting) > MAX_ALTERNATIVES:
            break
    if waiting:
        raise GlobError(f"the glob '{glob}' stands for more than {MAX_ALTERNATIVES} globs")


def _choices(inside: str) -> list[str]:
    # What braces stand for; nothing where they are just braces.
    found = _RANGE.fullmatch(inside)
    if found is None:
        return inside.split(",") if "," in inside else []
    first, last = (int(found[1]), int(found[2])) if found[1] else (ord(found[3]), ord(found[4]))
    step = 1 if last >= first else -1
    numbers = range(first, last + step, step)[: MAX_ALTERNATIVES + 1]
    return [str(one) if found[1] else chr(one) for one in numbers]


def _segments(glob: str) -> list[Segment]:
    # `**` at the end stands for at least one name.
    names = glob.split("/")
    names[-1:] = [_ANY, "*"] if names[-1] == _ANY and len(names) > 1 else names[-1:]
    return [None if one == _ANY and len(names) > 1 else _segment(one) for one in names]


def _segment(glob: str) -> Segment:
    # fnmatch does the work, without backtracking; it lacks the backslash, and what it says of dots differs.
    text = re.sub(r"\\(.)", lambda found: f"[{found[1]}]" if found[1] in "*?[" else found[1], glob)
    text = text.replace("[^", "[!")
    fits = re.compile(translate(text)).match
    if glob[:1] not in "*?[" or not glob:
        return fits
    return lambda name: name and not name.startswith(".") and fits(name)


def _match(names: list[str], pattern: list[Segment]) -> bool:
    # Which numbers of segments have been used up, name by name; `**` stands for any names without a dot in front.
    reached = _closed({0}, pattern)
    for name in names:
        following = set()
        for at in reached:
            if at < len(pattern):
                one = pattern[at]
                if one is None and not name.startswith("."):
                    following.add(at)
                elif one is not None and one(name):
                    following.add(at + 1)
        reached = _closed(following, pattern)
    return len(pattern) in reached


def _closed(reached: set[int], pattern: list[Segment]) -> set[int]:
    # `**` may stand for no name at all.
    for at, one in enumerate(pattern):
        if one is None and at in reached:
            reached.add(at + 1)
    return reached
