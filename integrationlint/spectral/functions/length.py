"""How long, how many or how large."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from integrationlint.spectral.functions.options import checked
from integrationlint.spectral.message import printed
from integrationlint.spectral.nouns import Context, Found

OPTIONS: Final = {
    "length": checked(
        {
            "type": "object",
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {"min": {"type": "number"}, "max": {"type": "number"}},
        }
    )
}


def length(value: Any, options: Mapping[str, Any], context: Context) -> Iterable[Found]:  # noqa: ARG001
    """Items, members, UTF-16 code units or the number itself lie between `min` and `max`."""
    measured = _measured(value)
    if measured is None:
        return ()
    found = []
    if "min" in options and measured < options["min"]:
        found.append(Found(f'#{{{{print("property")}}}}must be longer than {printed(options["min"])}'))
    if "max" in options and measured > options["max"]:
        found.append(Found(f'#{{{{print("property")}}}}must be shorter than {printed(options["max"])}'))
    return found


def _measured(value: Any) -> float | None:
    if isinstance(value, dict | list):
        return len(value)
    if isinstance(value, str):
        return len(value) if value.isascii() else len(value.encode("utf-16-le", "surrogatepass")) // 2
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    return None
