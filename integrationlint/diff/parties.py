"""Those who answer for what uses a contract: consumers and components, one and the same where they have one name."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from integrationlint.diff.harm import RANK, milder
from integrationlint.model.change import Dependent, Harm
from integrationlint.model.element import Element
from integrationlint.model.links import Edge, Links
from integrationlint.model.vocabulary import KIND_GROUPS

PARTIES = KIND_GROUPS["party"]
TOPS = ("api", "document", "schema-document")


@dataclass(slots=True)
class Parties:
    """What one snapshot says of its parties, worked out when first asked."""

    links: Links
    _components: dict[str, list[Element]] = field(default_factory=dict)
    _subsets: dict[str, set[str]] | None = None

    def components(self, consumer: Element) -> list[Element]:
        """The components of a catalog that are the consumer."""
        if not self._components:
            self._components[""] = []
            for one in self.links.elements("component"):
                self._components.setdefault(_name(one), []).append(one)
        return self._components.get(_name(consumer), []) if consumer.kind == "consumer" else []

    def wholes(self, element: Element) -> list[Edge]:
        """The uses of a contract as a whole, to be followed from its operations, or its types where it has none."""
        if element.kind not in ("operation", "type"):
            return []
        root = element.root
        if element.kind == "type" and (element.parent is not root or next(root.of("path"), None) is not None):
            return []
        takers = (*PARTIES, "api-entity")
        return [one for one in self.links.users(root) if one.source.kind in takers and one.target is root]

    def claim(self, edge: Edge, harm: Harm) -> Harm:
        """What is left of a harm where a party only says that it uses a whole contract, or another component.

        That puts it at risk, nothing worse; where it says elsewhere which parts it uses, those count alone.
        """
        if edge.source.kind not in PARTIES or edge.target.kind not in (*TOPS, "api-entity", "component"):
            return harm
        used = self._used(edge.source)
        named = bool(used) and bool(used & self._contracts(edge.target))
        return Harm.UNAFFECTED if named else milder(harm, Harm.AT_RISK)

    def _used(self, party: Element) -> set[str]:
        """The contracts, by path, of which a party names the parts that it uses."""
        if self._subsets is None:
            self._subsets = {}
            for one in self.links.elements("interaction", *PARTIES):
                owner = one.parent if one.kind == "interaction" and one.parent is not None else one
                for edge in self.links.edges(one):
                    if edge.target.kind not in (*TOPS, "api-entity", "component", "entity"):
                        paths = {part.document.path for part in (*edge.through, edge.target)}
                        self._subsets.setdefault(_name(owner), set()).update(paths)
        return self._subsets.get(_name(party), set())

    def _contracts(self, whole: Element) -> set[str]:
        """The contracts, by path, that stand behind an API of a catalog or a component that provides some."""
        if whole.kind in TOPS:
            return {whole.document.path}
        edges = self.links.edges(whole)
        if whole.kind == "component":
            apis = [one.target for one in edges if one.use.role == "publishes"]
            edges = tuple(edge for api in apis for edge in self.links.edges(api))
        return {one.target.document.path for one in edges if one.target.kind in TOPS}


def one_each(dependents: Iterable[Dependent]) -> list[Dependent]:
    """Each party once, by what fares worst of it; of several that fare alike, the nearest that says what it uses."""
    kept: list[Dependent] = []
    parties: dict[str, Dependent] = {}
    for one in dependents:
        if one.kind not in PARTIES:
            kept.append(one)
        elif (known := parties.get(one.name.casefold())) is None or _order(one) < _order(known):
            parties[one.name.casefold()] = one
    return [*kept, *parties.values()]


def are_one(one: Element, other: Element) -> bool:
    """Whether two elements are the same party."""
    return one.kind in PARTIES and other.kind in PARTIES and _name(one) == _name(other)


def _order(one: Dependent) -> tuple[int, int, bool, str]:
    return (RANK[one.verdict], one.distance, one.kind != "consumer", one.address)


def _name(party: Element) -> str:
    return party.name.casefold()
