"""Path expressions to stages of steps, as leniently as Spectral's two engines together read them.

What nimma refuses, jsonpath-plus still reads: names such as `application/json`, `^` in the middle, spaces, `...`.
"""

import re
from typing import Final

from integrationlint.dialects.jsonpath.expressions import TYPES, parsed
from integrationlint.dialects.jsonpath.steps import (
    LONGEST,
    MOST_STEPS,
    Anything,
    Call,
    Expression,
    Filtered,
    Name,
    Named,
    PathError,
    Sliced,
    Stage,
    Step,
    Test,
)
from integrationlint.model.errors import did_you_mean

_DOTS: Final = re.compile(r"\s*(\.*)\s*")
_TYPE: Final = re.compile(r"@[a-z]+\(\)")
_BARE: Final = re.compile(r"(?:(?!@[a-z]+\(\))[^.\[~^])+")
_QUOTED: Final = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_FILTER: Final = re.compile(r"\[\s*\?\s*(?=\()")
_CLOSE: Final = re.compile(r"\s*\]")
_LAST: Final = re.compile(r"\[\s*\(\s*@\.length\s*-\s*(\d{1,9})\s*\)\s*\]")
_SLICE: Final = re.compile(r"\[\s*(-?\d{1,9})?\s*:\s*(-?\d{1,9})?\s*(?::\s*(-?\d{1,9})?\s*)?\]")
_PART: Final = re.compile(r"\s*(?:'([^']*)'|\"([^\"]*)\"|([^,\]]*))\s*([,\]])")


def parse(text: str) -> Expression:
    """The stages of an expression. PathError when it is malformed, or longer or deeper nested than the limits."""
    if len(text) > LONGEST:
        raise PathError(f"the path has more than {LONGEST} characters", LONGEST)
    end = len(text.rstrip())
    at = len(text) - len(text.lstrip())
    if text[at : at + 1] != "$":
        raise PathError("a path begins with '$'", at)
    at += 1
    stages: list[Stage] = []
    steps: list[Step] = []
    while at < end and text[at] != "~":
        if text[at] == "^":
            up = len(text[at:]) - len(text[at:].lstrip("^"))
            stages.append(Stage(tuple(steps), up))
            steps = []
            at += up
            continue
        step, at = _step(text, at, end)
        steps += step
        if len(steps) + len(stages) > MOST_STEPS:
            raise PathError(f"the path has more than {MOST_STEPS} steps", at)
    if steps or not stages:
        stages.append(Stage(tuple(steps), 0))
    if len(stages) == 1:
        steps_in, up = stages[0]
        stages[0] = Stage(_compact(steps_in, modified=bool(up) or at < end), up)
    # Both engines read nothing behind the first '~'.
    return Expression(tuple(stages), keyed=at < end)


def _compact(steps: tuple[Step, ...], *, modified: bool) -> tuple[Step, ...]:
    """The steps as nimma takes them: `..*` before another step only makes that one deep, and is no level of its own."""
    if _left_to_jsonpath_plus(steps, modified=modified):
        return steps
    levels = [Step(deep=True, test=Anything()) == step for step in steps[:-1]]
    return tuple(
        Step(step.deep or (index > 0 and levels[index - 1]), step.test)
        for index, step in enumerate(steps)
        if index == len(levels) or not levels[index]
    )


def _left_to_jsonpath_plus(steps: tuple[Step, ...], *, modified: bool) -> bool:
    """Whether nimma leaves an expression to jsonpath-plus for its deep steps (`isBailable` in nimma's iterator)."""
    deep = [index for index, step in enumerate(steps) if step.deep]
    if len(deep) < 2 or not _single(steps[deep[0]]):
        return len(deep) > 1
    last = len(steps) - (0 if modified else 1)
    flat = False
    for step in steps[deep[0] + 1 : last]:
        single = _single(step) or isinstance(step.test, Anything)
        if step.deep and (flat or not single):
            return True
        flat = flat or (single and not step.deep)
    if modified or not steps[-1].deep:
        return True
    return flat or isinstance(steps[-1].test, Anything)


