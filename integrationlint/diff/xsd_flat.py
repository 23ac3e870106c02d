"""Contents that are plain lists of different elements, as nearly all are: compared name by name."""

from typing import NamedTuple

from integrationlint.diff.xsd_content import Particle
from integrationlint.diff.xsd_schemas import Name, Schemas
from integrationlint.model.element import Element


class Flat(NamedTuple):
    """A `sequence` or an `all` group of elements with different names."""

    kind: str
    parts: dict[Name, Particle]


def flat(particle: Particle, schemas: Schemas) -> Flat | None:
    """The content as a plain list; None for one with choices, wildcards, repeated groups or a name twice."""
    if particle.what not in ("sequence", "all") or (particle.low, particle.high) != (1, 1):
        return None
    found: dict[Name, Particle] = {}
    waiting = list(reversed(particle.parts))
    while waiting:
        one = waiting.pop()
        if one.what == "sequence" == particle.what and (one.low, one.high) == (1, 1):
            waiting.extend(reversed(one.parts))
            continue
        names = list(schemas.taken(one.what)) if isinstance(one.what, Element) else []
        if len(names) != 1 or names[0] in found:
            return None
        found[names[0]] = one
    return Flat(str(particle.what), found)


def fits(mine: Flat, yours: Flat) -> bool | None:
    """Whether all that the first list takes is taken by the second; None where that is no matter of the names alone."""
    shared = [name for name in mine.parts if name in yours.parts]
    ordered = [name for name in yours.parts if name in mine.parts] == shared
    if yours.kind == "sequence" and (mine.kind == "all" or not ordered):
        return None
    gone = all(one.high == 0 for name, one in mine.parts.items() if name not in yours.parts)
    come = all(one.low == 0 for name, one in yours.parts.items() if name not in mine.parts)
    return gone and come and all(_within(mine.parts[name], yours.parts[name]) for name in shared)


def _within(mine: Particle, yours: Particle) -> bool:
    most = yours.high is None or (mine.high is not None and mine.high <= yours.high)
    return yours.low <= mine.low and most
