"""What the settings of now would allow beyond the policy that judges: findings of a rule, else notes."""

from collections.abc import Iterable, Iterator
from typing import Final

from integrationlint.engine.run import Outcome, run
from integrationlint.engine.select import Bound
from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import START_OF_FILE, Location
from integrationlint.model.settings import Settings

_KIND: Final = "weakening"


def weigh(bounds: Iterable[Bound], settings: Settings, links: Links, outcome: Outcome) -> tuple[str, ...]:
    """Run the rules about weakenings; where none is chosen, notes that say the same, for they are never kept quiet."""
    if not settings.weakened:
        return ()
    rules = [one for one in bounds if _KIND in one.rule.each]
    run(rules, {_KIND: list(_elements(settings))}, links, outcome)
    return () if rules else tuple(notes_on(settings))


def _elements(settings: Settings) -> Iterator[Element]:
    for one in settings.weakened:
        place = one.location or Location(settings.file, "", START_OF_FILE)
        document = Document(place.path, "yaml", None, "")
        facts: dict[str, object] = {"aspect": one.kind, "message": one.message, "revision": settings.policy}
        root = Element("document", "", document)
        yield Element(_KIND, one.subject, document, place.pointer, parent=root, facts=facts, span=place.span)


def notes_on(settings: Settings) -> Iterator[str]:
    """A line for each weakening, with its place."""
    for one in settings.weakened:
        start = one.location.span.start if one.location else None
        where = f" ({one.location.path}:{start.line}:{start.column})" if one.location and start else ""
        yield f"the policy of {settings.policy} applies, which this would weaken: {one.message}{where}"
