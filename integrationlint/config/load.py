"""A configuration and those that it extends, read and merged into Settings."""

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from integrationlint.config.nodes import Node, decode, quoted
from integrationlint.config.schema import KEYS
from integrationlint.config.settings import from_node, merge
from integrationlint.config.shape import check
from integrationlint.config.toml import read_toml
from integrationlint.config.yaml import read_yaml
from integrationlint.model.errors import ConfigError
from integrationlint.model.location import START_OF_FILE, Location, Position
from integrationlint.model.settings import Settings

# Reads a file by its POSIX path from the root: its bytes, None for a folder. FileNotFoundError where there is
# nothing, PermissionError where nothing may be read.
Read = Callable[[str], bytes | None]

MAX_FILES: Final = 50
MAX_ERRORS: Final = 100
_SUFFIXES: Final = (".yaml", ".yml")
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/|[A-Za-z]:|[/\\~]|.*[\\\x00-\x1f\x7f]|.*://", re.DOTALL)
# What only a Spectral ruleset says (its reference, "Ruleset properties"), and what makes a file one rule.
_SPECTRAL_KEYS: Final = frozenset(
    "functions functionsDir aliases formats parserOptions documentationUrl except".split()
)
_RULE_KEYS: Final = frozenset({"each", "check", "message"})


@dataclass(slots=True)
class _Loading:
    read: Read | None
    errors: list[ConfigError] = field(default_factory=list)
    loaded: list[str] = field(default_factory=list)


def load(data: bytes, path: str = ".integrationlint.yaml", read: Read | None = None) -> Settings:
    """The settings of a configuration file.

    `path` is its path from the root, which errors and origins show. `read` reads the files it extends; without it
    they are kept as they are written. Everything in the file is data: nothing is imported or run.
    ConfigError for the first thing that is wrong; what else is wrong are its notes (`__notes__`), a line each.
    """
    loading = _Loading(read, loaded=[path])
    settings = _effective(data, path, (path,), loading)
    if loading.errors:
        first, *others = loading.errors
        for one in others[:MAX_ERRORS]:
            first.add_note(str(one))
        if len(others) > MAX_ERRORS:
            first.add_note(f"and {len(others) - MAX_ERRORS} more")
        raise first
    return settings


def _effective(data: bytes, path: str, chain: tuple[str, ...], loading: _Loading) -> Settings:
    try:
        node, errors = read_node(data, path)
    except ConfigError as error:
        loading.errors.append(error)
        return Settings(file=path)
    # Each message costs a search for similar words, and nobody reads a thousand.
    errors += islice(check(node), 2 * MAX_ERRORS)
    loading.errors += sorted(errors, key=_position)
    if errors:
        return Settings(file=path)
    return _extended(from_node(node, path), chain, loading)


def _position(error: ConfigError) -> Position:
    return error.location.span.start if error.location else START_OF_FILE.start


def read_node(data: bytes, path: str) -> tuple[Node, list[ConfigError]]:
    """The nodes of a file, and what is wrong but readable. ConfigError when it cannot be read at all."""
    text = decode(data, path)
    if not path.endswith(".toml"):
        return read_yaml(text, path)
    node = read_toml(text, path)
    if node is None:
        raise ConfigError("has no table [tool.integrationlint]", Location(path, "", START_OF_FILE))
    return node, []


def _extended(own: Settings, chain: tuple[str, ...], loading: _Loading) -> Settings:
    folder = posixpath.dirname(own.file)
    below, names, origins = Settings(), list[str](), dict(own.origins)
    for entry in own.extends:
        place = own.origins.get(f"extends/{entry}", Location(own.file, "", START_OF_FILE))
        try:
            name, base = _entry(entry, folder, chain, loading)
        except ConfigError as error:
            loading.errors.append(ConfigError(error.message, error.location or place))
            continue
        if base is None:
            names.append(name)
            origins |= {f"extends/{name}": place} if own.origins.get("extends") else {}
        else:
            below = merge(below, base)
            names += base.extends
    if own.baseline:
        loading.errors += _outside(own.baseline, "baseline", own.origins.get("baseline"))
    # Later names win over earlier ones, so the last mention of a name is the one that counts.
    extends = tuple(reversed(dict.fromkeys(reversed(names))))
    return merge(below, replace(own, extends=extends, origins=origins))


def _entry(entry: str, folder: str, chain: tuple[str, ...], loading: _Loading) -> tuple[str, Settings | None]:
    # The name under which an entry is kept, or the settings that it stands for.
    if not _is_local(entry):
        return entry, None
    for error in _outside(entry, "'extends'", None):
        raise error
    path = posixpath.normpath(posixpath.join(folder, entry))
    shown = path if path in (".", "..") or path.startswith("../") else f"./{path}"
    if path in chain:
        raise ConfigError(f"extends itself: {' -> '.join((*chain, path))}")
    if loading.read is None:
        return f"{shown}/" if entry.endswith("/") else shown, None
    data = _read(path, entry, loading.read)
    if data is None:
        return f"{shown}/", None
    if not path.endswith(_SUFFIXES) or _is_named_spectral(path) or not is_configuration(path, read_node(data, path)[0]):
        return shown, None
    if path in loading.loaded:
        return "", Settings(extends=())
    if len(loading.loaded) >= MAX_FILES:
        raise ConfigError(f"more than {MAX_FILES} configurations extend each other")
    loading.loaded.append(path)
    return "", _effective(data, path, (*chain, path), loading)


def _is_local(entry: str) -> bool:
    return entry.startswith(".") or "/" in entry or "\\" in entry or entry.endswith((*_SUFFIXES, ".json"))


def _outside(path: str, what: str, place: Location | None) -> Iterator[ConfigError]:
    if _ABSOLUTE.match(path):
        message = f"{what} takes paths relative to the configuration, with forward slashes, not {quoted(path)}"
        yield ConfigError(message, place)
    elif what == "baseline" and (posixpath.normpath(path) + "/").startswith("../"):
        yield ConfigError(f"{what} must lie inside the folder of the configuration, not at {quoted(path)}", place)


def _read(path: str, entry: str, read: Read) -> bytes | None:
    try:
        return read(path)
    except FileNotFoundError:
        raise ConfigError(f"there is no file or folder {quoted(entry)} to extend") from None
    except PermissionError:
        raise ConfigError(f"{quoted(entry)} lies outside the repository, or may not be read") from None
    except OSError as error:
        raise ConfigError(f"{quoted(entry)} cannot be read: {error.strerror}") from None


def is_configuration(path: str, node: Node) -> bool:
    """Whether a YAML file that is extended is a configuration, by its name or else its keys.

    What is not, a rule file or a Spectral ruleset, is kept for those who know it.
    """
    if _is_named_spectral(path) or "integrationlint" in posixpath.basename(path):
        return not _is_named_spectral(path)
    keys = node.entries.keys()
    if keys & _SPECTRAL_KEYS or keys >= _RULE_KEYS or not keys & KEYS.keys():
        return False
    return not (keys <= {"extends", "rules", "overrides", "description"} and _speaks_spectral(node))


def _is_named_spectral(path: str) -> bool:
    name = posixpath.basename(path)
    return "spectral" in name and "integrationlint" not in name


def _speaks_spectral(node: Node) -> bool:
    said = node.entries
    rules = said["rules"].entries if "rules" in said else {}
    if any({"given", "then"} & one.entries.keys() for one in rules.values()):
        return True
    bases = said["extends"].items if "extends" in said else []
    names = [one.items[0].text if one.items else "" for one in bases]
    return any(name.startswith("spectral:") for name in names) and not any("/" in rule for rule in rules)
