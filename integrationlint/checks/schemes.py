"""How callers prove who they are: security schemes and OAuth flows."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import Final
from urllib.parse import urlsplit

from integrationlint.dialects.matching import Matching
from integrationlint.model.element import Element
from integrationlint.model.location import child
from integrationlint.model.rule import Problem


def kind(element: Element, *, allow: tuple[str, ...] = (), forbid: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The kind of a scheme is one of `allow`, where that says anything, and none of `forbid`.

    Kinds are `oauth2`, `openIdConnect`, `mutualTLS`, `http:SCHEME` in lower case (`http:basic`, `http:bearer`) and
    `apiKey:PLACE` (`apiKey:query`); both lists take patterns such as `http:*`.
    """
    found = _kind(element)
    if not found:
        return
    if any(fnmatchcase(found, one) for one in forbid) or (allow and not any(fnmatchcase(found, one) for one in allow)):
        yield Problem({"value": found})


def _kind(element: Element) -> str:
    facts = element.facts
    kind = facts.get("type")
    if kind == "basic":  # the word of OpenAPI 2.0
        return "http:basic"
    detail = {"http": facts.get("scheme"), "apiKey": facts.get("in")}.get(str(kind))
    if detail is not None:
        return f"{kind}:{str(detail).lower()}"
    return str(kind) if isinstance(kind, str) and kind not in ("http", "apiKey") else ""


def flows(element: Element, *, forbid: tuple[str, ...]) -> Iterator[Problem]:
    """An OAuth 2.0 scheme offers none of the flows."""
    for name, _flow, at in _flows(element):
        if name in forbid:
            yield Problem({"value": name}, at=at if at != element.pointer else f"{at}/flow")


def _flows(element: Element) -> Iterator[tuple[str, dict[str, object], str]]:
    """The name, the content and the pointer of every flow; in OpenAPI 2.0 the scheme itself is the only one."""
    found = element.facts.get("flows")
    if element.facts.get("type") != "oauth2" or not isinstance(found, dict):
        return
    old = isinstance(element.document.value, dict) and "swagger" in element.document.value
    for name, flow in found.items():
        at = element.pointer if old else child(f"{element.pointer}/flows", name)
        yield str(name), flow if isinstance(flow, dict) else {}, at


_URLS = ("authorizationUrl", "tokenUrl", "refreshUrl")


def urls(element: Element, *, relative: bool = True) -> Iterator[Problem]:
    """The URLs of OAuth 2.0 and OpenID Connect are https, and absolute unless `relative` ones may be."""
    places = [(flow[name], f"{at}/{name}") for _, flow, at in _flows(element) for name in _URLS if name in flow]
    if "openIdConnectUrl" in element.facts:
        places.append((element.facts["openIdConnectUrl"], f"{element.pointer}/openIdConnectUrl"))
    for url, at in places:
        problem = _url_problem(url, relative=relative)
        if problem:
            yield Problem({"value": url, "problem": problem}, at=at, key=False)


def _url_problem(url: object, *, relative: bool) -> str:
    if not isinstance(url, str) or not url:
        return "is no URL"
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "is no URL"
    if parts.scheme == "https" or host in ("localhost", "127.0.0.1", "::1"):
        return ""
    if parts.scheme:
        return "is not https, so that codes and tokens travel in clear text"
    return "" if relative or "{" in url else "is not absolute"


def has_refresh(element: Element) -> Iterable[Problem]:
    """An authorization code flow names a URL at which tokens are refreshed, so that they can be short-lived."""
    return [
        Problem({"value": name}, at=at)
        for name, flow, at in _flows(element)
        if name in ("authorizationCode", "accessCode") and not flow.get("refreshUrl")
    ]


# RFC 6749 section 3.3: the characters of a scope.
_SCOPE: Final = r"^[\x21\x23-\x5b\x5d-\x7e]+$"


def scopes(element: Element, *, pattern: str = _SCOPE, allow: tuple[str, ...] = ()) -> Iterator[Problem]:
    """The names of the scopes of an OAuth 2.0 scheme fit the pattern; each is named once."""
    seen, matching = set(allow), Matching()
    for _name, flow, at in _flows(element):
        found = flow.get("scopes")
        for scope in found if isinstance(found, dict) else ():
            if scope not in seen and matching.matches(pattern, scope) is False:
                yield Problem({"value": scope, "pattern": pattern}, at=child(f"{at}/scopes", scope), key=True)
            seen.add(scope)


def tokens_described(element: Element, *, texts: tuple[str, ...]) -> Iterator[Problem]:
    """A bearer scheme states the format of its tokens, and for JWT one of `texts` that names how they are checked."""
    facts = element.facts
    if facts.get("type") != "http" or str(facts.get("scheme")).lower() != "bearer":
        return
    form = str(facts.get("bearerFormat") or "")
    said = str(facts.get("description") or "").replace(" ", "").lower()
    extensions = facts.get("extensions")
    told = isinstance(extensions, dict) and bool(extensions.get("x-jwt"))
    told = told or any(text.replace(" ", "").lower() in said for text in texts)
    if not form:
        yield Problem({"problem": "does not say what its tokens are: no bearerFormat"})
    elif "jwt" in form.lower() and not told:
        yield Problem({"problem": f"does not say how its tokens are checked: nothing of {' or '.join(texts)}"})
