"""Names taken apart and compared."""

import re
from typing import Final

_WORDS: Final = re.compile(r"[A-Z]+s?(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SIGNS: Final = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """The words of a name in lower case, whatever its case: `orderIDs`, `order_ids` and `order-ids` have two."""
    return [one.lower() for one in _WORDS.findall(text)]


def bare(name: str) -> str:
    """A name by its letters and digits alone, in lower case: `Page_Size` and `page[size]` are `pagesize`."""
    return (name if name.isalnum() else _SIGNS.sub("", name)).lower()
