"""What a mapping must not forget: ids, currencies, and to say which fields it leaves out."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from integrationlint.checks.effective import contents
from integrationlint.checks.mapping_paths import Place, lines, read_anywhere, stated
from integrationlint.checks.names import plain, words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem, Related

_SHOWN: Final = 8
_LONGEST: Final = 1_000
_STEP: Final = re.compile(r"([^./\[\]]+)(?:\[[^\]]*\])?")


def keys_kept(element: Element, links: Links, *, names: tuple[str, ...]) -> Iterator[Problem]:
    """What tells one message from another is read by some line, or left out on purpose: its id, and `names`.

    The id is a required top-level field called `id`, or after its schema (`orderId`, `OrderNumber`). Names are compared
    by their words.
    """
    wanted = {plain(name) for name in names}
    for root, places in _sources(element, links).items():
        read = {place.names[0] for place in places if place.names} | _dropped(element, root)
        own = {plain(f"{root.name}{end}") for end in ("id", "number", "no", "key", "code", "uuid")} | {"id"}
        for name, field in links.fields(root).items():
            own_name = plain(name)
            needed = own_name in own and field.facts.get("required") is True
            if (needed or own_name in wanted) and name not in read:
                related = (Related("declared here", field.location),)
                yield Problem({"value": name, "source": root.name or element.facts.get("source")}, related=related)


def _dropped(mapping: Element, root: Element) -> set[str]:
    """The top-level fields of a source that lines leave out on purpose."""
    found: set[str] = set()
    for line in mapping.of("line"):
        if line.facts.get("operation") == "ignore":
            steps = _STEP.findall(str(line.facts.get("source", ""))[:_LONGEST])
            found.update(steps[1:2] if steps[:1] == [root.name] else steps[:1])
    return found


def _sources(mapping: Element, links: Links) -> dict[Element, list[Place]]:
    """The places that the lines of a mapping read, by the schema that they are in; for a mapping that fits it."""
    found: dict[Element, list[Place]] = defaultdict(list)
    broken: dict[Element, int] = defaultdict(int)
    if mapping.facts.get("coverage") != "complete":
        return {}
    for line in lines(mapping):
        for place in (*stated(line, "reads", links), *read_anywhere(line, links)):
            found[place.root].append(place)
            broken[place.root] += place.edge.missing > 0
    return {root: places for root, places in found.items() if broken[root] * 2 < len(places)}


def unmapped_declared(element: Element, links: Links) -> Iterator[Problem]:
    """Every top-level field of the source is read, or has a line that leaves it out on purpose."""
    for root, places in _sources(element, links).items():
        read = {place.names[0] for place in places if place.names} | _dropped(element, root)
        left = [name for name in links.fields(root) if name not in read]
        if left and any(len(place.trail) > 1 for place in places):
            shown = ", ".join(left[:_SHOWN]) + (", …" if len(left) > _SHOWN else "")
            told = "1 field of the source is" if len(left) == 1 else f"{len(left)} fields of the source are"
            yield Problem({"count": told, "value": shown, "source": root.name})


def currency_kept(element: Element, links: Links, *, amounts: tuple[str, ...]) -> Iterator[Problem]:
    """Where a line reads an amount, some line reads the currency that stands beside it."""
    for places in _sources(element, links).values():
        read = {place.names for place in places}
        told: set[tuple[str, ...]] = set()
        for place in places:
            if not place.found or not _has_word(place.names[-1], amounts):
                continue
            holder = place.trail[-2]
            front = place.names[:-1]
            for name in _currencies(holder, links):
                if (*front, name) not in read and (*front, name) not in told:
                    told.add((*front, name))
                    said = {"value": ".".join(place.names), "currency": ".".join((*front, name))}
                    yield Problem(said, element=place.line)


def _has_word(name: str, wanted: tuple[str, ...]) -> bool:
    return not set(wanted).isdisjoint(words(name))


def _currencies(holder: Element, links: Links) -> Iterator[str]:
    for name in links.fields(contents(holder, links)):
        if _has_word(name, ("currency", "ccy")):
            yield name
