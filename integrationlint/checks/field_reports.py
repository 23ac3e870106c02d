"""Problems of fields, each name once: nobody has to read of `created` at a hundred places."""

from collections.abc import Callable, Iterator

from integrationlint.model.element import Element
from integrationlint.model.rule import Problem

# What a field says of its words, or nothing where its name is right.
Test = Callable[[Element], dict[str, object]]


def once(root: Element, test: Test) -> Iterator[Problem]:
    """The fields below a root that a test says something of: the first of each name, with how many there are."""
    found: dict[str, tuple[Element, dict[str, object]]] = {}
    counts: dict[str, int] = {}
    for one in root.walk():
        if one.kind == "field":
            said = test(one)
            if said:
                found.setdefault(one.name, (one, said))
                counts[one.name] = counts.get(one.name, 0) + 1
    for name, (element, said) in found.items():
        times = "" if counts[name] == 1 else f" (in {counts[name]} places)"
        yield Problem({"value": name, "times": times, **said}, element=element)
