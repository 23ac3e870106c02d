"""The fields of a body that a Pact file uses: those of its example, and those that its matching rules name."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from integrationlint.model.location import child

Path = tuple[str, ...]
# A step of a matcher path: `.name`, `['name']`, `[*]`, `[0]`. One that stands for any name is none of them.
_STEP: Final = re.compile(r"\.([^.\[\]*][^.\[\]]*)|\['([^']*)'\]|\[\"([^\"]*)\"\]|\[(?:\*|\d+)\]")
# Matchers that take the names in an object for examples of names (Pact specification 3 and 4).
_ANY_NAME: Final = ("values", "eachKey", "eachValue")


class _Rule(NamedTuple):
    """A matching rule: the names on its way, whether the object there has names that are examples, where it stands."""

    path: Path
    opens: bool
    pointer: str


def used_fields(part: dict[str, Any], pointer: str, *, wrapped: bool = False) -> dict[Path, str]:
    """The innermost fields that a request or response names, by path of names, and where each is written.

    A consumer needs every field of its example, rules only say what else is accepted there; what is below names that
    are examples themselves is left out. Items of lists have no step of their own. A `wrapped` body (version 4) is the
    member `content` of one that says what it is.
    """
    body, at = part.get("body"), f"{pointer}/body"
    if wrapped and isinstance(body, dict) and "content" in body:
        body, at = body["content"], f"{at}/content"
    if not isinstance(body, dict | list):
        return {}
    rules = list(_rules(part.get("matchingRules"), f"{pointer}/matchingRules"))
    opened = {rule.path for rule in rules if rule.opens}
    found = _of_example(body, at, opened)
    for rule in rules:
        if rule.path and not any(rule.path[:length] in opened for length in range(len(rule.path))):
            found.setdefault(rule.path, rule.pointer)
    holders = {path[:-1] for path in found}
    return {path: at for path, at in found.items() if path not in holders}


def _of_example(body: Any, pointer: str, opened: set[Path]) -> dict[Path, str]:
    found: dict[Path, str] = {}
    waiting: list[tuple[Any, Path, str]] = [(body, (), pointer)]
    for value, path, at in waiting:
        if isinstance(value, dict) and path not in opened:
            for name, one in value.items():
                below = child(at, name)
                found.setdefault((*path, name), below)
                waiting.append((one, (*path, name), below))
        elif isinstance(value, list):
            waiting += [(one, path, f"{at}/{index}") for index, one in enumerate(value)]
    return found


def _rules(given: Any, pointer: str) -> Iterator[_Rule]:
    """The rules of a body: `$.body…` among those of other parts until version 2, apart and from `$` since version 3."""
    rules = given if isinstance(given, dict) else {}
    prefix = "$.body"
    if isinstance(rules.get("body"), dict):
        rules, pointer, prefix = rules["body"], f"{pointer}/body", "$"
    for written, said in rules.items():
        if written.startswith(prefix):
            path, rest = _path(written[len(prefix) :])
            if not rest or rest.startswith(".*"):
                yield _Rule(path, bool(rest) or _takes_any_name(said), child(pointer, written))


def _takes_any_name(said: Any) -> bool:
    matchers = said.get("matchers", [said]) if isinstance(said, dict) else ()
    several = matchers if isinstance(matchers, list) else ()
    return any(isinstance(one, dict) and one.get("match") in _ANY_NAME for one in several)


def _path(steps: str) -> tuple[Path, str]:
    """The names in a matcher path, and what is left of it from the first step that is no name."""
    names: list[str] = []
    at = 0
    while at < len(steps):
        step = _STEP.match(steps, at)
        if step is None:
            break
        name = next((one for one in step.groups() if one is not None), None)
        if name is not None:
            names.append(name)
        at = step.end()
    return tuple(names), steps[at:]
