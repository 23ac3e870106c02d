"""Who may call an API: its security requirements."""

from collections.abc import Iterable, Iterator
from typing import Any

from integrationlint.checks import hints
from integrationlint.checks.names import words
from integrationlint.checks.resolved import operations, title
from integrationlint.model.element import Element
from integrationlint.model.fix import Repair
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

# With more scopes than these nobody is told which one was nearly meant.
_MANY = 100
_READING = ("GET", "HEAD", "OPTIONS", "TRACE", "QUERY")
_SEARCHING = frozenset("search query find filter list lookup get read fetch export preview validate check".split())


_BEFORE_LOGIN = frozenset(
    "token login signin signup register authorize revoke introspect callback jwks jwksjson openidconfiguration"
    " health healthz healthcheck ping live livez liveness ready readyz readiness status version".split()
)


def required(
    element: Element, links: Links, *, methods: tuple[str, ...] = (), public: tuple[str, ...] = ("x-public",)
) -> Iterator[Problem]:
    """Every operation that the API answers, or those with one of `methods`, has a security requirement in force.

    An extension in `public` says that an operation, or the API, is open on purpose. Requirements that let everybody in
    are the business of `never_optional`. An API without any requirement at all is one problem, not one per operation.
    """
    if _marked(element, public):
        return
    asked = [one for one in operations(element, links) if one.facts.get("direction") == "in"]
    asked = [one for one in asked if not methods or one.facts.get("method") in methods]
    bare = [one for one in asked if _in_force(one) is None and not _marked(one, public)]
    if bare and len(bare) == len(asked):
        yield Problem({"problem": "no operation of this API requires its callers to prove who they are"})
        return
    for one in bare:
        yield Problem({"problem": f"{title(one)} does not require its callers to prove who they are"}, element=one)


def _in_force(operation: Element) -> list[Any] | None:
    """The requirements of an operation, its own or the API's; None where nothing is required by either."""
    own = operation.facts.get("security")
    if isinstance(own, list):
        return own
    root = operation.root
    common = root.facts.get("security")
    if isinstance(common, list) and common:
        return common
    return None if root.kind == "api" else []


def _marked(element: Element, public: tuple[str, ...]) -> bool:
    extensions = element.facts.get("extensions")
    return isinstance(extensions, dict) and any(extensions.get(name) is True for name in public)


def never_optional(
    element: Element,
    *,
    allow_tags: tuple[str, ...] = (),
    allow_paths: frozenset[str] = _BEFORE_LOGIN,
    public: tuple[str, ...] = ("x-public",),
) -> Iterator[Problem]:
    """No requirement is empty (`security: []` at an operation) or has an alternative that is (`{}`).

    Both switch authentication off (OAS 3.1.1 section 4.8.10). Operations with a tag in `allow_tags` may do so, and
    those whose path ends with one of `allow_paths`: logins, and what monitors ask for.
    """
    security = element.facts.get("security")
    if not isinstance(security, list) or _marked(element, public) or element.facts.get("direction") == "out":
        return
    tags = element.facts.get("tags")
    if isinstance(tags, list) and any(tag in allow_tags for tag in tags if isinstance(tag, str)):
        return
    template = element.facts.get("template")
    if isinstance(template, str) and _last(template) in allow_paths:
        return
    at = child(element.pointer, "security")
    if not security and element.kind == "operation":
        yield Problem({"problem": "security: [] switches authentication off"}, at=at, key=True)
    for index, requirement in enumerate(security):
        if requirement == {}:
            problem = "the alternative {} lets callers in without authentication"
            yield Problem({"problem": problem}, at=f"{at}/{index}", key=False)


def _last(template: str) -> str:
    return "".join(words(template.partition("#")[0].rstrip("/").rpartition("/")[2]))


