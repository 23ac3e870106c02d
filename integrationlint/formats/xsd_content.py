"""Content models of XML Schema: particles to a tree of groups, and the declarations at its leaves."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from integrationlint.formats.xsd_names import expand, refer, tag
from integrationlint.model.document import XmlNode
from integrationlint.model.element import Use

COMPOSITORS: Final = frozenset(["sequence", "choice", "all"])
UNBOUNDED: Final = "unbounded"
# Nobody counts further; it keeps hostile numbers from growing along nested groups.
_LARGE: Final = 1_000_000_000


class Leaf(NamedTuple):
    """A declaration below a type, still to be made an element.

    kind: `element`, `any`, `attribute`, `anyAttribute`, or `items` and `variant` for the parts of a list or union.
    `low` and `high` are the effective bounds, `choice` the id of the innermost choice around it.
    """

    kind: str
    node: XmlNode
    low: int = 1
    high: int | str = 1
    choice: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a type says: its facts, whom it uses, and the declarations that become its children, in order."""

    facts: dict[str, object] = field(default_factory=dict)
    uses: list[Use] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)

    def add(self, other: "Definition") -> None:
        """Take over what another part of the same declaration says."""
        self.facts.update(other.facts)
        self.uses.extend(other.uses)
        self.leaves.extend(other.leaves)


class _Scope(NamedTuple):
    """How often what stands here may occur in one instance of the type, and the choice it stands in."""

    low: int = 1
    high: int | str = 1
    choice: str = ""


def read_content(node: XmlNode, found: Definition) -> None:
    """Read a model group (XML Schema Part 1, section 3.8): `contentModel` and `compositor`, leaves and uses.

    `contentModel` is a tree of lists with the bounds as written: `[what, minOccurs, maxOccurs]`, where `what` is the
    index of a child of the type's element or the key of a referenced group, and for a group written here
    `["sequence" | "choice" | "all", minOccurs, maxOccurs, [particles]]`. Leaves carry the effective bounds instead: the
    products along the enclosing groups, the lower one 0 below a choice of several branches.
    """
    top: list[object] = []
    pending = [(node, top, _Scope())]
    choices = 0
    while pending:
        one, siblings, scope = pending.pop()
        name, low, high = tag(one), *occurs(one)
        if name in COMPOSITORS:
            particles: list[object] = []
            siblings.append([name, low, high, particles])
            branches = [child for child in one.children if tag(child) not in ("annotation", "")]
            choice = scope.choice
            if name == "choice":
                choices += 1
                choice = f"{choice}.{choices}" if choice else str(choices)
            least = 0 if name == "choice" and len(branches) > 1 else low
            inner = _Scope(_least(scope.low, least), times(scope.high, high), choice)
            pending.extend((child, particles, inner) for child in reversed(branches))
        elif name in ("element", "any"):
            siblings.append([len(found.leaves), low, high])
            found.leaves.append(Leaf(name, one, _least(scope.low, low), times(scope.high, high), scope.choice))
        elif name == "group":
            siblings.append([f"group:{expand(one, one.attributes.get('ref', '').strip())}", low, high])
            found.uses.extend(refer(one, "ref", "group", "contains"))
    if top:
        found.facts["contentModel"] = top[0]
    if tag(node) in COMPOSITORS:
        found.facts["compositor"] = tag(node)


def occurs(node: XmlNode) -> tuple[int, int | str]:
    """`minOccurs` and `maxOccurs` as written, 1 where absent or not a number; `unbounded` stays a word."""
    attributes = node.attributes
    low = _count(attributes["minOccurs"].strip()) if "minOccurs" in attributes else 1
    high = attributes["maxOccurs"].strip() if "maxOccurs" in attributes else ""
    if not high:
        return low, 1
    return low, UNBOUNDED if high == UNBOUNDED else _count(high)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        return 1
    return min(int(text), _LARGE) if len(text) < 20 else _LARGE


def _least(one: int, other: int) -> int:
    return min(one * other, _LARGE)


def times(one: int | str, other: int | str) -> int | str:
    """The product of two upper bounds; nothing repeated without bound is still nothing."""
    if one == 0 or other == 0:
        return 0
    if isinstance(one, str) or isinstance(other, str):
        return UNBOUNDED
    return min(one * other, _LARGE)
