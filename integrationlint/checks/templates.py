"""Path templates taken apart (OAS 3.1.1 section 4.8.8.2)."""

import re
from typing import Final

from integrationlint.model.element import Element

VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_BEHIND: Final = re.compile(r"[?#]")


def template(path: Element) -> str:
    """The template of a path item; empty where it stands for no path (a component, a part in a file of its own)."""
    found = path.facts.get("template")
    return found if path.kind == "path" and isinstance(found, str) and found.startswith("/") else ""


def segments(text: str) -> list[str]:
    """The segments of a path template, without query and fragment."""
    return [one for one in _BEHIND.split(text, maxsplit=1)[0].split("/") if one]
