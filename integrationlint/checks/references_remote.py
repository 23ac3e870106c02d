"""References to other hosts."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from integrationlint.model.element import Element, Use
from integrationlint.model.rule import Problem

# `problem-1.0.1.yaml`, `/v2/`, `/2024-05-01/`, or the name of a commit.
_VERSIONED: Final = re.compile(
    r"(?<![0-9A-Za-z])v?\d+(?:\.\d+)+|/v\d+/|\d{4}-\d{2}-\d{2}|/[0-9a-f]{7,40}/", re.IGNORECASE
)


def durable(
    element: Element, *, allow: tuple[str, ...] = ("json-schema.org", "spec.openapis.org"), versioned: bool = True
) -> Iterable[Problem]:
    """A reference to another host is https, to a host in `allow`, and to a version that cannot change."""
    return _doubtful(element, allow, versioned=versioned) if element.uses else ()


def _doubtful(element: Element, allow: tuple[str, ...], *, versioned: bool) -> Iterator[Problem]:
    for use in element.uses:
        url = use.key[3:]
        if use.key.startswith("id:") and "://" in url:
            problem = _problem(url, allow, versioned=versioned)
            if problem:
                yield Problem({"value": _written(element, use) or url, "problem": problem}, at=use.pointer, key=False)


def _problem(url: str, allow: tuple[str, ...], *, versioned: bool) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "is no URL"
    if parts.scheme not in ("https", "http"):
        return ""
    if host not in allow:
        return f"is on {host}, which is not among the hosts that references may go to"
    if parts.scheme != "https":
        return "is not https, so that anybody on the way can change the contract"
    if versioned and not _VERSIONED.search(parts.path):
        return "names no version, so that the contract changes when the file there does"
    return ""


def _written(element: Element, use: Use) -> object:
    try:
        return element.document.at(use.pointer)
    except KeyError:
        return None
