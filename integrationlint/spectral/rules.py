"""What was said of a rule, made into the rule; one that is wrong is kept, with the reason why it does not run."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from integrationlint.model.errors import ConfigError, did_you_mean
from integrationlint.spectral.aliases import AliasError, every
from integrationlint.spectral.definition import formats, items, level, said, severity_hint, spelled
from integrationlint.spectral.functions.functions import FUNCTIONS, check_options
from integrationlint.spectral.merge import NOT_READ, Draft, Said, lost
from integrationlint.spectral.nouns import SEVERITIES, SpectralRule, Then
from integrationlint.spectral.written import Written

KEYS: Final = (
    *("description", "message", "severity", "given", "then", "resolved", "formats", "recommended", "documentationUrl"),
    *("tags", "type", "extensions"),
)
# What vacuum adds to the format; it changes nothing in what a rule finds.
_FOREIGN: Final = frozenset(("id", "category", "howToFix", "precommend", "autoFixFunction"))
_KINDS: Final = {
    **dict.fromkeys(("description", "message", "documentationUrl"), str),
    **dict.fromkeys(("resolved", "recommended"), bool),
    "extensions": dict,
}


class _FaultError(Exception):
    """Why a rule does not run, and what is to blame."""

    def __init__(self, reason: str, part: Written) -> None:
        super().__init__(reason)
        self.reason, self.part = reason, part


def rule(draft: Draft, source: str = "") -> SpectralRule:
    """The rule of a draft; `source` is the name it is to be listed under."""
    skipped, blamed, found = draft.fault, draft.place, {}
    try:
        if not draft.fault:
            found = dict(_read(draft))
    except _FaultError as fault:
        skipped, blamed = fault.reason, fault.part
    except ConfigError as error:
        skipped = f"is wrong: {error.message}"
        return _made(draft, source, {}, skipped, error.location or draft.place.here)
    return _made(draft, source, found, skipped, blamed.here)


def _made(draft: Draft, source: str, found: Mapping[str, Any], skipped: str, origin: Any) -> SpectralRule:
    texts = {key: draft.value(key) for key in ("description", "message", "documentationUrl")}
    description, message, url = (one if isinstance(one, str) else "" for one in texts.values())
    return SpectralRule(
        id=draft.id,
        given=found.get("given", ()),
        then=found.get("then", ()),
        severity=level(draft.value("severity")) or SEVERITIES["warn"],
        description=description,
        message=message,
        formats=found.get("formats", ()),
        resolved=draft.value("resolved") is not False,
        recommended=draft.recommended,
        enabled=draft.enabled,
        url=url,
        aliases=found.get("aliases", {}),
        skipped=skipped,
        source=source,
        origin=origin,
    )


def _read(draft: Draft) -> Iterator[tuple[str, Any]]:
    for key, one in draft.said.items():
        if not one.by.trusted:
            _check(key, one.part)
    for key in ("given", "then"):
        if key not in draft.said:
            raise _FaultError(NOT_READ if lost(draft.owner) else f"lacks '{key}'", draft.place)
    given = _given(draft.said["given"])
    yield "given", given
    yield "aliases", draft.said["given"].by.aliases if any(one.startswith("#") for one in given) else {}
    yield "then", tuple(_thens(draft.said["then"]))
    yield "formats", _formats(draft)


def _check(key: str, part: Written) -> None:
    if key in _KINDS:
        said(part, _KINDS[key], f"'{key}'")
    elif key == "severity" and level(part.value) is None:
        raise _FaultError(f"has the unknown severity {spelled(part.value)}{severity_hint(part.value)}", part)
    elif key not in KEYS and key not in _FOREIGN and not key.startswith("x-"):
        raise _FaultError(f"has the unknown key {spelled(key)}{did_you_mean(key[:60], KEYS)}", part)


def _formats(draft: Draft) -> tuple[str, ...]:
    if "formats" not in draft.said:
        return draft.owner.formats or ()
    part = draft.said["formats"].part
    found = formats(part, "'formats'")
    if not found:
        raise _FaultError("is for no format: its list of formats is empty", part)
    return found


def _given(one: Said) -> tuple[str, ...]:
    value = one.part.value
    parts = [one.part] if isinstance(value, str) else items(one.part, "'given'")
    if not parts:
        raise _FaultError("has no expression in 'given'", one.part)
    found = tuple(said(part, str, "an entry of 'given'") for part in parts)
    if not one.by.trusted:
        for part in parts:
            _check_expression(part, one)
    return found


def _check_expression(part: Written, one: Said) -> None:
    from integrationlint.dialects.jsonpath.select import PathError, compiled

    if not part.value.startswith(("$", "#")):
        raise _FaultError(f"has {spelled(part.value)} in 'given', which begins with neither '$' nor '#'", part)
    try:
        for text in every((part.value,), one.by.aliases):
            compiled(text)
    except AliasError as error:
        raise _FaultError(str(error), part) from None
    except PathError as error:
        raise _FaultError(f"has {spelled(part.value)} in 'given', which is no JSONPath: {error}", part) from None


def _thens(one: Said) -> Iterator[Then]:
    parts = items(one.part, "'then'") if isinstance(one.part.value, list) else [one.part]
    for part in parts:
        yield _then(part, one)


def _then(part: Written, one: Said) -> Then:
    value = said(part, dict, "'then'")
    if "function" not in value:
        raise _FaultError("lacks 'function' in 'then'", part)
    name = said(part.below("function"), str, "'function'")
    options = value.get("functionOptions")
    found = Then(name, options, said(part.below("field"), str, "'field'") if "field" in value else "")
    if name not in FUNCTIONS:
        raise _FaultError(_unknown(name, one), part.below("function"))
    if one.by.trusted:
        return found
    wrong = check_options(name, options)
    if wrong:
        blamed = part.below("functionOptions") if "functionOptions" in value else part
        raise _FaultError(f"gives the function {name} options that it does not take: {wrong}", blamed)
    return found


def _unknown(name: str, one: Said) -> str:
    if name in one.by.functions:
        return f"calls the JavaScript function {name}"
    return f"calls the function {spelled(name)}, which nobody defines{did_you_mean(name[:60], set(FUNCTIONS))}"
