"""What a ruleset says otherwise for some files, or at some places in them."""

import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from integrationlint.model.errors import ConfigError
from integrationlint.model.location import unescaped
from integrationlint.spectral.definition import (
    Definition,
    Extension,
    check_keys,
    items,
    members,
    own,
    said,
    severity,
    spelled,
)
from integrationlint.spectral.extends import Reading, extended
from integrationlint.spectral.globs import GlobError, matcher
from integrationlint.spectral.ruleset import Pointed
from integrationlint.spectral.written import Written

Matches = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Override:
    """One override: a definition for the files that `matches` means, or severities at places in them."""

    matches: Matches
    definition: Definition | None = None
    pointed: tuple[Pointed, ...] = ()


def overrides(above: Definition, reading: Reading) -> tuple[Override, ...]:
    """The overrides of a ruleset, `except` of old among them; those of a ruleset that is extended mean nothing."""
    if above.text is None:
        return ()
    return tuple(_override(one, above, reading) for one in _written(above.text))


def _written(text: Written) -> Iterator[Written]:
    for one in items(text.below("overrides"), "'overrides'") if "overrides" in text.value else ():
        check_keys(one, override=True)
        if "files" not in one.value or not items(one.below("files"), "'files'"):
            raise ConfigError("an override needs 'files': a list of globs", one.here)
        yield one
    for glob, rules in members(text.below("except"), "'except'") if "except" in text.value else ():
        off = {said(rule, str, "an entry of 'except'"): "off" for rule in items(rules, "'except'")}
        files = [f"**{glob}" if glob.startswith("#") else glob]
        yield Written({"files": files, "rules": off}, rules.place)


def _override(one: Written, above: Definition, reading: Reading) -> Override:
    files = [(said(file, str, "an entry of 'files'"), file) for file in items(one.below("files"), "'files'")]
    plain = [part for name, part in files if "#" not in name[1:]]
    pointed = [part for name, part in files if "#" in name[1:]]
    if not one.value.keys() & ({"rules"} if pointed else {"rules", "extends"}):
        raise ConfigError(
            "an override needs 'rules'" if pointed else "an override needs 'rules' or 'extends'", one.here
        )
    folder = posixpath.join(reading.root, posixpath.dirname(above.file))
    found = replace(own(one, above.file), functions=above.functions, trusted=above.trusted)
    return Override(
        _any([_glob(part, part.value, folder, reading.root) for part in plain]),
        extended(found, one, (above.file,), reading) if plain else None,
        tuple(_pointed(part, found, folder, reading.root) for part in pointed),
    )


def _pointed(part: Written, found: Definition, folder: str, root: str) -> Pointed:
    glob, _, pointer = part.value.partition("#")
    if pointer and not pointer.startswith("/"):
        raise ConfigError(f"{spelled(part.value)} takes a JSON Pointer behind '#'", part.here)
    path = tuple(unescaped(unquote(one)) for one in pointer.split("/")[1:])
    rules = {name: severity(one, f"rule {spelled(name)}") for name, one in found.rules.items()}
    return Pointed(_glob(part, glob, folder, root), path, rules)


def _any(matchers: list[Matches]) -> Matches:
    return lambda path: any(one(path) for one in matchers)


def _glob(part: Written, glob: str, folder: str, root: str) -> Matches:
    try:
        fits = matcher(glob)
    except GlobError as error:
        raise ConfigError(str(error), part.here) from None
    return lambda path: fits(posixpath.relpath(posixpath.join(root, path), folder))


def overridden(base: Definition, said: Sequence[Definition]) -> Definition:
    """A ruleset with overrides laid over it: of several the later ones say what they say instead of the earlier ones.

    What an override extends comes before the rules of the ruleset itself, and instead of all that it extends where
    either of them has no rules: so does Spectral (`mergeRulesets`).
    """
    if not said:
        return base
    above = said[0]
    for one in said[1:]:
        above = _laid_over(above, one)
    merged = _laid_over(base, above)
    if not (base.ruled and above.ruled):
        return merged
    return replace(merged, rules=above.rules, extends=(*above.extends, Extension(base)), lost=above.lost)


def _laid_over(below: Definition, above: Definition) -> Definition:
    extends = above.extends or above.lost
    return replace(
        below,
        rules={**below.rules, **above.rules},
        ruled=below.ruled or above.ruled,
        extends=above.extends if extends else below.extends,
        lost=above.lost if extends else below.lost,
        formats=below.formats if above.formats is None else above.formats,
        aliases={**below.aliases, **above.aliases},
        parser_options=above.parser_options or below.parser_options,
    )
