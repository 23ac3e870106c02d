"""What a configuration may say: the one declaration, from which the checks and the editors' schema come."""

from dataclasses import fields
from typing import Any, Final

from integrationlint.model.limits import Limits
from integrationlint.model.rule import Severity

Schema = dict[str, Any]

# Every part has a `title`: the words in which an error says what is expected. A `description` says what it is for.
_TEXT: Final[Schema] = {"type": "string", "title": "text", "pattern": r"\S"}
_SIZE: Final = r"^[1-9][0-9]{0,11} ?([KkMmGg][Ii]?)?[Bb]$"
# Deeper documents would meet limits of the interpreter and of libxml2; so would longer numbers.
_CEILINGS: Final = {"depth": 256, "digits": 4_000}


def _text(description: str, title: str = "text", **more: Any) -> Schema:
    return {**_TEXT, "title": title, "description": description, **more}


def _texts(description: str, title: str = "text or a list of texts") -> Schema:
    return {
        "description": description,
        "title": title,
        "oneOf": [_TEXT, {"type": "array", "title": "a list of texts", "items": _TEXT}],
    }


def _record(title: str, properties: Schema, required: tuple[str, ...] = (), description: str = "") -> Schema:
    return {
        "type": "object",
        "title": title,
        **({"description": description} if description else {}),
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _list(description: str, items: Schema) -> Schema:
    return {"type": "array", "title": "a list", "description": description, "items": items}


_SEVERITIES: Final = [str(one) for one in Severity]
_SEVERITY: Final[Schema] = {
    "type": "string",
    "title": " or ".join([", ".join(_SEVERITIES[:-1]), _SEVERITIES[-1]]),
    "enum": _SEVERITIES,
}
_OPTIONS: Final[Schema] = {
    "type": "object",
    "title": "a mapping of options",
    "description": "options of the rule's check, see 'integrationlint explain RULE'",
}
_RULES: Final[Schema] = {
    "type": "object",
    "title": "a mapping of rules",
    "description": "rule ids or globs such as flow/*, each with a severity or with severity and options",
    "maxProperties": 1_000,
    "additionalProperties": {
        "title": f"{_SEVERITY['title']}, or a mapping with 'severity' and 'with'",
        "oneOf": [_SEVERITY, _record("a mapping", {"severity": _SEVERITY, "with": _OPTIONS})],
    },
}
_OVERRIDE: Final = _record(
    "a mapping with 'files' and 'rules'",
    {"files": _texts("globs of the files that these rules are for"), "rules": {"$ref": "#/$defs/rules"}},
    ("files", "rules"),
)
_SUPPRESSION: Final = _record(
    "a mapping with 'rule', 'at' and 'reason'",
    {
        "rule": _text("the id of the rule that is not followed, or a glob"),
        "at": _text("the address, file or fingerprint it is for, as reports print it"),
        "reason": _text("why this exception is right, for those who read it later", "a reason in words"),
        "owner": _text("who answers for the exception"),
        "ticket": _text("where it is tracked"),
        "expires": _text(
            "the last day on which it holds",
            "a date such as 2027-03-31",
            format="date",
            pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        ),
    },
    ("rule", "at", "reason"),
)
_CONSUMER: Final = _record(
    "a mapping with 'consumer' and 'uses'",
    {
        "consumer": _text("the name of who uses it"),
        "uses": _texts("addresses of what is used, as reports print them"),
        "criticality": _text("how much depends on it, such as tier1"),
        "owner": _text("who answers for the consumer"),
    },
    ("consumer", "uses"),
)


def limit_names() -> dict[str, str]:
    """The keys of `limits` and the fields of `Limits` they set."""
    return {one.name.replace("_", "-"): one.name for one in fields(Limits)}


def _limit(key: str) -> Schema:
    ceiling = _CEILINGS.get(key)
    number: Schema = {"type": "integer", "title": "a whole number from 1 up", "minimum": 1}
    if ceiling is not None:
        number |= {"title": f"a whole number from 1 to {ceiling}", "maximum": ceiling}
    if key != "file-size":
        return number
    size = {"type": "string", "title": "a size such as 20MB", "pattern": _SIZE}
    return {"title": "a number of bytes or a size such as 20MB", "oneOf": [number, size]}


KEYS: Final[Schema] = {
    "extends": _texts(
        "built-in presets, folders of rule files, other configurations, Spectral rulesets, in order",
        "a name or a list of names",
    ),
    "rules": {"$ref": "#/$defs/rules"},
    "select": _texts("run only these: rule ids, prefixes, globs, concern:NAME, standard:NAME"),
    "overrides": _list("rules for some files only; later ones win", _OVERRIDE),
    "suppressions": _list("written exceptions: findings that are accepted, and why", _SUPPRESSION),
    "catalog": _list("who uses what, where it cannot be inferred", _CONSUMER),
    "policy": _record(
        "a mapping with 'from'",
        {"from": _text("the revision whose configuration judges, such as origin/main", "a revision", pattern="^[^-]")},
        ("from",),
        "take the configuration of another revision, and report every weakening of it",
    ),
    "limits": _record("a mapping of limits", {key: _limit(key) for key in limit_names()}, (), "what one run may cost"),
    "baseline": _text("the file of findings known before", "the path of a file"),
    "include": _texts("globs of the files to read; all when there are none"),
    "exclude": _texts("globs of the files not to read"),
}

SCHEMA: Final[Schema] = {
    **_record("a mapping of settings", KEYS),
    "$defs": {"rules": _RULES},
}


def schema() -> Schema:
    """The JSON Schema (draft 2020-12) of a configuration file, for editors and `config schema`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:integrationlint:configuration:1",
        **SCHEMA,
        "description": "The configuration of integrationlint (.integrationlint.yaml)",
    }
