"""Changes between the branches of two shapes: choices, conditions, and what must not hold."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, Final

from integrationlint.diff.comparison import ALIKE, CONTRARY, UNCLEAR, Comparison, made
from integrationlint.diff.sets import NARROWER, OTHER, WIDER, Effect, spread
from integrationlint.diff.shapes import CHOICES, COMPARED, Shape, canonical, meant
from integrationlint.model.element import Element
from integrationlint.model.links import Links

Pair = tuple[Element, Element]
# What it means to the whole that a branch allows more; every other branch means as much.
_SENSES: Final = {"not": CONTRARY, "if": UNCLEAR}


def compare_branches(run: Comparison, old: Shape, new: Shape, direction: str) -> None:
    """Pair the branches of both sides and compare each pair; what came or went is told with its effect."""
    if not old.variants and not new.variants:
        return
    pairs, gone, come = _paired(run, old.variants, new.variants)
    for before, after in pairs:
        run.compare(before, after, direction, _SENSES.get(_composition(before), ALIKE))
    _compare_kinds(run, old, new, direction, pairs)
    _report(run, gone, [], new, direction)
    _report(run, [], come, old, direction)


def same_choices(run: Comparison, old: list[Element], new: list[Element]) -> bool:
    """Whether two lists of branches are the same choice, one by one, and remain a choice in any form."""
    for before, after in zip(old, new, strict=True):
        kinds = (before.facts.get("composition"), after.facts.get("composition"))
        if before.name != after.name or kinds[0] not in CHOICES or kinds[0] != kinds[1]:
            return False
        if not (_stands_for_more(before, run.base) and _stands_for_more(after, run.head)):
            if before.uses or after.uses or before.children or after.children or _is_bare_or_null(before):
                return False
            if repr(before.facts) != repr(after.facts):
                return False
    counts = [sum(one.facts["composition"] == kind for one in old) for kind in CHOICES]
    return all(count != 1 for count in counts)


def _stands_for_more(branch: Element, links: Links) -> bool:
    """Whether a branch is a reference to a type that has something inside."""
    if not branch.uses or branch.children:
        return False
    edges = links.edges(branch)
    return len(branch.uses) == len(edges) == 1 and bool(edges[0].target.children)


def _is_bare_or_null(branch: Element) -> bool:
    """Whether a branch says so little that the choice may become a list of types, or loses it to `nullable`."""
    return not branch.facts.get("type") or len(branch.facts.keys() & COMPARED) < 2


def _report(run: Comparison, gone: list[Element], come: list[Element], other: Shape, direction: str) -> None:
    """Branches that came or went; `other` is the side that lacks them."""
    for before in gone:
        facts = {"composition": _composition(before)}
        run.report(made("removed", before, None, direction, _without(before, other), facts=facts))
    for after in come:
        backward, forward = _without(after, other)
        facts = {"composition": _composition(after)}
        run.report(made("added", None, after, direction, (forward, backward), facts=facts))


def compare_with_branch(run: Comparison, old: Shape, new: Shape, direction: str) -> bool:
    """A shape that became one branch of a choice, or the other way round; False where neither is so.

    The choice has to be all that the other side says: what is said beside it is left to the ordinary comparison.
    """
    wrapped = not old.choices and _pure(new)
    if not wrapped and (new.choices or not _pure(old)):
        return False
    plain, choice = (old, new) if wrapped else (new, old)
    mine, yours = (run.base, run.head) if wrapped else (run.head, run.base)
    branch = _like(plain, mine, choice.choices, yours)
    if branch is None:
        return False
    others = [one for one in choice.choices if one is not branch]
    overlap = _composition(branch) == "oneOf" and _may_overlap(plain, choice, others, yours)
    if wrapped:
        run.compare(old.element, branch, direction)
        _report(run, [], others, new, direction)
    else:
        run.compare(branch, new.element, direction)
        _report(run, others, [], old, direction)
    if overlap:
        # What fits a second branch as well is refused (JSON Schema Core 2020-12 section 10.2.1.3).
        values = (None, "oneOf") if wrapped else ("oneOf", None)
        effect: Effect = (None, True) if wrapped else (True, None)
        sides = (old.element, new.element)
        facts = {"stated": "newly" if wrapped else "no longer"}
        run.report(
            made("changed", *sides, direction, effect, fact="composition", old=values[0], new=values[1], facts=facts)
        )
    return True


def _may_overlap(plain: Shape, choice: Shape, others: list[Element], links: Links) -> bool:
    """Whether what has the plain shape may also have that of another branch; a discriminator keeps them apart."""
    mine = plain.facts.get("type")
    if "discriminator" in choice.facts or not mine:
        return False
    types = [canonical(one, links).facts.get("type") for one in others]
    return any(not one or not spread(one).isdisjoint(spread(mine)) for one in types)


def _pure(shape: Shape) -> bool:
    said = shape.facts.keys() - {"type", "deprecated", "default"}
    return bool(shape.choices) and not (said or shape.fields or shape.items or shape.lone)


def _like(shape: Shape, links: Links, choices: list[Element], others: Links) -> Element | None:
    """The branch that holds what the shape does, where it holds anything."""
    if not shape.facts and not shape.fields:
        return None
    mark = _outline(shape.element, links)[1:]
    return next((one for one in choices if _outline(one, others)[1:] == mark), None)


def _composition(branch: Element) -> str:
    return str(branch.facts.get("composition"))


def _class(branch: Element) -> str:
    composition = _composition(branch)
    return "choice" if composition in CHOICES else f"{composition} {branch.name}"


def _without(branch: Element, lacking: Shape) -> Effect:
    """The effect of taking a branch away: fewer values of a choice, more where it was a condition or the last one.

    `then` and `else` hold nothing without `if` (JSON Schema Core 2020-12 section 10.2.2).
    """
    if _composition(branch) in CHOICES:
        return NARROWER if lacking.choices else WIDER
    return WIDER


def _compare_kinds(run: Comparison, old: Shape, new: Shape, direction: str, pairs: list[Pair]) -> None:
    """`oneOf` refuses what fits several branches, `anyOf` takes it."""
    kinds = {(_composition(before), _composition(after)) for before, after in pairs}
    changed = sorted(kinds & {("oneOf", "anyOf"), ("anyOf", "oneOf")})
    if changed:
        was, now = changed[0]
        effect = OTHER if len(changed) > 1 else WIDER if now == "anyOf" else NARROWER
        sides = (old.element, new.element)
        run.report(made("changed", *sides, direction, effect, fact="composition", old=was, new=now))


def _paired(
    run: Comparison, old: Iterable[Element], new: Iterable[Element]
) -> tuple[list[Pair], list[Element], list[Element]]:
    """The branches that are the same on both sides, and those that are left on each.

    First those that are written alike, then by the type they stand for or their title, then by what they hold: where a
    branch is written, and under which name, is no part of a message. What has no name and the same types is taken for
    the same branch, changed.
    """
    pairs: list[Pair] = []
    gone, come = list(old), list(new)
    for mark in (_verbatim, _label, _content, _outline, _types):
        gone, come = _match(pairs, gone, come, partial(mark, links=run.base), partial(mark, links=run.head))
    return pairs, gone, come


def _match(
    pairs: list[Pair],
    old: list[Element],
    new: list[Element],
    mine: Callable[[Element], Any],
    yours: Callable[[Element], Any],
) -> tuple[list[Element], list[Element]]:
    """Pair what has the same mark, in order; None is no mark. What is left of both comes back."""
    if not old or not new:
        return old, new
    waiting: dict[Any, list[Element]] = {}
    for one in reversed(new):
        waiting.setdefault(yours(one), []).append(one)
    waiting.pop(None, None)
    left = []
    taken: set[int] = set()
    for one in old:
        found = waiting.get(mine(one))
        if found:
            pairs.append((one, found[-1]))
            taken.add(id(found.pop()))
        else:
            left.append(one)
    return left, [one for one in new if id(one) not in taken]


def _verbatim(branch: Element, links: Links) -> Any:  # noqa: ARG001 - the marks have one form
    """A branch as it is written, where that is all: most branches of most choices are the same on both sides."""
    if branch.uses or branch.children:
        return None
    return (_class(branch), repr(branch.facts))


def _label(branch: Element, links: Links) -> Any:
    """The name of the type referred to, or a title; where a branch has neither, its position says nothing."""
    group = _class(branch)
    end = meant(branch, links)
    if group != "choice":
        return group
    if end.kind == "type" or not branch.name.isdecimal():
        return (group, end.name if end.kind == "type" else branch.name)
    title = branch.facts.get("title")
    return (group, title) if isinstance(title, str) and title else None


def _content(branch: Element, links: Links) -> Any:
    """All that a branch says itself."""
    shape = canonical(branch, links)
    facts = sorted((fact, repr(value)) for fact, value in shape.facts.items())
    kinds = sorted(map(_composition, shape.variants))
    return (_class(branch), str(facts), frozenset(shape.fields), shape.requires, frozenset(shape.items), str(kinds))


def _outline(branch: Element, links: Links) -> Any:
    """What makes a branch this one, of all that it says."""
    shape = canonical(branch, links)
    values = [str(shape.facts.get(fact)) for fact in ("type", "enum", "const", "format")]
    return (_class(branch), *values, frozenset(shape.fields))


def _types(branch: Element, links: Links) -> Any:
    if not branch.name.isdecimal():
        return None
    return (_class(branch), str(canonical(branch, links).facts.get("type")))
