"""Names by their words, whatever case they are written in: what dictionaries of names are compared with."""

import re
from functools import lru_cache
from typing import Final

_WORDS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LONGEST_PHRASE: Final = 4
_LONGEST_NAME: Final = 200


@lru_cache(maxsize=16_384)
def words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case: `customerID`, `customer_id` and `CUSTOMER-ID` are `customer`, `id`."""
    return tuple(one.lower() for one in _WORDS.findall(name[:_LONGEST_NAME]))


@lru_cache(maxsize=16_384)
def endings(name: str) -> frozenset[str]:
    """What a name ends with, words joined: `home_phoneNumbers` ends with `number(s)`, `phonenumber(s)`, and itself."""
    parts = words(name)
    found = {"".join(parts[-count:]) for count in range(1, min(_LONGEST_PHRASE, len(parts)) + 1)}
    found.add(plain(name))
    return frozenset(found | {one[:-1] for one in found if one.endswith("s") and len(one) > 3})


@lru_cache(maxsize=16_384)
def phrases(name: str) -> frozenset[str]:
    """Everything that a name says in up to four words in a row, joined: `home_email_hash` says `homeemail`, …."""
    parts = words(name)
    return frozenset(
        "".join(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, min(start + _LONGEST_PHRASE, len(parts)) + 1)
    )


def plain(name: str) -> str:
    """The words of a name, joined: `Customer-ID` is `customerid`."""
    return "".join(words(name))
