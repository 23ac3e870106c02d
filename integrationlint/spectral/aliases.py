"""What a rule's `given` stands for: aliases replaced by their expressions."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from integrationlint.model.errors import did_you_mean
from integrationlint.spectral.nouns import SpectralRule, Target

_ALIAS: Final = re.compile(r"#([A-Za-z0-9_-]+)")
MAX_EXPRESSIONS: Final = 1_000
LONGEST_EXPRESSION: Final = 10_000

Aliases = Mapping[str, tuple[Target, ...]]
Meant = Callable[[tuple[Target, ...]], Sequence[str]]


class AliasError(ValueError):
    """An alias that is not known, that leads to itself, or that stands for too much."""


def expressions(rule: SpectralRule, formats: Collection[str]) -> tuple[str, ...]:
    """The JSONPath expressions of a rule for a document of these formats; AliasError for an alias that is none.

    An alias is replaced by each expression it stands for, the rest of the text behind it. One with targets stands for
    the last target that has one of the formats, and for nothing where none has.
    """
    return _expanded(rule.given, rule.aliases, lambda targets: _last(targets, formats))


def every(given: Sequence[str], aliases: Aliases) -> tuple[str, ...]:
    """All that expressions may stand for, whatever the document; AliasError as above."""
    return _expanded(given, aliases, lambda targets: [text for one in targets for text in one.given])


def _last(targets: tuple[Target, ...], formats: Collection[str]) -> Sequence[str]:
    for one in reversed(targets):
        if not one.formats or any(name in formats for name in one.formats):
            return one.given
    return ()


def _expanded(given: Sequence[str], aliases: Aliases, meant: Meant) -> tuple[str, ...]:
    found: list[str] = []
    waiting: list[tuple[str, tuple[str, ...]]] = [(one, ()) for one in reversed(given)]
    while waiting:
        text, above = waiting.pop()
        if not text.startswith("#"):
            found.append(text)
            continue
        name = _name(text, aliases, above)
        rest = text[len(name) + 1 :]
        waiting += [(one + rest, (*above, name)) for one in reversed(meant(aliases[name]))]
        if len(found) + len(waiting) > MAX_EXPRESSIONS or len(text) > LONGEST_EXPRESSION:
            raise AliasError(f"has aliases that stand for more than {MAX_EXPRESSIONS} expressions")
    return tuple(found)


def _name(text: str, aliases: Aliases, above: tuple[str, ...]) -> str:
    named = _ALIAS.match(text)
    if named is None:
        raise AliasError(f"has '{text}' in 'given', where the name of an alias follows '#'")
    name = named[1]
    if name in above:
        raise AliasError(f"has an alias that leads to itself: {' -> '.join((*above, name))}")
    if name not in aliases:
        raise AliasError(f"names the unknown alias '{name}'{did_you_mean(name, set(aliases))}")
    return name
