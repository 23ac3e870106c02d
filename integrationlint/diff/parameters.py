"""Changes between the parameters of two operations."""

from collections.abc import Mapping

from integrationlint.diff.comparison import NONE, Comparison, made
from integrationlint.diff.messages import (
    compare_life,
    compare_required,
    compare_told,
    compare_value,
    required,
    schema_of,
    target,
)
from integrationlint.diff.serialisation import compare_repeated, compare_style
from integrationlint.diff.sets import Effect
from integrationlint.diff.shapes import canonical
from integrationlint.model.element import Element
from integrationlint.model.links import Links


def parameters(operation: Element, template: str, links: Links) -> dict[str, Element]:
    """The effective parameters by `LOCATION:NAME`: the operation's own before those of its path (OAS 3.1.1 4.8.9).

    Path parameters go by their position in `template`: their names are no part of a message.
    """
    found: dict[str, Element] = {}
    for holder in (operation, operation.parent):
        for one in holder.of("parameter") if holder is not None else ():
            if old_body(one, links) is None:
                real = target(one, links)
                found.setdefault(_parameter_name(real, template), real)
    return found


def old_body(parameter: Element, links: Links) -> Element | None:
    """The request that a parameter of 2.0 refers to."""
    edges = links.edges(parameter) if parameter.uses else ()
    return next((edge.target for edge in edges if edge.target.kind == "request"), None)


def _parameter_name(parameter: Element, template: str) -> str:
    location, _, name = parameter.name.partition(":")
    if location == "path":
        place = template.find(f"{{{name}}}")
        return f"path:{template.count('{', 0, place)}" if place >= 0 else f"path:{{{name}}}"
    return f"header:{name.lower()}" if location == "header" else parameter.name


def compare_parameters(run: Comparison, old: Mapping[str, Element], new: Mapping[str, Element], direction: str) -> None:
    """Compare the effective parameters of two operations."""
    run.around = run.around._replace(part="parameter")
    for name, before in old.items():
        after = new.get(name)
        if after is None:
            facts = {"required": required(before), "in": before.facts.get("in")}
            run.report(made("removed", before, None, direction, (True, not required(before)), facts=facts))
            continue
        compare_required(run, before, after, direction)
        compare_told(run, before, after, ("deprecated",), NONE)
        compare_life(run, before, after)
        needed = required(before) and required(after)
        run.around = run.around._replace(part="required parameter" if needed else "parameter")
        compare_style(run, before, after, direction)
        if not compare_repeated(run, before, after, direction):
            compare_value(run, before, after, direction)
    for name, after in new.items():
        if name not in old:
            facts = {"required": required(after), "in": after.facts.get("in")}
            facts["default"] = _has_default(after, run.head)
            effect: Effect = (not required(after), True)
            run.report(made("added", None, after, direction, effect, facts=facts))


def _has_default(parameter: Element, links: Links) -> bool:
    schema = schema_of(parameter, links)
    return schema is not None and "default" in canonical(schema, links).facts
