"""A ruleset and all that it extends, from the files they are in."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.spectral.builtin import NAMES, builtin
from integrationlint.spectral.definition import (
    Definition,
    Extension,
    check_keys,
    items,
    own,
    said,
    spelled,
)
from integrationlint.spectral.written import Written, written

# Reads a file by its POSIX path from the root: its bytes, None for a folder. FileNotFoundError where there is
# nothing, PermissionError where nothing may be read.
Load = Callable[[str], bytes | None]

MAX_RULESETS: Final = 100
PAGE: Final = "docs/spectral.md"
_LEVELS: Final = ("all", "recommended", "off")
_BASIC: Final = (".yaml", ".yml", ".json")
_CODE: Final = (".js", ".mjs", ".cjs", ".ts", ".mts")
_ABSOLUTE: Final = re.compile(r"[/\\~]|[A-Za-z]:[/\\]")
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
# Packages, wherever they are fetched from, whose rules are shipped.
_PACKAGES: Final = (
    (re.compile(r"(?:@stoplight|stoplightio)/spectral-owasp-ruleset(?!@v?1\b)"), r"spectral:owasp"),
    (re.compile(r"^spectral:oas[23]$"), r"spectral:oas"),  # until Spectral 5 there was one for each version
    (re.compile(r"@stoplight/spectral-rulesets(?:@[^/]*)?/.*\b(oas|asyncapi|arazzo)\b"), r"spectral:\1"),
)


@dataclass(slots=True)
class Reading:
    """What reading needs and gathers: files read so far, what is to be told of them, how many rulesets there are.

    `root` is the absolute path that the paths of files start from; rulesets may lie above it.
    """

    load: Load
    root: str = "/"
    texts: dict[str, Written] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)
    count: int = 0


def named(name: str, reading: Reading) -> Definition:
    """The ruleset of a name in `extends` of the configuration: a shipped one, or a file by its path from the root.

    ConfigError, without a place where it is the name that is wrong.
    """
    if name.startswith("spectral:"):
        return _shipped(name, reading)
    path = posixpath.normpath(name)
    if path.endswith(_CODE):
        raise ConfigError(f"{name} is JavaScript, which is never run: {PAGE} says how to move its rules")
    return _file(path, name, (), reading)


def _shipped(name: str, reading: Reading) -> Definition:
    if name not in NAMES:
        hint = did_you_mean(name, set(NAMES)) or f" (there are {', '.join(NAMES)})"
        raise ConfigError(f"there is no ruleset {spelled(name)}{hint}")
    return _definition(builtin(name), f"rulesets/{NAMES[name]}.yaml", (name,), reading, trusted=True)


def _file(path: str, entry: str, chain: tuple[str, ...], reading: Reading) -> Definition:
    if path not in reading.texts:
        text = _text(path, entry, reading.load)
        reading.texts[path] = text
        reading.notes |= dict.fromkeys(f"{one} (Spectral does not mind)" for one in text.notes)
    return _definition(reading.texts[path], path, (*chain, path), reading)


def _text(path: str, entry: str, load: Load) -> Written:
    try:
        data = load(path)
    except FileNotFoundError:
        raise ConfigError(f"there is no file {spelled(entry)} to extend") from None
    except PermissionError:
        raise ConfigError(f"{spelled(entry)} lies outside the repository, or may not be read") from None
    except OSError as error:
        raise ConfigError(f"{spelled(entry)} cannot be read: {error.strerror}") from None
    if data is None:
        raise ConfigError(f"{spelled(entry)} is a folder: name the ruleset in it")
    return written(data, path)


def _definition(
    text: Written, path: str, chain: tuple[str, ...], reading: Reading, *, trusted: bool = False
) -> Definition:
    reading.count += 1
    if reading.count > MAX_RULESETS:
        raise ConfigError(f"more than {MAX_RULESETS} rulesets extend each other", text.here)
    check_keys(text)
    return extended(replace(own(text, path), text=text, trusted=trusted), text, chain, reading)


def extended(found: Definition, text: Written, chain: tuple[str, ...], reading: Reading) -> Definition:
    """A ruleset or an override with what its text says that it extends; `chain` are the files that led to it."""
    if "extends" not in text.value:
        return found
    extends, lost = [], []
    for entry, level in _entries(text.below("extends")):
        base, missing = _entry(entry, found.file, chain, reading)
        if base is not None:
            extends.append(Extension(base, level))
        if missing:
            lost.append(missing)
    return replace(found, extends=tuple(extends), lost=tuple(lost))


def _entries(part: Written) -> Iterator[tuple[Written, str]]:
    if isinstance(part.value, str):
        yield part, ""
        return
    for one in items(part, "'extends'"):
        if not isinstance(one.value, list):
            said(one, str, "an entry of 'extends'")
            yield one, ""
            continue
        if len(one.value) != 2 or one.value[1] not in _LEVELS:
            hint = f"[{spelled(one.value[0]) if one.value else 'NAME'}, {' or '.join(_LEVELS)}]"
            raise ConfigError(f"an entry of 'extends' that is a list takes the form {hint}", one.here)
        said(one.below(0), str, "an entry of 'extends'")
        yield one.below(0), one.value[1]


def _entry(entry: Written, file: str, chain: tuple[str, ...], reading: Reading) -> tuple[Definition | None, str]:
    # What an entry stands for; nothing for what is being read already; or its name, where nobody may fetch it.
    name = meant(entry.value)
    try:
        if name in chain:
            return None, ""
        if name.startswith("spectral:"):
            return _shipped(name, reading), ""
        reason = not_read(name)
        if not reason:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(file), name))
            return (None if path in chain else _file(path, name, chain, reading)), ""
    except ConfigError as error:
        raise ConfigError(error.message, error.location or entry.here) from None
    start = entry.here.span.start
    where = f"{entry.here.path}:{start.line}:{start.column}"
    reading.notes[f"{where}: {name[:200]!r} {reason}, so its rules do not run; see {PAGE}"] = None
    return None, name


def meant(entry: str) -> str:
    """The entry of `extends` that one stands for here: a shipped ruleset for the packages that hold the same rules."""
    for pattern, name in _PACKAGES:
        found = pattern.search(entry)
        if found:
            return found.expand(name)
    return entry


def not_read(entry: str) -> str:
    """Why an entry of `extends` is not read; empty for a file. ConfigError for one that cannot be meant."""
    if _URL.match(entry):
        return "is not fetched: there is no network"
    if _ABSOLUTE.match(entry):
        raise ConfigError(f"'extends' takes paths relative to the ruleset, not {spelled(entry)}")
    if entry.endswith(_CODE):
        return "is JavaScript, which is never run"
    return "" if entry.startswith(".") or entry.endswith(_BASIC) else "is a package of npm, which is not fetched"
