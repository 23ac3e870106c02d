"""Files of other programs that only look broken: JSON with comments, templates that a program fills in first."""

import re
from typing import Final

# What an artifact of an integration says of itself; a file with one of these is ours, and broken.
_OURS: Final = re.compile(
    r"\bopenapi\b|\bswagger\b|\basyncapi\b|StartAt|json-schema\.org|XMLSchema|mulesoft\.org|schemas\.xmlsoap\.org|\$ref"
    r"|AWS::"
)
_TEMPLATE: Final = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|<%[^%\n]*%>|\$\{\{[^}\n]*\}\}")
_COMMENT: Final = re.compile(r"^\s*(?://|/\*)|,\s*//", re.MULTILINE)


def other_notation(syntax: str, text: str) -> str:
    """What a text that is no valid YAML, JSON or XML is instead; empty when it is one of ours, or simply broken."""
    if _OURS.search(text):
        return ""
    if syntax in ("yaml", "xml", "json") and _TEMPLATE.search(text):
        return "a template that another program fills in"
    if syntax == "json" and _COMMENT.search(text):
        return "JSON with comments, a notation of other programs"
    return ""
