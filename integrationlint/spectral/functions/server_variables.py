"""Variables of a server URL: declared, used, and giving addresses whatever their values."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product
from typing import Any, Final
from urllib.parse import quote

from integrationlint.dialects.urls import is_url
from integrationlint.spectral.nouns import Context, Found

_VARIABLE: Final = re.compile(r"\{(.+?)\}")
_TEXTS: Final = ("default", "description", "examples")
# What `encodeURI` of ECMA-262 (section 19.2.6.4) leaves as it is, letters and digits aside.
_KEPT: Final = ";/?:@&=+$,#-_.!~*'()"
_SHOWN: Final = 5
_MOST_TRIED: Final = 5_000

Variables = Mapping[str, Mapping[str, Any]]


def server_variables(value: Any, options: Any, context: Context) -> Iterator[Found]:
    """serverVariables: options `requireDefault` and `checkSubstitutions` ask for defaults and for well-formed URLs."""
    if not _is_server(value):
        yield Found("Invalid Server Object")
        return
    wanted = options if isinstance(options, dict) else {}
    declared: Variables = value.get("variables", {})
    used: list[str] = _VARIABLE.findall(value["url"])
    where = (*context.path, "variables")
    for name in declared:
        if name not in used:
            yield Found(f'Server\'s "variables" object has unused defined "{name}" url variable.', (*where, name))
    missing = [name for name in used if name not in declared]
    if missing:
        what = f'described with "variables" object. Missed: {", ".join(missing)}'
        yield Found(f"Not all server's variables are {what}.", where)
    known = {name: declared[name] for name in declared if name in used}
    yield from _defaults(known, context, required=wanted.get("requireDefault") is True)
    if known and wanted.get("checkSubstitutions") is True:
        yield from _substitutions(value["url"], known, context)


def _is_server(value: Any) -> bool:
    if not isinstance(value, dict) or not isinstance(value.get("url"), str):
        return False
    variables = value.get("variables", {})
    return isinstance(variables, dict) and all(map(_is_variable, variables.values()))


def _is_variable(value: Any) -> bool:
    if not isinstance(value, dict) or not all(name in ("enum", *_TEXTS) or name.startswith("x-") for name in value):
        return False
    allowed = value.get("enum", [])
    if not isinstance(allowed, list) or not all(isinstance(one, str) for one in allowed):
        return False
    return all(isinstance(value.get(name, ""), str) for name in _TEXTS)


def _defaults(variables: Variables, context: Context, *, required: bool) -> Iterator[Found]:
    for name, one in variables.items():
        where = (*context.path, "variables", name)
        if "default" not in one:
            if required:
                yield Found(f'Server Variable "{name}" has a missing default.', where)
        elif "enum" in one and one["default"] not in one["enum"]:
            yield Found(f'Server Variable "{name}" has a default not listed in the enum.', (*where, "default"))


def _substitutions(url: str, variables: Variables, context: Context) -> Iterator[Found]:
    values = (one.get("enum", [one["default"]] if "default" in one else []) for one in variables.values())
    tried = islice(product(*([quote(text, safe=_KEPT) for text in texts] for texts in values)), _MOST_TRIED)
    urls = (_filled(url, dict(zip(variables, chosen, strict=True))) for chosen in tried)
    wrong = list(islice((one for one in urls if not is_url(one)), _SHOWN))
    many = len(wrong) == _SHOWN
    if wrong:
        start, end = ("At least 5", " and more") if many else ("A few", "")
        message = f"{start} substitutions of server variables resulted in invalid URLs: {', '.join(wrong)}{end}"
        yield Found(message, (*context.path, "variables"))


def _filled(url: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        url = url.replace(f"{{{name}}}", value)
    return url
