"""Who administers and who uses: told apart by what an operation asks of its callers."""

from collections.abc import Iterator
from typing import Any, Final

from integrationlint.checks.resolved import received, title
from integrationlint.checks.templates import segments
from integrationlint.checks.words import words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem

_WORDS: Final = (
    "admin",
    "admins",
    "administration",
    "administrator",
    "backoffice",
    "management",
    "internal",
    "superuser",
)

# The alternatives of a requirement, each with its schemes and their scopes.
_Asked = frozenset[frozenset[tuple[str, frozenset[str]]]]


def separated(
    element: Element, links: Links, *, paths: tuple[str, ...] = _WORDS, extensions: tuple[str, ...] = ("x-admin",)
) -> Iterator[Problem]:
    """Operations for administrators ask for a scheme or a scope that no other operation is content with.

    They are those with one of the words as a segment of their path, or with one of the extensions.
    """
    found = [(one, _is_admin(one, paths, extensions), _asked(one, element)) for one in received(element, links)]
    others = {asked for _, is_admin, asked in found if not is_admin}
    for operation, is_admin, asked in found:
        if is_admin and asked and asked in others:
            yield Problem({"value": title(operation)}, element=operation)


def _is_admin(operation: Element, wanted: tuple[str, ...], names: tuple[str, ...]) -> bool:
    extensions = operation.facts.get("extensions")
    if isinstance(extensions, dict) and any(extensions.get(name) is True for name in names):
        return True
    parts = segments(str(operation.facts.get("template") or ""))
    return any("".join(words(one)) in wanted for one in parts if "{" not in one)


def _asked(operation: Element, api: Element) -> _Asked:
    written: Any = operation.facts.get("security", api.facts.get("security"))
    found = [one for one in written if isinstance(one, dict)] if isinstance(written, list) else []
    return frozenset(
        frozenset(
            (str(name), frozenset(map(str, scopes if isinstance(scopes, list) else ()))) for name, scopes in one.items()
        )
        for one in found
    )
