"""Changes to what callers must show: alternatives of requirements, and the schemes they name."""

from collections.abc import Iterator
from typing import Any, Final

from integrationlint.diff.comparison import REQUEST, Comparison, made
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
    """Compare how the schemes that both contracts have are used."""
    new = {one.name: one for one in after.of("security-scheme")}
    for scheme in before.of("security-scheme"):
        if scheme.name in new:
            for fact in ("type", "in", "scheme", "parameterName"):
                was, now = (_folded(fact, one.facts.get(fact)) for one in (scheme, new[scheme.name]))
                if was != now:
                    run.report(made("changed", scheme, new[scheme.name], REQUEST, OTHER, fact=fact, old=was, new=now))


def _folded(fact: str, value: Any) -> Any:
    # Names of headers and of HTTP authentication schemes have no case (RFC 9110 sections 5.1 and 11.1).
    return value.lower() if fact in ("scheme", "parameterName") and isinstance(value, str) else value
