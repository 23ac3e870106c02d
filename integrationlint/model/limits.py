"""What a single run may cost; every limit that is hit is reported, none passes in silence."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds enforced while reading and parsing.

    file_size in bytes; depth of nesting; nodes (scalars and containers) of one document, of which those whose
    pointers are hundreds of characters long count several times, as they cost;
    aliases: how many YAML aliases one document may follow, expansion counted in nodes;
    digits of one number; files in one snapshot.
    """

    file_size: int = 20_000_000
    depth: int = 200
    nodes: int = 2_000_000
    aliases: int = 10_000
    digits: int = 1_000
    files: int = 100_000


DEFAULT_LIMITS = Limits()

# A configuration file, in bytes: it is written by people.
CONFIGURATION_SIZE: Final = 1_000_000
