"""Files of the estate that a Task hands on by name: a mapping specification, a stylesheet, a schema."""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import Final

from integrationlint.formats.flows.asl_tasks import Parameters
from integrationlint.model.element import Use
from integrationlint.model.location import child

_FILE: Final = re.compile(r"(?:\.{1,2}/)*[\w-][\w.-]*(?:/[\w.-]+)*\.(?:csv|xlsx|ya?ml|json|xslt?|dwl|xsd)", re.ASCII)
_LONGEST: Final = 500


def file_uses(path: str, parameters: Parameters) -> Iterator[Use]:
    """A use of every literal in the parameters that names a file, from the root or beside the flow at `path`."""
    waiting: list[tuple[object, str]] = [(parameters.members, parameters.pointer)]
    while waiting:
        value, pointer = waiting.pop()
        if isinstance(value, dict):
            waiting.extend((one, child(pointer, name)) for name, one in reversed(value.items()))
        elif isinstance(value, list):
            waiting.extend((one, child(pointer, number)) for number, one in reversed(list(enumerate(value))))
        elif isinstance(value, str) and len(value) <= _LONGEST and _FILE.fullmatch(value):
            for file in dict.fromkeys((normpath(value), normpath(join(dirname(path), value)))):
                if not file.startswith(".."):
                    yield Use("reads", f"file:{file}", tier="keyed", pointer=pointer)
