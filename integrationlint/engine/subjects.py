"""The elements that a rule is about, found by the facts that it asks for: most rules ask for what few elements have."""

from collections.abc import Mapping, Sequence

from integrationlint.engine.select import predicate
from integrationlint.model.element import Element
from integrationlint.model.rule import Rule


class Subjects:
    """The elements of one document by kind, and, as rules ask for them, by kind and fact."""

    __slots__ = ("_having", "_kinds")

    def __init__(self, kinds: Mapping[str, Sequence[Element]]) -> None:
        """Take the elements by kind."""
        self._kinds = kinds
        self._having: dict[tuple[str, str], Sequence[Element]] = {}

    def of(self, rule: Rule) -> list[Sequence[Element]]:
        """For each kind of the rule, in its order: the elements that `has` and `when` let pass; empty ones left out."""
        found = [self._passing(kind, rule) for kind in rule.each if kind in self._kinds]
        return [elements for elements in found if elements]

    def _passing(self, kind: str, rule: Rule) -> Sequence[Element]:
        asked = rule.has if len(rule.has) == 1 else tuple(_present(rule.when))
        elements = self._with(kind, asked[0]) if asked else self._kinds[kind]
        if len(rule.has) > 1:
            elements = [one for one in elements if not one.facts.keys().isdisjoint(rule.has)]
        matches = predicate(rule.when)
        return elements if matches is None else [one for one in elements if matches(one.facts)]

    def _with(self, kind: str, fact: str) -> Sequence[Element]:
        found = self._having.get((kind, fact))
        if found is None:
            found = self._having[kind, fact] = [one for one in self._kinds[kind] if fact in one.facts]
        return found


def _present(when: Mapping[str, object]) -> list[str]:
    """The facts that must be there for a condition to hold: absence counts as false, null and empty."""
    return [
        fact
        for fact, value in when.items()
        if not any(one is None or one is False for one in (value if isinstance(value, list) else [value]))
    ]
