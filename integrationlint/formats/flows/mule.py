"""MuleSoft Mule 4 configuration files: flows, global elements, domains, MUnit suites; Mule 3 as far as it is alike."""

from typing import Final

from integrationlint.formats.flows.mule_application import application, version
from integrationlint.formats.flows.mule_flows import add_error_handler, add_flow
from integrationlint.formats.flows.mule_names import CORE, SCHEMAS, is_mule, module
from integrationlint.formats.flows.mule_resources import add_resource
from integrationlint.formats.formats import Match
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.element import Element

NAME: Final = "mule"
SYNTAXES: Final = ("xml",)
_DOMAINS: Final = (f"{SCHEMAS}ee/domain", f"{SCHEMAS}domain")
_FLOWS: Final = frozenset({"flow", "sub-flow"})
_TESTS: Final = frozenset({"test", "before-test", "after-test", "before-suite", "after-suite"})
_HANDLERS: Final = frozenset(
    {"error-handler", "choice-exception-strategy", "catch-exception-strategy", "rollback-exception-strategy"}
)


def recognise(document: Document) -> Match | None:
    """By the root element: `mule` of the core namespace, or `mule-domain`; not the type catalogue of the same name."""
    root = document.value
    if not isinstance(root, XmlNode):
        return None
    if root.namespace == CORE and root.local == "mule":
        return Match(NAME, version(root), f"root element is mule of {CORE}")
    if root.namespace in _DOMAINS and root.local == "mule-domain":
        return Match(NAME, "domain", f"root element is mule-domain of {root.namespace}")
    return None


def build(document: Document) -> Element:
    """A `document` with a flow for each flow, sub-flow, test and shared error handler, and the global elements."""
    root = Element("document", "", document)
    node = document.value
    if not isinstance(node, XmlNode):
        return root
    app = application(document, node)
    for one in node.children:
        if not is_mule(one):
            continue
        if one.local in _FLOWS or (module(one) == "munit" and one.local in _TESTS):
            add_flow(root, one, app)
        elif one.local in _HANDLERS:
            add_error_handler(root, one, app)
        else:
            add_resource(root, one, app)
    return root
