"""What changed facts of XML Schema, other than facets, do to the set of valid documents."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

Effect = tuple[bool | None, bool | None]

# A text that none of these take is the empty one.
_TAKE_EMPTY: Final = frozenset(
    f"xs:{name}" for name in "string normalizedString token anyURI base64Binary hexBinary anySimpleType anyType".split()
)


def compositor_effect(old: Any, new: Any) -> Effect:
    """Another order: `all` takes what a sequence of the same does, and more; a choice takes something else."""
    if old is None or new is None:
        return (True, True)
    return (new == "all", old == "all") if "choice" not in (old, new) else (False, False)


def conditions_effect(old: Any, new: Any) -> Effect:
    """Assertions, identity constraints, blocked derivations: each one more refuses something."""
    before, after = frozenset(_conditions(old)), frozenset(_conditions(new))
    return (after <= before, before <= after)


def _conditions(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, tuple) else ():
        if isinstance(one, Mapping):
            # Part 1, section 3.11: a key is a unique whose fields have to be there.
            names = ("key", "unique") if one.get("construct") == "key" else (one.get("construct"),)
            for name in names:
                yield str((name, one.get("selector"), one.get("fields"), one.get("refer")))
        else:
            yield str(one)


def readable(value: Any) -> Any:
    """A fact as people read it: identity constraints as `key k of t:item by @id`, anything else as it is."""
    if isinstance(value, tuple) and value and all(isinstance(one, Mapping) and "selector" in one for one in value):
        return tuple(map(_constraint, value))
    return value


def _constraint(one: Mapping[str, Any]) -> str:
    refers = f" to {one['refer']}" if "refer" in one else ""
    return (
        f"{one.get('construct')} {one.get('name')} of {one['selector']} by {', '.join(one.get('fields', ()))}{refers}"
    )


def default_effect(old: Mapping[str, Any], new: Mapping[str, Any]) -> Effect:
    """An element with a default or fixed value may be empty, even where its type does not take an empty text."""
    before, after = (_takes_empty(facts) for facts in (old, new))
    return (_keeps((before, after)), _keeps((after, before)))


def _takes_empty(facts: Mapping[str, Any]) -> bool | None:
    """Whether an element may be empty; None where only a pattern says so."""
    if "default" in facts or "fixed" in facts:
        return True
    values = facts.get("enum")
    refused = bool(facts.get("minLength")) or (isinstance(values, tuple | list) and "" not in values)
    if refused or facts.get("base", "xs:string") not in _TAKE_EMPTY:
        return False
    return None if "pattern" in facts else True


def _keeps(sides: tuple[bool | None, bool | None]) -> bool | None:
    """Whether what may be empty on the first side may be so on the second."""
    if sides[0] is False or sides[1] is True:
        return True
    return False if sides == (True, False) else None


def optional_groups(content: Any) -> frozenset[str]:
    """The keys of the groups in a content model that may be left out, alone, with what is around, or for a branch."""
    found: set[str] = set()
    waiting = [(content, False)]
    while waiting:
        particle, optional = waiting.pop()
        if not isinstance(particle, list) or len(particle) < 3:
            continue
        what, low, inner = particle[0], particle[1], particle[3:]
        optional = optional or low == 0
        if isinstance(what, str) and what.startswith("group:") and optional:
            found.add(what)
        branches = inner[0] if inner and isinstance(inner[0], list) else []
        waiting += [(one, optional or (what == "choice" and len(branches) > 1)) for one in branches]
    return frozenset(found)


def is_ordered(facts: Mapping[str, Any]) -> bool:
    """Whether the order of the content matters: there are two particles or more."""
    content = facts.get("contentModel")
    return isinstance(content, list) and len(content) > 3 and len(content[3]) > 1
