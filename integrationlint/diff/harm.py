"""What a change does to those who use the changed thing directly: by the kind of change, not by the mere edge."""

from collections.abc import Mapping
from typing import Final

from integrationlint.diff.comparison import NONE, REQUEST, RESPONSE
from integrationlint.model.change import Change, Harm, Verdict
from integrationlint.model.element import Element
from integrationlint.model.links import Edge

_SENT: Final = ("request", "parameter")
_RECEIVED: Final = ("response", "header")
RANK: Final = {Harm.BREAKS: 0, Harm.AT_RISK: 1, Harm.UNAFFECTED: 2}
# Parts of an exchange: who uses the whole exchange may never touch one of them.
# What a consumer takes for one value when it names it.
VALUES: Final = ("field", "items", "parameter", "header")
_PARTS: Final = ("field", "items", "variant", "schema", "type", "header", "media", "response", "parameter")


def by_verdict(verdict: Verdict) -> Harm:
    """The harm that a verdict stands for where nothing more is known."""
    if verdict is Verdict.BREAKING:
        return Harm.BREAKS
    return Harm.AT_RISK if verdict in (Verdict.RISKY, Verdict.UNKNOWN) else Harm.UNAFFECTED


def milder(one: Harm, other: Harm) -> Harm:
    """The lesser of two harms."""
    return one if RANK[one] >= RANK[other] else other


def in_message(harms: Mapping[str, Harm], holder: Element) -> Harm:
    """What a change does in the message that a part belongs to, the worst where it is in none or not known which.

    `harms` are those of the change in each of its directions.
    """
    kind = holder.kind
    operation = holder.above("operation") if kind in _SENT or kind in _RECEIVED else None
    if operation is None:
        return Harm.BREAKS
    inward = operation.facts.get("direction") != "out"
    direction = REQUEST if (kind in _SENT) is inward else RESPONSE
    return harms.get(direction, harms.get(NONE, Harm.UNAFFECTED))


def to_user(change: Change, harm: Harm, edge: Edge) -> Harm:
    """What the change does to who uses the changed element itself, by field, through `edge`.

    What is gone breaks whoever names it. Otherwise readers suffer from what is not forward compatible, writers from
    what is not backward compatible; a writer of a field does not mind that it became required.
    """
    if change.action == "removed":
        return Harm.BREAKS
    if change.kind == "operation":
        return harm  # whoever uses a part of it calls it
    if edge.use.role == "reads":
        return _unless_kept(change.forward, harm)
    if edge.use.role == "writes":
        return Harm.UNAFFECTED if demands(change) else _unless_kept(change.backward, harm)
    return harm


def to_value_user(change: Change, harm: Harm, edge: Edge) -> Harm:
    """What the change does to who says that it uses a value, where something in that changed: its type, or a part."""
    return to_caller(change, harm) if change.kind in ("field", "variant") else to_user(change, harm, edge)


def _unless_kept(kept: object, harm: Harm) -> Harm:
    if kept is None:
        return Harm.AT_RISK
    return Harm.UNAFFECTED if kept else harm


def demands(change: Change) -> bool:
    """Whether every writer must now send something that it could leave out."""
    facts = change.facts or {}
    return bool(facts.get("required")) and (change.action == "added" or change.fact == "required")


def to_caller(change: Change, harm: Harm) -> Harm:
    """What the change does to who uses a whole operation or type without saying which parts."""
    if harm is not Harm.BREAKS or change.kind not in _PARTS:
        return harm
    return Harm.BREAKS if refuses(change) else Harm.AT_RISK


def refuses(change: Change) -> bool:
    """Whether whoever goes on sending as before is refused."""
    return change.direction in ("request", "both") and change.backward is False and demands(change)


def outlook(change: Change) -> tuple[object, ...]:
    """All that `to_caller` and `to_value_user` ask of a change: two that agree in it fare alike."""
    return (change.kind, change.action, change.forward, change.backward, demands(change), refuses(change))