def _single(step: Step) -> bool:
    return isinstance(step.test, Named) and len(step.test.names) == 1


def _step(text: str, at: int, end: int) -> tuple[list[Step], int]:
    """The step at a place, if the dots there lead to one, and the place behind it."""
    found = _DOTS.match(text, at, end)
    dots = len(found[1]) if found is not None else 0
    start, at = at, found.end() if found is not None else at
    following = text[at] if at < end else ""
    # `.[` and `.~` mean `..[` and `..~`.
    deep = dots > 1 or (dots == 1 and following in ("[", "~"))
    if following in ("", "~", "^"):
        return ([Step(deep=True, test=None)] if deep else []), at
    if following == "[":
        test, at = _brackets(text, at)
    elif following == "@":
        test, at = _type(text, at)
    elif not dots:
        raise PathError(f"expected '.' or '[', found '{text[start:end].strip()[:20]}'", start)
    else:
        test, at = _bare(text, at, end)
    return [Step(deep, test)], at


def _bare(text: str, at: int, end: int) -> tuple[Test, int]:
    """A name after a dot, quoted or not: all up to the next dot, bracket or sign."""
    quoted = _QUOTED.match(text, at, end)
    if quoted is not None:
        return Named((quoted[1] if quoted[1] is not None else quoted[2],)), quoted.end()
    found = _BARE.match(text, at, end)
    if found is None:
        raise PathError(f"expected a name, found '{text[at]}'", at)
    name = found[0].rstrip()
    return (Anything() if name == "*" else Named((name,))), found.end()


def _type(text: str, at: int) -> tuple[Test, int]:
    found = _TYPE.match(text, at)
    if found is None or found[0][:-2] not in TYPES:
        word = text[at:].partition("(")[0][:20]
        raise PathError(f"unknown test '{word}'{did_you_mean(word, TYPES)}", at)
    return Filtered(found[0], Call(Name(found[0][:-2]), ())), found.end()


def _brackets(text: str, at: int) -> tuple[Test, int]:
    found = _FILTER.match(text, at)
    if found is not None:
        node, after = parsed(text, found.end())
        closed = _CLOSE.match(text, after)
        if closed is None:
            raise PathError("expected ']' after the filter", after)
        return Filtered(text[found.end() : after], node), closed.end()
    last = _LAST.match(text, at)
    if last is not None:
        return Sliced(-int(last[1]), None, 1), last.end()
    if re.match(r"\[\s*[?(]", text[at:]):
        raise PathError("in brackets there may be a filter [?(...)], or [(@.length-1)]", at)
    return _slice(text, at) or _union(text, at)


def _slice(text: str, at: int) -> tuple[Test, int] | None:
    found = _SLICE.match(text, at)
    if found is None:
        return None
    start, stop, step = (int(one) if one is not None else None for one in found.groups())
    if step is not None and step < 1:
        raise PathError("the step of a slice must be positive", at)
    return Sliced(start, stop, step or 1), found.end()


def _union(text: str, at: int) -> tuple[Test, int]:
    names: list[str] = []
    place = at + 1
    while True:
        found = _PART.match(text, place)
        if found is None:
            raise PathError("a '[' is never closed", at)
        quoted = found[1] if found[1] is not None else found[2]
        bare = (found[3] or "").strip()
        if quoted is None and bare == "*":
            return Anything(), _closing(found)
        if quoted is not None or bare:
            names.append(quoted if quoted is not None else bare)
        place = found.end()
        if found[4] == "]":
            break
    if not names:
        raise PathError("there is nothing between the brackets", at)
    return Named(tuple(dict.fromkeys(names))), place


def _closing(found: re.Match[str]) -> int:
    if found[4] == "]":
        return found.end()
    raise PathError("'*' stands alone in brackets", found.start())
