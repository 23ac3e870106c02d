"""Tags and anchors in front of a YAML node, and the short forms of AWS CloudFormation's intrinsic functions."""

import re
from typing import Final

# Anchors, tags, and what may stand between them and the content of a node (YAML 1.2.2 section 6.9).
_PROPERTIES: Final = re.compile(r"(?:(?:&[0-9A-Za-z_-]++|!\S*+)(?:\s++|#[^\r\n]*+)*+)*+")
_TAG: Final = re.compile(r"!\S*+")
# AWS CloudFormation, intrinsic function reference: `!Sub x` is short for `Fn::Sub: x`; two have no prefix.
INTRINSIC: Final = {
    **{f"!{name}": name for name in ("Ref", "Condition")},
    **{
        f"!{name}": f"Fn::{name}"
        for name in (
            "And Base64 Cidr Equals FindInMap GetAtt GetAZs If ImportValue Join Length Not Or Select Split Sub "
            "ToJsonString Transform"
        ).split()
    },
}


def content_start(text: str, start: int, end: int) -> int:
    """Where the content of a node begins, behind its tag and anchor; `start` and `end` are those of the node."""
    found = _PROPERTIES.match(text, start, end)
    return found.end() if found else start


def tag_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the tag of a node that begins at `start`."""
    found = _TAG.search(text, start, end)
    return found.span() if found else (start, end)


def argument(tag: str, value: object) -> object:
    """What an intrinsic function is given: `!GetAtt resource.attribute` is short for a list of two."""
    return list(value.split(".", 1)) if tag == "!GetAtt" and isinstance(value, str) else value