def defined(element: Element) -> Iterator[Problem]:
    """Every requirement names a scheme that the document defines, and scopes that one of its OAuth flows offers."""
    security, root = element.facts.get("security"), element.root
    if not isinstance(security, list) or root.kind != "api":
        return
    schemes = {one.name: one for one in root.of("security-scheme")}
    known = hints.names(schemes)
    for at, name, scopes in _requirements(element, security):
        scheme = schemes.get(name)
        if scheme is None:
            hint = hints.hint(name, known)
            problem = f"the security scheme '{name}' is not defined{hint}"
            yield Problem({"problem": problem}, at=at, key=True)
            continue
        offered = _scopes(scheme)
        for index, scope in enumerate(scopes) if offered is not None else ():
            if offered is not None and not (isinstance(scope, str) and scope in offered):
                hint = hints.hint(str(scope), hints.names(map(str, offered))) if len(offered) < _MANY else ""
                problem = f"no OAuth flow of '{name}' offers the scope '{scope}'{hint}"
                yield Problem({"problem": problem}, at=f"{at}/{index}", key=False)


def _requirements(element: Element, security: list[Any]) -> Iterator[tuple[str, str, list[Any]]]:
    """The pointer, the scheme and the scopes of every entry in a list of requirements."""
    for index, requirement in enumerate(security):
        for name, scopes in requirement.items() if isinstance(requirement, dict) else ():
            at = child(f"{child(element.pointer, 'security')}/{index}", name)
            yield at, name, scopes if isinstance(scopes, list) else []


def _scopes(scheme: Element) -> frozenset[Any] | None:
    """The scopes that a scheme offers; None where it is not OAuth, or does not list them as it should."""
    flows = scheme.facts.get("flows")
    if scheme.facts.get("type") != "oauth2" or not isinstance(flows, dict) or not flows:
        return None
    found: set[Any] = set()
    for flow in flows.values():
        scopes = flow.get("scopes") if isinstance(flow, dict) else None
        if not isinstance(scopes, dict):
            return None
        found |= scopes.keys()
    return frozenset(found)


def scoped(element: Element, *, read_marks: tuple[str, ...] = ("read",)) -> Iterator[Problem]:
    """A requirement of OAuth 2.0 or OpenID Connect lists a scope, and what changes data not only scopes for reading."""
    security, root = element.facts.get("security"), element.root
    if not isinstance(security, list) or root.kind != "api":
        return
    schemes = {one.name: one.facts.get("type") for one in root.of("security-scheme")}
    writes = element.kind == "operation" and not _is_reading(element)
    for at, name, scopes in _requirements(element, security):
        if schemes.get(name) not in ("oauth2", "openIdConnect"):
            continue
        if not scopes:
            yield Problem({"problem": f"'{name}' is required without a scope: any token will do"}, at=at, key=True)
        elif writes and all(_reads(scope, read_marks) for scope in scopes):
            problem = f"an operation that changes data is open to scopes for reading ({', '.join(map(str, scopes))})"
            yield Problem({"problem": problem}, at=at, key=True)


def _is_reading(operation: Element) -> bool:
    """By its method, or because it is a search that takes its criteria in the body."""
    said = (operation.facts.get("template"), operation.facts.get("id"))
    parts = {word for text in said if isinstance(text, str) for word in words(text.rstrip("/").rpartition("/")[2])}
    return operation.facts.get("method") in _READING or not _SEARCHING.isdisjoint(parts)


def _reads(scope: object, marks: tuple[str, ...]) -> bool:
    parts = str(scope).replace(":", ".").replace("_", ".").replace("-", ".").replace("/", ".").lower().split(".")
    return any(mark in parts for mark in marks) and "write" not in parts


def schemes_used(element: Element, links: Links) -> Iterable[Problem]:
    """Every security scheme of a contract is required somewhere."""
    schemes = list(element.of("security-scheme"))
    return _unused(element, schemes, links) if schemes else ()


def _unused(element: Element, schemes: list[Element], links: Links) -> Iterator[Problem]:
    holders = [element, *operations(element, links)]
    if len(holders) == 1:
        return  # a library of parts for other documents
    used = {name for one in holders for name in _named(one)}
    for scheme in schemes:
        if scheme.name not in used:
            # Where nothing is required at all, the schemes are all that tells a reader how to log in.
            repairs = (Repair("remove", scheme.pointer),) if used else ()
            yield Problem({"value": scheme.name}, element=scheme, repairs=repairs)


def _named(element: Element) -> set[str]:
    security = element.facts.get("security")
    listed = security if isinstance(security, list) else []
    return {name for one in listed if isinstance(one, dict) for name in one}
