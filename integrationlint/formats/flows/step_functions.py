"""AWS Step Functions: Amazon States Language in JSON and YAML, bare or inside CloudFormation and SAM templates."""

from typing import Final

from integrationlint.formats.flows.asl_machine import Writing, add_states, dialect, flow_facts, is_machine
from integrationlint.formats.flows.cloudformation import MACHINE_TYPES, add_machines, machine_types
from integrationlint.formats.formats import Match
from integrationlint.model.document import Document
from integrationlint.model.element import Element

NAME: Final = "step-functions"
SYNTAXES: Final = ("yaml", "json")
_SUFFIXES: Final = (".asl.json", ".asl.yaml", ".asl.yml", ".json", ".yaml", ".yml", ".asl")


def recognise(document: Document) -> Match | None:
    """A state machine by `StartAt` and `States`, a template by a resource of a state machine type."""
    value = document.value
    if not isinstance(value, dict):
        return None
    if is_machine(value):
        return Match(NAME, dialect(value), "has StartAt and States")
    found = machine_types(value)
    if not found:
        return None
    kind = next(kind for kind in MACHINE_TYPES if kind in found)
    return Match(NAME, "sam" if kind.startswith("AWS::Serverless") else "cloudformation", f"has a resource {kind}")


def build(document: Document) -> Element:
    """A `document` with one flow for each state machine; a bare machine is named after its file."""
    root = Element("document", "", document)
    value = document.value
    if not isinstance(value, dict):
        return root
    if is_machine(value):
        name = file_name(document.path)
        flow = Element("flow", name, document, "", parent=root, facts=flow_facts(value, ""), keys=(f"flow:{name}",))
        add_states(flow, value, "", Writing(document, jsonata=dialect(value) == "asl-jsonata"))
    else:
        add_machines(root, value)
    return root


def file_name(path: str) -> str:
    """The name of a machine that has none of its own: the file's, without `.asl.json` and the like."""
    name = path.rpartition("/")[2]
    return next((name.removesuffix(suffix) for suffix in _SUFFIXES if name.endswith(suffix)), name) or name
