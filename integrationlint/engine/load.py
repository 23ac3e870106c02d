"""Rule files as plain data to rules; what is wrong in one is said with its file and line."""

from collections.abc import Mapping
from typing import Any, Final

from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.rule import Example, Reference, Rule, Severity
from integrationlint.model.vocabulary import KIND_GROUPS, KINDS, words

REQUIRED: Final = ("title", "why", "fix", "each", "check", "message", "severity", "concern")
OPTIONAL: Final = ("formats", "when", "with", "needs", "presets", "refs", "examples", "at", "replaces", "url")
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
SUBJECTS: Final = frozenset(KINDS) | frozenset(KIND_GROUPS) | {"change", "node"}
# What a rule over changes may ask in `when`; the comparison fills them.
CHANGE_FACTS: Final = words(
    "action kind fact direction backward forward required deprecated in format status old new parent success default"
    " sunset extensible bump composition role"
)


def load_rule(data: Mapping[str, Any], file: str, source: str = "builtin") -> Rule:
    """One rule. `data` holds its `id`, the keys of its file, and `_lines`, the line of each key.

    ConfigError with `file` and line for an unknown key, kind or fact, a missing key, or a value of a wrong form.
    """
    lines: Mapping[str, int] = data.get("_lines", {})

    def place(key: str) -> Location:
        position = Position(lines.get(key, 1), 1)
        return Location(file, f"/{key}", Span(position, position))

    for key in data:
        if key not in REQUIRED and key not in OPTIONAL and key not in ("id", "_lines"):
            raise ConfigError(f"unknown key '{key}'{did_you_mean(key, {*REQUIRED, *OPTIONAL})}", place(key))
    for key in REQUIRED:
        if not data.get(key):
            raise ConfigError(f"the rule needs the key '{key}'", place(key))
    each = _kinds(data["each"], place("each"))
    _known(str(data["concern"]), CONCERNS, "concern", place("concern"))
    _known(str(data["severity"]), [str(one) for one in Severity], "severity", place("severity"))
    when = _mapping(data.get("when"), place("when"))
    _check_facts(each, when, place("when"))
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
        formats=_texts(data.get("formats"), place("formats")),
        when=when,
        options=_mapping(data.get("with"), place("with")),
        needs=_texts(data.get("needs"), place("needs")),
        presets={
            str(name): _preset(one, place("presets"))
            for name, one in _mapping(data.get("presets"), place("presets")).items()
        },
        refs=tuple(_reference(one, place("refs")) for one in data.get("refs") or ()),
        examples=tuple(load_example(one, place("examples")) for one in data.get("examples") or ()),
        at=str(data.get("at", "")),
        source=source,
        replaces=_texts(data.get("replaces"), place("replaces")),
        url=str(data.get("url", "")),
    )


def _kinds(value: Any, place: Location) -> tuple[str, ...]:
    found: list[str] = []
    for name in _texts(value, place):
        _known(name, sorted(SUBJECTS), "kind of element", place)
        found.extend(KIND_GROUPS.get(name, (name,)))
    return tuple(dict.fromkeys(found))


def _check_facts(each: tuple[str, ...], when: Mapping[str, Any], place: Location) -> None:
    for fact in when:
        known = CHANGE_FACTS if "change" in each else frozenset[str]().union(*(KINDS.get(kind, ()) for kind in each))
        if fact not in known and fact != "name" and "node" not in each:
            raise ConfigError(f"{', '.join(each)} has no fact '{fact}'{did_you_mean(fact, known)}", place)


def _known(value: str, allowed: tuple[str, ...] | list[str], what: str, place: Location) -> None:
    if value not in allowed:
        raise ConfigError(f"unknown {what} '{value}'{did_you_mean(value, tuple(allowed))}", place)


def _texts(value: Any, place: Location) -> tuple[str, ...]:
    if value is None:
        return ()
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) for one in values):
        raise ConfigError(f"'{place.pointer[1:]}' takes a name or a list of names", place)
    return tuple(values)


def _mapping(value: Any, place: Location) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise ConfigError(f"'{place.pointer[1:]}' takes a mapping", place)
    return value


def _preset(value: Any, place: Location) -> dict[str, Any]:
    preset = _mapping(value, place)
    for key in preset:
        _known(key, ("severity", "with"), "key of a preset", place)
    return preset


def _reference(value: Any, place: Location) -> Reference:
    if not isinstance(value, dict) or "standard" not in value:
        raise ConfigError("each of 'refs' takes {standard: …, clause: …}", place)
    return Reference(str(value["standard"]), str(value.get("clause", "")))


_EXAMPLE_KEYS: Final = ("good", "bad", "files", "before", "finds", "with", "syntax")


def load_example(value: Any, place: Location) -> Example:
    """One example: `good:` or `bad:` with the text of one file, or `files:`; a bad one says what it `finds:`."""
    if not isinstance(value, dict):
        raise ConfigError("an example takes good: or bad: with a text, or files:", place)
    for key in value:
        _known(str(key), _EXAMPLE_KEYS, "key of an example", place)
    text = value.get("good", value.get("bad"))
    files = value["files"] if "files" in value else {_file_name(str(text), value): str(text)}
    before = value.get("before")
    if isinstance(before, str):
        before = dict.fromkeys(files, before)
    return Example(
        files={str(name): str(one) for name, one in _mapping(files, place).items()},
        finds=_texts(value.get("finds"), place),
        before=None if before is None else {str(name): str(one) for name, one in _mapping(before, place).items()},
        options=_mapping(value.get("with"), place),
    )


def _file_name(text: str, value: Mapping[str, Any]) -> str:
    syntax = value.get("syntax")
    if syntax:
        return f"example.{syntax}"
    start = text.lstrip()[:1]
    return "example.xml" if start == "<" else "example.json" if start == "{" else "example.yaml"
