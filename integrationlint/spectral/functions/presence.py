"""Whether something is there, and whether it counts as true."""

from collections.abc import Iterable
from typing import Any, Final

from integrationlint.dialects.javascript import truthy as is_truthy
from integrationlint.spectral.functions.options import none
from integrationlint.spectral.nouns import UNDEFINED, Context, Found

OPTIONS: Final = dict.fromkeys(("defined", "falsy", "truthy", "undefined"), none)


def defined(value: Any, options: Any, context: Context) -> Iterable[Found]:  # noqa: ARG001
    """There is a value; null is one."""
    return (Found('#{{print("property")}}must be defined'),) if value is UNDEFINED else ()


def undefined(value: Any, options: Any, context: Context) -> Iterable[Found]:  # noqa: ARG001
    """There is no value."""
    return () if value is UNDEFINED else (Found('#{{print("property")}}must be undefined'),)


def truthy(value: Any, options: Any, context: Context) -> Iterable[Found]:  # noqa: ARG001
    """The value is true for JavaScript, where an empty list or object is."""
    return () if is_truthy(value) else (Found('#{{print("property")}}must be truthy'),)


def falsy(value: Any, options: Any, context: Context) -> Iterable[Found]:  # noqa: ARG001
    """The value is false for JavaScript: false, null, 0, an empty text or nothing at all."""
    return (Found('#{{print("property")}}must be falsy'),) if is_truthy(value) else ()
