"""How each notation writes a text from a document; all of them begin with `sanitise.line`."""

import re
from json import dumps
from typing import Final

from integrationlint.report.sanitise import json_text, line
from integrationlint.report.values import crop

_XML: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})
# The runner's ActionCommand.cs, the agent's CommandStringConvertor.cs, TeamCity's page on service messages.
_GITHUB: Final = str.maketrans({"%": "%25", ":": "%3A", ",": "%2C"})
_AZURE: Final = str.maketrans({"%": "%AZP25", ";": "%3B", "]": "%5D"})
_TEAMCITY: Final = str.maketrans({"|": "||", "'": "|'", "[": "|[", "]": "|]"})
_NOT_ASCII: Final = re.compile("[^\x20-\x7e]")
# What makes a formula of a cell, full-width forms too; behind a `;`, because some countries separate cells by it.
_FORMULA: Final = re.compile("(^[\\s\"']*|;[\\s\"']*)(?=[=+@\uff1d\uff0b\uff0d\uff20-])")
_WIDEST_CELL: Final = 32_000


def fitted(text: str, width: int) -> str:
    """One safe line of at most `width` characters, `…` at the end of a longer one."""
    return crop(line(crop(text, width)), width)


def xml_text(text: str, width: int) -> str:
    """Character data or the value of a quoted attribute (XML 1.0 sections 2.2 and 2.4), in HTML too."""
    return fitted(text, width).translate(_XML)


def json_of(value: object) -> str:
    """A JSON text with a line end; see `sanitise.json_text`."""
    return json_text(dumps(value, ensure_ascii=False, indent=2)) + "\n"


def github_data(lines: list[str]) -> str:
    """The message of a workflow command: lines become `%0A`."""
    return "%0A".join(line(one).replace("%", "%25") for one in lines)


def github_property(text: str) -> str:
    """The value of a property of a workflow command."""
    return line(text).translate(_GITHUB)


def azure_data(lines: list[str]) -> str:
    """The message of a logging command: lines become `%0A`."""
    return "%0A".join(line(one).replace("%", "%AZP25") for one in lines)


def azure_property(text: str) -> str:
    """The value of a property of a logging command."""
    return line(text).translate(_AZURE)


def teamcity_value(lines: list[str], width: int) -> str:
    """The value of a service message in ASCII, at most `width` characters before they are escaped."""
    shown = crop("\n".join(map(line, lines)), width)
    return "|n".join(_NOT_ASCII.sub(_teamcity, one.translate(_TEAMCITY)) for one in shown.split("\n"))


def csv_cell(text: str) -> str:
    """A quoted cell (RFC 4180) that no spreadsheet takes for a formula: `'` goes before what could begin one."""
    safe = _FORMULA.sub(r"\1'", fitted(text, _WIDEST_CELL))
    return '"' + safe.replace('"', '""') + '"'


def _teamcity(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"|0x{units[at]:02X}{units[at + 1]:02X}" for at in range(0, len(units), 2))
