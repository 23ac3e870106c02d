"""Rule files as plain data to rules; what is wrong in one is said with its file and line."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.rule import Example, Reference, Rule, Severity
from integrationlint.model.vocabulary import KIND_GROUPS, KINDS, words

REQUIRED: Final = ("title", "why", "fix", "each", "check", "message", "severity", "concern")
OPTIONAL: Final = ("formats", "has", "when", "with", "needs", "presets", "refs", "examples", "at", "replaces", "url")
CONCERNS: Final = (
    *(
        "structure",
        "naming",
        "documentation",
        "versioning",
        "pagination",
        "throttling",
        "errors",
        "security",
        "privacy",
    ),
    *("reliability", "caching", "consistency", "governance", "compatibility", "lifecycle", "types", "evolution"),
)
_KEYS: Final = frozenset(REQUIRED) | frozenset(OPTIONAL) | {"id", "_lines"}
_SEVERITIES: Final = tuple(str(one) for one in Severity)
SUBJECTS: Final = frozenset(KINDS) | frozenset(KIND_GROUPS) | {"change"}
# What a rule over changes may ask in `when`; the comparison fills them.
CHANGE_FACTS: Final = words(
    "action kind fact direction backward forward required deprecated in format status old new parent success default"
    " sunset extensible bump composition role part stability stated construct keyword branch"
)


Place = Callable[[str], Location]


def load_rule(data: Mapping[str, Any], file: str, source: str = "builtin") -> Rule:
    """One rule. `data` holds its `id`, the keys of its file, and `_lines`, the line of each key.

    ConfigError with `file` and line for an unknown key, kind or fact, a missing key, or a value of a wrong form.
    """

    def place(key: str) -> Location:
        position = Position(data.get("_lines", {}).get(key, 1), 1)
        return Location(file, f"/{key}", Span(position, position))

    if not data.keys() <= _KEYS:
        key = next(key for key in data if key not in _KEYS)
        raise ConfigError(f"unknown key '{key}'{did_you_mean(key, {*REQUIRED, *OPTIONAL})}", place(key))
    for key in REQUIRED:
        if not data.get(key):
            raise ConfigError(f"the rule needs the key '{key}'", place(key))
    each = _kinds(data, place)
    _known(str(data["concern"]), CONCERNS, "concern", place, "concern")
    _known(str(data["severity"]), _SEVERITIES, "severity", place, "severity")
    when = _mapping(data, "when", place)
    _check_path(each, str(data.get("at", "")), source, place)
    has = _texts(data, "has", place)
    _check_facts(each, when, "when", place)
    _check_facts(each, [name for name in has if name not in KINDS], "has", place)
    return Rule(
        id=str(data["id"]),
        title=str(data["title"]),
        why=str(data["why"]).strip(),
        fix=str(data["fix"]).strip(),
        each=each,
        check=str(data["check"]),
        message=str(data["message"]),
        severity=Severity(str(data["severity"])),
        concern=str(data["concern"]),
        formats=_texts(data, "formats", place),
        has=has,
        when=when,
        options=_mapping(data, "with", place),
        needs=_texts(data, "needs", place),
        presets={str(name): _preset(one, place) for name, one in _mapping(data, "presets", place).items()},
        refs=tuple(_reference(one, place) for one in data.get("refs") or ()),
        examples=tuple(load_example(one, place) for one in data.get("examples") or ()),
        at=str(data.get("at", "")),
        source=source,
        replaces=_texts(data, "replaces", place),
        url=str(data.get("url", "")),
    )


def _kinds(data: Mapping[str, Any], place: Place) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in _texts(data, "each", place):
        if name not in SUBJECTS:
            _known(name, sorted(SUBJECTS), "kind of element", place, "each")
        found |= dict.fromkeys(KIND_GROUPS.get(name, (name,)))
    return tuple(found)


def _check_path(each: tuple[str, ...], path: str, source: str, place: Place) -> None:
    if ("node" in each) != bool(path) or ("node" in each and len(each) > 1):
        raise ConfigError("'each: node' stands alone, with 'at: JSONPath'; no other kind takes a path", place("at"))
    if path and source != "builtin":  # those are tested, and what reads them takes time to load
        from integrationlint.engine.nodes import path_fault

        fault = path_fault(path)
        if fault:
            raise ConfigError(f"'at' is no JSONPath that can be read: {fault}", place("at"))


def _check_facts(each: tuple[str, ...], facts: Collection[str], key: str, place: Place) -> None:
    if not facts:
        return
    known = CHANGE_FACTS if "change" in each else frozenset[str]().union(*(KINDS.get(kind, ()) for kind in each))
    for fact in facts:
        if fact not in known and fact != "name":
            raise ConfigError(f"{', '.join(each)} has no fact '{fact}'{did_you_mean(fact, known)}", place(key))


def _known(value: str, allowed: Sequence[str], what: str, place: Place, key: str) -> None:
    if value not in allowed:
        raise ConfigError(f"unknown {what} '{value}'{did_you_mean(value, tuple(allowed))}", place(key))


def _texts(data: Mapping[str, Any], key: str, place: Place) -> tuple[str, ...]:
    value = data.get(key)
    if value is None:
        return ()
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in values):
        raise ConfigError(f"'{key}' takes a name or a list of names", place(key))
    return tuple(values)


def _mapping(data: Mapping[str, Any], key: str, place: Place) -> dict[str, Any]:
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ConfigError(f"'{key}' takes a mapping", place(key))
    return value


def _preset(preset: Any, place: Place) -> dict[str, Any]:
    if not isinstance(preset, dict):
        raise ConfigError("each of 'presets' takes a mapping: {severity: …, with: …}, or {}", place("presets"))
    for key in preset:
        _known(key, ("severity", "with"), "key of a preset", place, "presets")
    return preset


def _reference(value: Any, place: Place) -> Reference:
    if not isinstance(value, dict) or "standard" not in value:
        raise ConfigError("each of 'refs' takes {standard: …, clause: …}", place("refs"))
    return Reference(str(value["standard"]), str(value.get("clause", "")))


_EXAMPLE_KEYS: Final = ("good", "bad", "files", "before", "finds", "with", "syntax", "today")


def load_example(value: Any, place: Place) -> Example:
    """One example: `good:` or `bad:` with the text of one file, or `files:`; a bad one says what it `finds:`."""
    if not isinstance(value, dict):
        raise ConfigError("an example takes good: or bad: with a text, or files:", place("examples"))
    for key in value:
        _known(str(key), _EXAMPLE_KEYS, "key of an example", place, "examples")
    text = str(value.get("good", value.get("bad")))
    files = _mapping(value, "files", place) or {_file_name(text, value): text}
    before = dict.fromkeys(files, value["before"]) if isinstance(value.get("before"), str) else None
    before = before or _mapping(value, "before", place)
    return Example(
        files={str(name): str(one) for name, one in files.items()},
        finds=_texts(value, "finds", place),
        before={str(name): str(one) for name, one in before.items()} if "before" in value else None,
        options=_mapping(value, "with", place),
        today=str(value.get("today", "")),
    )


def _file_name(text: str, value: Mapping[str, Any]) -> str:
    syntax = value.get("syntax")
    if syntax:
        return f"example.{syntax}"
    start = text.lstrip()[:1]
    return "example.xml" if start == "<" else "example.json" if start == "{" else "example.yaml"
