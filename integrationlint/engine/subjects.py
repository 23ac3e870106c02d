"""The elements that a rule is about, found by what it asks for: most rules ask for what few elements have."""

from collections.abc import Mapping, Sequence

from integrationlint.engine.select import predicate
from integrationlint.model.element import Element
from integrationlint.model.rule import Rule
from integrationlint.model.vocabulary import KINDS


class Subjects:
    """The elements of one document by kind, and, as rules ask for them, by kind and what they have."""

    __slots__ = ("_having", "_kinds", "_passed")

    def __init__(self, kinds: Mapping[str, Sequence[Element]]) -> None:
        """Take the elements by kind."""
        self._kinds = kinds
        self._having: dict[tuple[str, str], Sequence[Element]] = {}
        self._passed: dict[tuple[str, str], Sequence[Element]] = {}

    def of(self, rule: Rule) -> list[Sequence[Element]]:
        """For each kind of the rule, in its order: the elements that `has` and `when` let pass; empty ones left out."""
        kinds = [kind for kind in rule.each if kind in self._kinds]
        if not rule.has and not rule.when:
            return [self._kinds[kind] for kind in kinds]
        asked = repr((rule.has, rule.when))
        found = []
        for kind in kinds:
            elements = self._passed.get((kind, asked))
            if elements is None:
                elements = self._passed[kind, asked] = self._passing(kind, rule)
            if elements:
                found.append(elements)
        return found

    def _passing(self, kind: str, rule: Rule) -> Sequence[Element]:
        elements = self._kinds[kind]
        if rule.has:
            having = [self._with(kind, name) for name in rule.has]
            elements = (
                having[0] if len(having) == 1 else list({id(one): one for each in having for one in each}.values())
            )
        else:
            needed = _present(rule.when)
            elements = self._with(kind, needed[0]) if needed else elements
        matches = predicate(rule.when)
        return elements if matches is None else [one for one in elements if matches(one.facts)]

    def _with(self, kind: str, name: str) -> Sequence[Element]:
        found = self._having.get((kind, name))
        if found is None:
            elements = self._kinds[kind]
            if name in KINDS and name not in KINDS[kind]:
                found = [one for one in elements if one.children and any(part.kind == name for part in one.children)]
            else:
                found = [one for one in elements if name in one.facts]
            self._having[kind, name] = found
        return found


def _present(when: Mapping[str, object]) -> list[str]:
    """The facts that must be there for a condition to hold: absence counts as false, null and empty."""
    return [
        fact
        for fact, value in when.items()
        if not any(one is None or one is False for one in (value if isinstance(value, list) else [value]))
    ]
