"""What the tests of the parsers share: the text that a span covers, cut out independently of the code under test."""

import re
from collections.abc import Callable
from functools import lru_cache

import pytest

from integrationlint.model.document import Document
from integrationlint.model.location import Span

Cut = Callable[[Document, Span], str]


@pytest.fixture(scope="session")
def cut() -> Cut:
    """`cut(document, span)`: the text between two positions."""

    @lru_cache(maxsize=2)
    def lines_of(text: str) -> list[str]:
        return re.findall(r"[^\r\n]*(?:\r\n|\n|\r|\Z)", text)

    def cut_out(document: Document, span: Span) -> str:
        lines = lines_of(document.text)
        (first, left), (last, right) = span
        if first == last:
            return lines[first - 1][left - 1 : right - 1]
        return "".join([lines[first - 1][left - 1 :], *lines[first : last - 1], lines[last - 1][: right - 1]])

    return cut_out
