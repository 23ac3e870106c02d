"""How an element is called when people read of it: `field Order.customerId`, `mapping orders-to-sap.csv:14`."""

from collections.abc import Callable
from typing import Final

from integrationlint.model.element import Element

_INNER: Final = ("field", "items", "variant", "schema", "media", "wildcard")


def phrase(element: Element) -> str:
    """The element in a few words, with as much of its surroundings as is needed to find it."""
    return _PHRASES.get(element.kind, _plain)(element)


def _plain(element: Element) -> str:
    return f"{element.kind} {element.name}" if element.name else f"{element.kind} in {element.document.path}"


def _shape(element: Element) -> str:
    """`field Order.customer.id`, or `field id in the request of POST /orders` where no type has a name."""
    names: list[str] = []
    one: Element | None = element
    while one is not None and one.kind in _INNER:
        if one.kind == "field" or (one.kind == "variant" and not one.name.isdecimal()):
            names.append(one.name)
        elif one.kind == "items":
            names.append("[]")
        one = one.parent
    if one is not None and one.kind == "type":
        return f"{_word(element)} {'.'.join([one.name, *reversed(names)])}".replace(".[]", "[]")
    path = ".".join(reversed(names)).replace(".[]", "[]")
    if one is None:
        return f"{_word(element)} {path}".rstrip()
    if path:
        return f"{_word(element)} {path} in the {_exchange(one)}"
    return _exchange(one) if one.kind in ("parameter", "header") else f"body of the {_exchange(one)}"


def _word(element: Element) -> str:
    return "attribute" if element.facts.get("attribute") is True else element.kind


def _exchange(element: Element) -> str:
    """The message or parameter that an inline schema belongs to."""
    operation = element.above("operation")
    of = f" of {_title(operation)}" if operation is not None else ""
    if element.kind == "response":
        return f"response {element.name}{of}"
    if element.kind in ("parameter", "header"):
        return _parameter(element)
    return f"{element.kind}{of}"


def _title(operation: Element) -> str:
    template = operation.facts.get("template")
    return f"{operation.facts.get('method', operation.name)} {template}" if template else operation.name


def _operation(element: Element) -> str:
    return f"operation {_title(element)}"


def _parameter(element: Element) -> str:
    location, colon, name = element.name.partition(":")
    said = f"{location} parameter {name}" if colon else f"{element.kind} {element.name}"
    operation = element.above("operation")
    return f"{said} of {_title(operation)}" if operation is not None else said


def _exchanged(element: Element) -> str:
    return _exchange(element)


def _line(element: Element) -> str:
    return f"mapping {element.document.path}:{element.facts.get('number', element.location.span.start.line)}"


def _mapping(element: Element) -> str:
    return f"mapping {element.document.path}"


def _step(element: Element) -> str:
    flow = element.above("flow")
    word = "step" if element.kind == "step" else element.kind
    return f'flow {flow.name} {word} "{element.name}"' if flow is not None else f'{word} "{element.name}"'


def _party(element: Element) -> str:
    criticality = element.facts.get("criticality")
    return f"{element.kind} {element.name}" + (f" ({criticality})" if criticality else "")


_PHRASES: Final[dict[str, Callable[[Element], str]]] = {
    **dict.fromkeys(("field", "items", "variant", "schema", "wildcard"), _shape),
    **dict.fromkeys(("step", "handler", "trigger", "interaction"), _step),
    **dict.fromkeys(("parameter", "header"), _parameter),
    **dict.fromkeys(("request", "response"), _exchanged),
    "operation": _operation,
    "line": _line,
    "mapping": _mapping,
    **dict.fromkeys(("consumer", "component"), _party),
}
