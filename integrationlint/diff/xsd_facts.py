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


def default_effect(old: Mapping[str, Any], new: Mapping[str, Any]) -> Effect:
    """An element with a default may be empty, even where its type does not take an empty text."""
    before, after = (_takes_empty(facts) for facts in (old, new))
    return (after or not before, before or not after)


def _takes_empty(facts: Mapping[str, Any]) -> bool:
    return "default" in facts or facts.get("base", "xs:string") in _TAKE_EMPTY


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
