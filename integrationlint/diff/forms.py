"""Forms: parameters `in: formData` of 2.0, and the fields of a body in 3.x, which are the same message."""

from collections.abc import Mapping
from typing import Final

from integrationlint.diff.comparison import Comparison, made
from integrationlint.diff.messages import required, schema_of, target
from integrationlint.diff.sets import NARROWER, WIDER, Effect
from integrationlint.diff.shapes import Shape, canonical
from integrationlint.model.element import Element
from integrationlint.model.links import Links

FORM: Final = "formData:"
_MEDIA: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_FILE: Final = ("file",)


def compare_form(
    run: Comparison,
    parameters: tuple[Mapping[str, Element], Mapping[str, Element]],
    bodies: tuple[Element | None, Element | None],
    direction: str,
) -> bool:
    """Compare the form of 2.0 on one side with the body of 3.x on the other; False where it is not so."""
    forms = [{name: one for name, one in side.items() if name.startswith(FORM)} for side in parameters]
    for mine, yours, turned in ((0, 1, False), (1, 0, True)):
        links = (run.base, run.head)[yours]
        shape = _fields(bodies[yours], links) if forms[mine] and not forms[yours] and bodies[mine] is None else None
        if shape is not None:
            run.around = run.around._replace(part="text")
            _compare(run, forms[mine], shape, direction, turned=turned)
            return True
    return False


def _fields(body: Element | None, links: Links) -> Shape | None:
    if body is None:
        return None
    media = next((one for one in target(body, links).of("media") if one.name.partition(";")[0] in _MEDIA), None)
    schema = schema_of(media, links) if media is not None else None
    return canonical(schema, links) if schema is not None else None


def _compare(run: Comparison, form: Mapping[str, Element], shape: Shape, direction: str, *, turned: bool) -> None:
    """Compare a form with the fields of a body; `turned` where the body is the older one."""
    names = {name.removeprefix(FORM): one for name, one in form.items()}
    for name, parameter in names.items():
        field = shape.fields.get(name)
        if field is None:
            _tell_lone(run, parameter, direction, needed=required(parameter), gone=not turned)
            continue
        was, now = required(parameter), shape.required[name]
        schema: Element | None = schema_of(parameter, run.head if turned else run.base)
        pair, ends = (parameter, field), (schema or parameter, field)
        if turned:
            was, now, pair, ends = now, was, pair[::-1], ends[::-1]
        if was != now:
            effect, facts = NARROWER if now else WIDER, {"required": now}
            run.report(made("changed", *pair, direction, effect, fact="required", old=was, new=now, facts=facts))
        if schema is not None and schema.facts.get("type") != _FILE:
            run.compare(*ends, direction)
    for name, field in shape.fields.items():
        if name not in names:
            _tell_lone(run, field, direction, needed=shape.required[name], gone=turned)


def _tell_lone(run: Comparison, one: Element, direction: str, *, needed: bool, gone: bool) -> None:
    facts = {"required": needed, "in": one.facts.get("in")}
    if gone:
        effect: Effect = (True, not needed)
        run.report(made("removed", one, None, direction, effect, facts=facts))
    else:
        run.report(made("added", None, one, direction, (not needed, True), facts=facts))
