"""The formats of JSON Schema and OpenAPI, as strict and as loose as ajv-formats 2 is; others say nothing."""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from integrationlint.dialects.json_schema_patterns import is_pattern

# A text longer than this is taken for what it says it is.
_LONGEST: Final = 2_000
_DAYS: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME: Final = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[zZ]|[+-]\d\d(?::?\d\d)?)?", re.ASCII)
_SEPARATOR: Final = re.compile("[tT\\s\ufeff]")

# RFC 3986, its rules by name.
_PERCENT: Final = "%[0-9a-f]{2}"
_PLAIN: Final = r"a-z0-9\-._~!$&'()*+,;="
_BYTE: Final = r"(?:25[0-5]|2[0-4]\d|[01]?\d\d?)"
_IPV4: Final = rf"(?:{_BYTE}\.){{3}}{_BYTE}"
_H16: Final = "[0-9a-f]{1,4}"
_LS32: Final = f"(?:{_H16}:{_H16}|{_IPV4})"


def _before(most: int) -> str:
    """What may stand before `::`, with at most so many colons."""
    return f"(?:(?:{_H16}:){{0,{most}}}{_H16})?" if most else f"(?:{_H16})?"


_IPV6_HOST: Final = "|".join(
    (
        f"(?:{_H16}:){{6}}{_LS32}",
        f"::(?:{_H16}:){{5}}{_LS32}",
        *(f"{_before(4 - left)}::(?:{_H16}:){{{left}}}{_LS32}" for left in (4, 3, 2, 1)),
        f"{_before(4)}::{_LS32}",
        f"{_before(5)}::{_H16}",
        f"{_before(6)}::",
    )
)
_SCHEME: Final = r"[a-z][a-z0-9+\-.]*:"


def _uri_parts(more: str) -> tuple[str, str]:
    """What stands behind the scheme: authority and path, then query and fragment; `more` may be in them as well."""
    char = f"(?:[{_PLAIN}:@{more}]|{_PERCENT})"
    name = f"(?:[{_PLAIN}{more}]|{_PERCENT})*"
    host = rf"(?:\[(?:{_IPV6_HOST}|v[0-9a-f]+\.[{_PLAIN}:]+)\]|{_IPV4}|{name})"
    authority = rf"(?:(?:[{_PLAIN}:]|{_PERCENT})*@)?{host}(?::\d*)?"
    segments = f"{char}+(?:/{char}*)*"
    hierarchy = f"(?:/?/{authority}(?:/{char}*)*|/(?:{segments})?|{segments})"
    return hierarchy, rf"(?:\?(?:{char}|[/?])*)?(?:\#(?:{char}|[/?])*)?"


