"""Extensions: names of one's own, which nobody misses when they are misspelt."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Final

from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

# What the rules of this catalogue and widely used tools read.
_KNOWN: Final = frozenset(
    "x-api-id x-api-status x-audience x-business-owner x-code-samples x-codegen-name x-codegen-request-body-name"
    " x-codeSamples x-content-type x-data-classification x-classification x-deprecated x-deprecated-at x-deprecation"
    " x-deprecation-date x-deprecation-reason x-discriminator-value x-displayName x-encrypted x-enum-descriptions"
    " x-enum-varnames x-enumNames x-environment x-example x-examples x-extensible-enum x-explorer-enabled"
    " x-go-name x-go-type x-google-backend x-hidden x-internal x-kong-name x-kong-plugins x-lifecycle"
    " x-lifecycle-status x-logo x-masked x-maturity x-max-size x-ms-enum x-ms-pageable x-ms-parameter-location"
    " x-nullable x-omitempty x-order x-origin x-original-swagger-version x-owner x-owning-team x-pii x-property-names"
    " x-public x-rate-limit x-retention x-security-scopes x-sensitive x-server-configuration x-service-name x-sla"
    " x-stability x-stability-level x-status x-sunset x-sunset-date x-tagGroups x-tags x-team x-timeout x-tokenized"
    " x-traitTag x-webhooks x-legal-basis x-purpose x-admin x-jwt x-integrationlint-ignore".split()
)
_SHORTEST: Final = 6


def known(element: Element, *, allow: tuple[str, ...] = ()) -> Iterable[Problem]:
    """No extension is a known one misspelt; where `allow` lists names or patterns, there are no others.

    Each name is a problem once in a document, where it is first.
    """
    return _unknown(element, allow) if element.parent is None else ()


def _unknown(root: Element, allow: tuple[str, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    plain = {_bare(name): name for name in (allow or sorted(_KNOWN))}
    for element in root.walk():
        extensions = element.facts.get("extensions")
        for name in extensions if isinstance(extensions, dict) else ():
            if name in seen or any(fnmatchcase(name, one) for one in allow) or (not allow and name in _KNOWN):
                continue
            seen.add(name)
            meant = _meant(name, plain)
            if meant or allow:
                problem = f"did you mean '{meant}'?" if meant else "it is not on the list"
                yield Problem({"value": name, "problem": problem}, element=element, at=_at(element, name), key=True)


def _at(element: Element, name: str) -> str:
    value = element.document.value
    info = value.get("info") if element.kind == "api" and isinstance(value, dict) else None
    return child("/info" if isinstance(info, dict) and name in info else element.pointer, name)


def _bare(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def _meant(name: str, plain: dict[str, str]) -> str:
    """The name that differs by case and marks alone, or by one letter; empty for none."""
    bare = _bare(name)
    if bare in plain:
        return plain[bare]
    if len(bare) < _SHORTEST:
        return ""
    return next((other for one, other in plain.items() if _one_apart(bare, one)), "")


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter is changed, left out or added, or two are exchanged; a plural is no slip."""
    if abs(len(one) - len(other)) > 1 or f"{one}s" == other or f"{other}s" == one:
        return False
    at = next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        return swapped or one[at + 1 :] == other[at + 1 :]
    short, long = sorted((one, other), key=len)
    return short[at:] == long[at + 1 :]
