"""Changes to where an interface can be called: its servers, or host, base path and schemes of 2.0."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from integrationlint.diff.comparison import NONE, Comparison, made
from integrationlint.diff.sets import SAME
from integrationlint.model.element import Element

_MOST_VALUES: Final = 50


def compare_servers(run: Comparison, before: Element, after: Element) -> None:
    """Compare the addresses that each contract names; one that names none is called where it was found."""
    old, new = sorted({*_addresses(before.facts)}), sorted({*_addresses(after.facts)})
    if old != new:
        facts = {"stated": "no longer" if {*old} - {*new} else "newly"}
        run.report(made("changed", before, after, NONE, SAME, fact="servers", old=old, new=new, facts=facts))


def _addresses(facts: Mapping[str, Any]) -> Iterator[str]:
    """Every address without its last slash; variables stand for each of their values (OAS 3.1.1 section 4.8.6)."""
    if "host" in facts or "basePath" in facts:
        schemes = facts.get("schemes")
        host, base = str(facts.get("host") or ""), str(facts.get("basePath") or "")
        for scheme in schemes if isinstance(schemes, list) and schemes and host else ("",):
            yield f"{f'{scheme}:' if scheme else ''}{f'//{host}' if host else ''}{base}".rstrip("/")
        return
    servers = facts.get("servers")
    for server in servers if isinstance(servers, list) else ():
        if isinstance(server, dict):
            yield from (url.rstrip("/") for url in _spelled(str(server.get("url") or ""), server.get("variables")))


def _spelled(url: str, variables: Any) -> list[str]:
    found = [url]
    for name, variable in variables.items() if isinstance(variables, dict) else ():
        listed = variable.get("enum") if isinstance(variable, dict) else None
        default = variable.get("default") if isinstance(variable, dict) else None
        values = [str(one) for one in (listed if isinstance(listed, list) and listed else [default])]
        found = [one.replace(f"{{{name}}}", value) for one in found for value in values][:_MOST_VALUES]
    return found