_LABEL: Final = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_SHORT_LABEL: Final = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ATOM: Final = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_VARIABLE: Final = rf"(?:[a-z0-9_]|{_PERCENT})+(?::[1-9][0-9]{{0,3}}|\*)?"
_TOKENS: Final = "(?:/(?:[^~/]|~0|~1)*)*"
_QUAD: Final = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}"
_IPV6: Final = "|".join(
    (
        f"(?:{_H16}:){{7}}(?:{_H16}|:)",
        f"(?:{_H16}:){{6}}(?::{_H16}|{_QUAD}|:)",
        *(
            f"(?:{_H16}:){{{left}}}(?:(?::{_H16}){{1,{7 - left}}}|(?::{_H16}){{0,{5 - left}}}:{_QUAD}|:)"
            for left in (5, 4, 3, 2, 1)
        ),
        f":(?:(?::{_H16}){{1,7}}|(?::{_H16}){{0,5}}:{_QUAD}|:)",
    )
)
_LETTERS: Final = "[a-z0-9\u00a1-\uffff]"
_URL_HOST: Final = (
    r"(?!(?:10|127)(?:\.\d{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})"
    r"(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}(?:\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4]))"
    rf"|(?:{_LETTERS}+-)*{_LETTERS}+(?:\.(?:{_LETTERS}+-)*{_LETTERS}+)*\.[a-z\u00a1-\uffff]{{2,}}"
)
_PATTERNS: Final[Mapping[str, str]] = {
    "duration": r"(?-i:P(?!\Z)(?:(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?|(?:\d+W)?))",
    "uri-reference": "(?:{})?(?:{})?{}".format(_SCHEME, *_uri_parts('"')),
    "uri-template": rf"(?:[^\x00-\x20\"'<>%\\^`{{|}}]|{_PERCENT}|\{{[+#./;?&=,!@|]?{_VARIABLE}(?:,{_VARIABLE})*\}})*",
    "url": rf"(?:https?|ftp)://(?:\S+(?::\S*)?@)?(?:{_URL_HOST})(?::\d{{2,5}})?(?:/[^\s]*)?",
    "email": rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}",
    "hostname": rf"(?=.{{1,253}}\.?\Z){_SHORT_LABEL}(?:\.{_SHORT_LABEL})*\.?",
    "ipv4": _IPV4,
    "ipv6": _IPV6,
    "uuid": "(?:urn:uuid:)?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}",
    "json-pointer": _TOKENS,
    "json-pointer-uri-fragment": r"\#(?:/(?:[a-z0-9_\-.!$&'()*+,;:=@]|%[0-9a-f]{2}|~0|~1)*)*",
    "relative-json-pointer": rf"(?:0|[1-9][0-9]*)(?:\#|{_TOKENS})",
}
_URI: Final = "".join((_SCHEME, *_uri_parts("")))
_BASE64: Final = "(?:[a-z0-9+/]{4})*(?:[a-z0-9+/]{2}==|[a-z0-9+/]{3}=)?"


def is_in_format(name: str, value: Any) -> bool:
    """Whether a value is in a format. Formats of numbers say nothing of strings, and the other way round."""
    if isinstance(value, str):
        test = _TEXTS.get(name)
        return test is None or len(value) > _LONGEST or test(value)
    number = _NUMBERS.get(name)
    return number is None or number(value)


def _date(text: str) -> bool:
    found = _DATE.fullmatch(text)
    if not found:
        return False
    year, month, day = map(int, found.groups())
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month] + leap


def _time(text: str) -> bool:
    found = _TIME.fullmatch(text)
    if not found:
        return False
    hour, minute, second = map(int, found.groups())
    return (hour <= 23 and minute <= 59 and second <= 59) or (hour, minute, second) == (23, 59, 60)


def _date_time(text: str) -> bool:
    parts = _SEPARATOR.split(text)
    return len(parts) == 2 and _date(parts[0]) and _time(parts[1])


def _full(pattern: str) -> Callable[[str], bool]:
    """A test by a pattern, which is compiled when it is needed first."""
    compiled: list[re.Pattern[str]] = []

    def test(text: str) -> bool:
        if not compiled:
            compiled.append(re.compile(pattern, re.IGNORECASE | re.ASCII))
        return compiled[0].fullmatch(text) is not None

    return test


def _uri(text: str) -> bool:
    return ("/" in text or ":" in text) and _IS_URI(text)


def _base64(text: str) -> bool:
    # Each line is looked at alone, and one that is right is enough.
    return any(_IS_BASE64(line) for line in re.split("[\n\r\u2028\u2029]", text))


def _regex(text: str) -> bool:
    return re.search(r"[^\\]\\Z", text) is None and is_pattern(text)


_IS_URI: Final = _full(_URI)
_IS_BASE64: Final = _full(_BASE64)
_TEXTS: Final[Mapping[str, Callable[[str], bool]]] = {
    **{name: _full(pattern) for name, pattern in _PATTERNS.items()},
    "date": _date,
    "time": _time,
    "date-time": _date_time,
    "uri": _uri,
    "byte": _base64,
    "regex": _regex,
}
_NUMBERS: Final[Mapping[str, Callable[[float], bool]]] = {
    "int32": lambda number: number == number // 1 and -(2**31) <= number < 2**31,
    "int64": lambda number: number == number // 1,
}
FORMATS: Final = (*_TEXTS, *_NUMBERS)
