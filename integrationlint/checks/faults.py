"""What the parsers met, and what became of written exceptions."""

from collections.abc import Iterator

from integrationlint.model.element import Element
from integrationlint.model.rule import Problem


def reported(element: Element) -> Iterator[Problem]:
    """Each selected element is a problem in itself; its facts fill the message."""
    yield Problem()
