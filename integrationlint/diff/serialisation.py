"""How the values of a parameter are written, in every version of OpenAPI; one value that became a list of values."""

from typing import Any, Final

from integrationlint.diff.comparison import Comparison, made
from integrationlint.diff.messages import schema_of
from integrationlint.diff.sets import OTHER, Effect
from integrationlint.diff.shapes import Shape, canonical
from integrationlint.model.element import Element
from integrationlint.model.links import Links

# What 2.0 calls the styles of 3.x, and whether each value stands for itself (2.0 Parameter Object).
_COLLECTIONS: Final = {"ssv": ("spaceDelimited", False), "pipes": ("pipeDelimited", False), "tsv": ("tsv", False)}
_COMPOUND: Final = frozenset({"array", "object"})


def compare_style(run: Comparison, before: Element, after: Element, direction: str) -> None:
    """Compare how lists and objects are written; single values look alike in every style of a place."""
    sides = ((before, run.base), (after, run.head))
    if not all(_may_be_compound(parameter, links) for parameter, links in sides):
        return
    for fact, old, new in zip(("style", "explode"), _style(before), _style(after), strict=True):
        if old != new:
            run.report(made("changed", before, after, direction, OTHER, fact=fact, old=old, new=new))


def _may_be_compound(parameter: Element, links: Links) -> bool:
    schema = schema_of(parameter, links)
    types = canonical(schema, links).facts.get("type") if schema is not None else None
    return not types or not _COMPOUND.isdisjoint(types)


def _style(parameter: Element) -> tuple[Any, Any]:
    """Style and explode as stated, or by default (OAS 3.1.1 section 4.8.12.2)."""
    facts, value = parameter.facts, parameter.document.value
    in_query = facts.get("in") in ("query", "cookie", "formData")
    plain = "form" if in_query else "simple"
    if "collectionFormat" in facts or (isinstance(value, dict) and "swagger" in value):
        collection = facts.get("collectionFormat", "csv")
        return _COLLECTIONS.get(str(collection), (plain, collection == "multi"))
    style = facts.get("style", plain)
    return style, facts.get("explode", style == "form")


def compare_repeated(run: Comparison, before: Element, after: Element, direction: str) -> bool:
    """Tell that one value became a list in which it is written as before, or the other way round; False for neither.

    `?id=1` is a list of one where lists are written `?id=1&id=2` (OAS 3.1.1 section 4.8.12.3, `form` and `explode`).
    """
    schemas = schema_of(before, run.base), schema_of(after, run.head)
    if schemas[0] is None or schemas[1] is None:
        return False
    shapes = canonical(schemas[0], run.base), canonical(schemas[1], run.head)
    widened = _is_list(shapes[1])
    single, several = shapes if widened else shapes[::-1]
    parameter = after if widened else before
    item = several.items.get("")
    if item is None or not _is_list(several) or not _is_scalar(single) or _style(parameter) != ("form", True):
        return False
    run.compare(*((schemas[0], item) if widened else (item, schemas[1])), direction)
    one_is_enough = several.facts.get("minItems", 0) in (0, 1)
    effect: Effect = (one_is_enough, False) if widened else (False, one_is_enough)
    old, new = (shape.facts.get("type") for shape in shapes)
    run.report(made("changed", schemas[0], schemas[1], direction, effect, fact="type", old=old, new=new))
    return True


def _is_list(shape: Shape) -> bool:
    return shape.facts.get("type") == ("array",)


def _is_scalar(shape: Shape) -> bool:
    types = shape.facts.get("type")
    return isinstance(types, tuple) and bool(types) and _COMPOUND.isdisjoint(types)
