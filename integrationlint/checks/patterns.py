"""The patterns that schemas write down."""

from collections.abc import Iterable

from integrationlint.dialects import ecmascript_analysis
from integrationlint.dialects.matching import understood
from integrationlint.model.element import Element
from integrationlint.model.rule import Problem


def well_formed(element: Element) -> Iterable[Problem]:
    """The `pattern` of a schema is a regular expression of ECMA-262 (JSON Schema 2020-12 section 6.4)."""
    pattern = element.facts.get("pattern")
    if pattern is None:
        return ()
    problem = understood(pattern)[1] if isinstance(pattern, str) else "it is no text"
    return (_problem(element, problem=problem),) if problem else ()


def anchored(element: Element) -> Iterable[Problem]:
    """The `pattern` of a schema says where it begins and ends: without anchors it is found anywhere in the value."""
    pattern = element.facts.get("pattern")
    if not isinstance(pattern, str) or not pattern:
        return ()
    tree, _ = understood(pattern)
    return () if tree is None or ecmascript_analysis.anchored(tree) else (_problem(element),)


def safe(element: Element) -> Iterable[Problem]:
    """The `pattern` of a schema cannot make a backtracking matcher try exponentially many ways (CWE-1333)."""
    pattern = element.facts.get("pattern")
    if not isinstance(pattern, str):
        return ()
    tree, _ = understood(pattern)
    return () if tree is None or ecmascript_analysis.explosive(tree) is None else (_problem(element),)


def _problem(element: Element, **words: object) -> Problem:
    return Problem({"value": element.facts["pattern"], **words}, at=f"{element.pointer}/pattern", key=False)
