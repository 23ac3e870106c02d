"""How parameters are put into a request, and which headers there may be."""

from collections.abc import Iterator
from typing import Final, Literal

from integrationlint.checks.resolved import (
    folded,
    header_name,
    in_force,
    is_old,
    operations,
    parameter_name,
    received,
    written_parameters,
)
from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

# The fields of the HTTP Field Name Registry that APIs take and send (RFC 9110 section 16.3.1), in lower case.
_REGISTERED: Final = frozenset(
    "accept accept-charset accept-encoding accept-language accept-patch accept-post accept-ranges"
    " access-control-allow-credentials access-control-allow-headers access-control-allow-methods"
    " access-control-allow-origin access-control-expose-headers access-control-max-age access-control-request-headers"
    " access-control-request-method age allow alt-svc authentication-info authorization cache-control"
    " content-digest content-disposition content-encoding content-language content-length content-location"
    " content-range content-security-policy content-type cookie cross-origin-resource-policy date depth deprecation"
    " destination dpop etag expect expires forwarded from host if-match if-modified-since if-none-match if-range"
    " if-unmodified-since last-modified link location max-forwards origin overwrite pragma prefer preference-applied"
    " priority proxy-authenticate proxy-authorization range ratelimit ratelimit-policy referer referrer-policy"
    " repr-digest retry-after sec-websocket-protocol server set-cookie signature signature-input slug"
    " strict-transport-security sunset te timing-allow-origin traceparent tracestate trailer transfer-encoding upgrade"
    " user-agent vary via want-content-digest want-repr-digest www-authenticate x-content-type-options"
    " x-frame-options idempotency-key ratelimit-limit ratelimit-remaining ratelimit-reset digest want-digest".split()
)


def arrays(
    element: Element, links: Links, *, mode: Literal["explicit", "consistent"] = "consistent"
) -> Iterator[Problem]:
    """Query parameters with several values say how these are written: `style` and `explode`, or `collectionFormat`.

    `consistent`: nobody has to say it, but all are written as most of them are.
    """
    found = [one for one in written_parameters(element, links) if _is_list(one, links)]
    if mode == "explicit":
        keys = ("collectionFormat",) if is_old(element) else ("style", "explode")
        for one in found:
            missing = [key for key in keys if key not in one.facts]
            if missing:
                problem = f"does not say how several values are written: no {' and '.join(missing)}"
                yield Problem({"value": parameter_name(one), "problem": problem}, element=one)
        return
    ways = [_way(one) for one in found]
    usual = max(dict.fromkeys(ways), key=ways.count, default="")
    if 2 * ways.count(usual) <= len(ways):
        return
    for one, way in zip(found, ways, strict=True):
        if way != usual:
            problem = f"writes several values as {way}, most others as {usual}"
            yield Problem({"value": parameter_name(one), "problem": problem}, element=one)


def _is_list(parameter: Element, links: Links) -> bool:
    if parameter.facts.get("in") not in ("query", "formData") or parameter.uses:
        return False
    shape = next(parameter.of("schema"), None)
    return shape is not None and links.shape(shape).facts.get("type") == ("array",)


def _way(parameter: Element) -> str:
    """How the values 1 and 2 of a parameter `a` are written (OAS 3.1.1 section 4.8.12.3; 2.0 Parameter Object)."""
    facts = parameter.facts
    if is_old(parameter):
        return {"multi": "a=1&a=2", "ssv": "a=1 2", "pipes": "a=1|2", "tsv": "a=1\\t2"}.get(
            str(facts.get("collectionFormat", "csv")), "a=1,2"
        )
    style = str(facts.get("style") or "form")
    if facts.get("explode", style == "form") is True:
        return "a=1&a=2"
    return {"form": "a=1,2", "spaceDelimited": "a=1%202", "pipeDelimited": "a=1|2"}.get(style, style)


def headers_known(
    element: Element, links: Links, *, names: tuple[str, ...] = (), prefixes: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """Every header that an API takes or sends is registered, one of `names`, or begins with one of `prefixes`.

    Each name is a problem once, where it is first.
    """
    starts = tuple(one.lower() for one in prefixes)
    known = _REGISTERED | {one.lower() for one in names}
    for header in _headers(element, links):
        name = header_name(header)
        lower = name.lower()
        if not name or lower in known or (starts and lower.startswith(starts)):
            continue
        known |= {lower}
        at = child(header.pointer, "name") if header.kind == "parameter" else None
        yield Problem({"value": name}, element=header, at=at)


def _headers(api: Element, links: Links) -> Iterator[Element]:
    yield from written_parameters(api, links)
    for holder in (api, *operations(api, links)):
        for response in holder.of("response"):
            yield from response.of("header")


def version_query(
    element: Element, links: Links, *, name: str = "api-version", pattern: str = "", fold: int = 0
) -> Iterator[Problem]:
    """Every operation requires the version as a query parameter, and the version of the interface fits the pattern.

    `fold`: see `resolved.folded`.
    """
    concerned = list(received(element, links))
    known = [(one, in_force(one, links)) for one in concerned]
    lacking = [one for one, found in known if found is not None and not _requires(found.get(f"query:{name}"))]
    for problem in folded(len(concerned), lacking, fold, "does not require", "do not require"):
        words = {"problem": f"{problem.words['who']} the query parameter {name}"}
        yield Problem(words, element=problem.element, at=problem.at, key=problem.key)
    version = element.facts.get("version")
    if pattern and isinstance(version, str) and Matching().matches(pattern, version) is False:
        yield Problem({"problem": f"the version '{version}' is not of the agreed form"}, at="/info/version", key=False)


def _requires(parameter: Element | None) -> bool:
    return parameter is not None and parameter.facts.get("required") is True
