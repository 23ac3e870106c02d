"""The resources of a CloudFormation or SAM template."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from integrationlint.formats.flows.values import text
from integrationlint.model.element import State
from integrationlint.model.location import child, parent

Members = Mapping[object, object]


class Resource(NamedTuple):
    """A resource: its logical id, its type, its properties and the pointer of these."""

    name: str
    type: str
    properties: Members
    pointer: str

    @property
    def place(self) -> str:
        """The pointer of the resource itself."""
        return parent(self.pointer)

    def written(self, *names: str) -> str:
        """The first of the properties that is a plain text; empty when none is."""
        found = (text(self.properties.get(name)) for name in names)
        return next((str(value.value) for value in found if value.state is State.EXPLICIT), "")

    def section(self, *names: str) -> tuple[Members, str]:
        """The first of the properties that is an object, and its pointer."""
        return section(self.properties, self.pointer, *names)


def section(members: Members, pointer: str, *names: str) -> tuple[Members, str]:
    """The first of the members that is an object, and its pointer; nothing at `pointer` when none is."""
    for name in names:
        found = members.get(name)
        if isinstance(found, dict):
            return found, child(pointer, name)
    return {}, pointer


def resources(template: Members) -> Iterator[Resource]:
    """The resources that have a type, in source order."""
    found = template.get("Resources")
    for name, resource in found.items() if isinstance(found, dict) else ():
        if isinstance(resource, dict) and isinstance(resource.get("Type"), str):
            properties = resource.get("Properties")
            pointer = child(child("/Resources", str(name)), "Properties")
            yield Resource(str(name), resource["Type"], properties if isinstance(properties, dict) else {}, pointer)
