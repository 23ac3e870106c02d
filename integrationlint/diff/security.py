"""Changes to what callers must show: alternatives of requirements, and the schemes they name."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from integrationlint.diff.comparison import NONE, REQUEST, Comparison, made
from integrationlint.diff.sets import OTHER, SAME, Effect
from integrationlint.model.element import Element

Needs = frozenset[tuple[str, str]]
_NOTHING: Final[Needs] = frozenset()


def compare_security(run: Comparison, sides: tuple[Element, Element], apis: tuple[Element, Element]) -> None:
    """Compare the alternatives that an operation of each contract has, its own or those of the contract.

    Whoever shows all that one alternative asks for is let in (OAS 3.1.1 section 4.8.30): an alternative that asks for
    less lets in all that one which asks for more does, and none at all lets in everyone.
    """
    old, new = (_requirements(*one) for one in zip(sides, apis, strict=True))
    before, after = ([_needs(one) for one in requirements] or [_NOTHING] for requirements in (old, new))
    effect: Effect = (_covers(after, before), _covers(before, after))
    if effect != SAME:
        was, now = sorted(map(_spelled, old)), sorted(map(_spelled, new))
        run.report(made("changed", *sides, REQUEST, effect, fact="security", old=was, new=now))


def _requirements(operation: Element, api: Element) -> list[Any]:
    own = operation.facts.get("security", api.facts.get("security"))
    return own if isinstance(own, list) else []


def _needs(requirement: Any) -> Needs:
    """The schemes and, beside each, its scopes."""
    return frozenset(
        (str(name), scope)
        for name, scopes in (requirement.items() if isinstance(requirement, dict) else ())
        for scope in ("", *_scopes(scopes))
    )


def _scopes(value: Any) -> Iterator[str]:
    return map(str, value if isinstance(value, list) else ())


def _covers(doors: list[Needs], callers: list[Needs]) -> bool:
    """Whether everyone who could come in through one of the old doors finds one open."""
    return all(any(door <= caller for door in doors) for caller in callers)


def _spelled(requirement: Any) -> str:
    if not isinstance(requirement, dict) or not requirement:
        return "nothing"
    return " and ".join(
        f"{name}({', '.join(sorted(_scopes(scopes)))})" if isinstance(scopes, list) and scopes else str(name)
        for name, scopes in sorted(requirement.items(), key=lambda item: str(item[0]))
    )


def compare_schemes(run: Comparison, before: Element, after: Element) -> None:
    """Compare the schemes that both contracts have, how they are used and where tokens come from."""
    old, new = ({one.name: one for one in side.of("security-scheme")} for side in (before, after))
    for name, scheme in old.items():
        if name not in new:
            run.report(made("removed", scheme, None, NONE, SAME))
            continue
        for fact in ("type", "in", "scheme", "parameterName"):
            was, now = (_folded(fact, _use(one).get(fact)) for one in (scheme, new[name]))
            if was != now:
                run.report(made("changed", scheme, new[name], REQUEST, OTHER, fact=fact, old=was, new=now))
        _compare_flows(run, scheme, new[name])
    for name, scheme in new.items():
        if name not in old:
            run.report(made("added", None, scheme, NONE, SAME))


def _compare_flows(run: Comparison, before: Element, after: Element) -> None:
    """Where clients of OAuth 2 and OpenID Connect get their tokens, and for which scopes."""
    for fact in ("authorizationUrl", "tokenUrl", "refreshUrl", "scopes", "openIdConnectUrl"):
        old, new = _told(before, fact), _told(after, fact)
        if old != new:
            run.report(made("changed", before, after, NONE, SAME, fact=fact, old=old, new=new))


def _told(scheme: Element, fact: str) -> Any:
    """What all flows of a scheme say of it, by flow where it is an address."""
    if fact in scheme.facts:
        return scheme.facts[fact]
    flows = scheme.facts.get("flows")
    named = {
        _FLOWS.get(str(name), str(name)): flow
        for name, flow in (flows.items() if isinstance(flows, dict) else ())
        if isinstance(flow, dict) and fact in flow
    }
    if fact != "scopes":
        return ", ".join(f"{name}: {named[name][fact]}" for name in sorted(named)) or None
    scopes = [one["scopes"] for one in named.values() if isinstance(one["scopes"], dict)]
    return {str(name): text for one in scopes for name, text in one.items()} or None


# The names of the flows of 2.0 (Security Scheme Object) in 3.x.
_FLOWS: Final[Mapping[str, str]] = {"application": "clientCredentials", "accessCode": "authorizationCode"}


def _use(scheme: Element) -> Mapping[str, Any]:
    """How a scheme is used; `basic` of 2.0 is one of the schemes of HTTP in 3.x."""
    facts = scheme.facts
    return facts if facts.get("type") != "basic" else {**facts, "type": "http", "scheme": "basic"}


def _folded(fact: str, value: Any) -> Any:
    # Names of headers and of HTTP authentication schemes have no case (RFC 9110 sections 5.1 and 11.1).
    return value.lower() if fact in ("scheme", "parameterName") and isinstance(value, str) else value
