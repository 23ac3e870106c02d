"""Consumers and components of one name are one party: what one place says of its owner holds for the others."""

from collections.abc import Iterable
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.vocabulary import KIND_GROUPS

_SHARED: Final = ("owner", "criticality")


def joined(parties: Iterable[Element]) -> None:
    """Let each party have the owner and criticality that are said of it, in the order given where several say so."""
    several: dict[str, list[Element]] = {}
    for one in parties:
        if one.kind in KIND_GROUPS["party"]:
            several.setdefault(one.name.casefold(), []).append(one)
    for ones in several.values():
        for fact in _SHARED if len(ones) > 1 else ():
            said = next((one.facts[fact] for one in ones if one.facts.get(fact)), "")
            for one in ones:
                if said and not one.facts.get(fact):
                    one.facts[fact] = said
