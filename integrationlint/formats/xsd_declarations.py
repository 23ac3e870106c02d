"""Declarations of XML Schema made elements: elements, attributes, wildcards, the parts of lists and unions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from integrationlint.formats.xsd_content import Definition, Leaf
from integrationlint.formats.xsd_names import clark, documentation, expand, parts, refer, tag, true
from integrationlint.formats.xsd_types import Parts, read_complex_type, read_part, read_simple_type, read_typed
from integrationlint.model.document import Document, XmlNode
from integrationlint.model.element import Element

_DERIVATIONS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("element", "block"): ("extension", "restriction", "substitution"),
    ("element", "final"): ("extension", "restriction"),
    ("complexType", "block"): ("extension", "restriction"),
    ("complexType", "final"): ("extension", "restriction"),
    ("simpleType", "final"): ("extension", "list", "restriction", "union"),
}
_IDENTITY: Final = frozenset(["key", "keyref", "unique"])
_WILDCARD: Final = ("namespace", "notNamespace", "notQName")


@dataclass(frozen=True, slots=True)
class Schema:
    """What all declarations of one schema share: its document, target namespace ('' for none) and root node."""

    document: Document
    namespace: str
    node: XmlNode

    def default(self, name: str, otherwise: str) -> str:
        """An attribute of the schema element that holds for all it declares."""
        return self.node.attributes.get(name, otherwise).strip()


def read_controls(schema: Schema, node: XmlNode, *names: str) -> dict[str, object]:
    """`block` and `final`: what may not be derived or substituted, `#all` and the schema's defaults spelled out."""
    facts: dict[str, object] = {}
    for name in names:
        text = node.attributes.get(name)
        if text is None:
            text = schema.default(f"{name}Default", "")
        if not text:
            continue
        known = _DERIVATIONS.get((tag(node), name), ())
        said = text.split()
        held = known if "#all" in said else tuple(one for one in known if one in said)
        if held:
            facts[name] = held
    return facts


def read_declaration(schema: Schema, node: XmlNode) -> Definition:
    """What an element or attribute declaration says, global or local, its anonymous type included.

    (XML Schema Part 1, sections 3.2, 3.3 and 3.11.) `anonymous` names the construct of an inline type; without any
    type the base is `xs:anyType` (attributes: `xs:anySimpleType`), unless a reference or substitution group gives it.
    """
    found = Definition(documentation(node))
    attributes = node.attributes
    found.facts.update({name: attributes[name] for name in ("default", "fixed") if name in attributes})
    if true(attributes.get("nillable")):
        found.facts["nullable"] = True
    if "ref" not in attributes:
        found.facts.update(read_controls(schema, node, "block"))
    children = parts(node) if node.children else {}
    _read_type(schema, node, children, found)
    if "alternative" in children:
        _read_alternatives(children["alternative"], found)
    if not _IDENTITY.isdisjoint(children):
        found.facts["identity"] = tuple(_constraint(one) for one in node.children if tag(one) in _IDENTITY)
    return found


def read_complex(schema: Schema, node: XmlNode, found: Definition) -> None:
    """Read a complexType and the attribute group that 1.1's defaultAttributes adds to every one."""
    read_complex_type(node, found)
    if true(node.attributes.get("defaultAttributesApply", "true")):
        found.uses.extend(refer(schema.node, "defaultAttributes", "attributeGroup", "contains"))


def _read_type(schema: Schema, node: XmlNode, children: Parts, found: Definition) -> None:
    if "ref" in node.attributes:
        found.uses.extend(refer(node, "ref", tag(node), "contains"))
    elif "type" in node.attributes:
        read_typed(node, "type", "contains", found)
    elif "complexType" in children:
        found.facts["anonymous"] = "complexType"
        read_complex(schema, children["complexType"][0], found)
    elif "simpleType" in children:
        found.facts["anonymous"] = "simpleType"
        read_simple_type(children["simpleType"][0], found)
    elif "substitutionGroup" not in node.attributes:
        found.facts["base"] = "xs:anySimpleType" if tag(node) == "attribute" else "xs:anyType"


def _read_alternatives(nodes: list[XmlNode], found: Definition) -> None:
    # Type alternatives (XML Schema 1.1 Part 1, section 3.12): an anonymous one has an empty type.
    facts = []
    for one in nodes:
        name = one.attributes.get("type", "").strip()
        facts.append({"test": one.attributes.get("test", ""), "type": expand(one, name) if name else ""})
        found.uses.extend(refer(one, "type", "type", "contains"))
    found.facts["alternatives"] = tuple(facts)


def _constraint(node: XmlNode) -> dict[str, object]:
    children = parts(node)
    paths = {
        name: [one.attributes.get("xpath", "") for one in children.get(name, [])] for name in ("selector", "field")
    }
    facts: dict[str, object] = {
        "construct": tag(node),
        "name": node.attributes.get("name", ""),
        "selector": "".join(paths["selector"]),
        "fields": tuple(paths["field"]),
    }
    if "refer" in node.attributes:
        facts["refer"] = expand(node, node.attributes["refer"].strip())
    return facts


def make_leaf(schema: Schema, parent: Element, leaf: Leaf) -> tuple[Element, list[Leaf]]:
    """The element of a leaf under its parent, and the leaves below it that are still to be made."""
    return _MAKERS[leaf.kind](schema, parent, leaf)


def _field(schema: Schema, parent: Element, leaf: Leaf) -> tuple[Element, list[Leaf]]:
    node = leaf.node
    found = read_declaration(schema, node)
    attribute = leaf.kind == "attribute"
    found.facts.update(_spelling(schema, node))
    found.facts["attribute"] = attribute
    found.facts.update(_attribute_use(node) if attribute else _occurrence(leaf))
    name = node.attributes.get("name") or node.attributes.get("ref", "").rpartition(":")[2]
    element = Element(
        "field", name.strip(), schema.document, node.pointer, parent=parent, facts=found.facts, uses=found.uses
    )
    return element, found.leaves


def _attribute_use(node: XmlNode) -> dict[str, object]:
    use = node.attributes.get("use", "optional").strip()
    facts: dict[str, object] = {"required": use == "required"}
    if use == "prohibited":
        facts["maxOccurs"] = 0
    return facts


def _occurrence(leaf: Leaf) -> dict[str, object]:
    facts: dict[str, object] = {"required": leaf.low > 0, "minOccurs": leaf.low, "maxOccurs": leaf.high}
    if leaf.choice:
        facts["choice"] = leaf.choice
    return facts


def _spelling(schema: Schema, node: XmlNode) -> dict[str, object]:
    """The form and the namespace that the name has in a message."""
    if "ref" in node.attributes:
        namespace = expand(node, node.attributes["ref"].strip()).rpartition("}")[0][1:]
        form = "qualified" if namespace else "unqualified"
    else:
        stated = node.attributes.get("form") or schema.default(f"{tag(node)}FormDefault", "unqualified")
        if "targetNamespace" in node.attributes:
            stated = "qualified"
        form = stated.strip()
        namespace = node.attributes.get("targetNamespace", schema.namespace) if form == "qualified" else ""
    return {"form": form, "namespace": namespace} if namespace else {"form": form}


def _wildcard(schema: Schema, parent: Element, leaf: Leaf) -> tuple[Element, list[Leaf]]:
    node = leaf.node
    said = node.attributes
    facts: dict[str, object] = {
        "attribute": leaf.kind == "anyAttribute",
        "processContents": said.get("processContents", "strict").strip(),
    }
    facts.update({name: " ".join(said[name].split()) for name in _WILDCARD if name in said})
    if "notNamespace" not in facts:
        facts.setdefault("namespace", "##any")
    if leaf.kind == "any":
        facts.update({"minOccurs": leaf.low, "maxOccurs": leaf.high})
    return Element("wildcard", leaf.kind, schema.document, node.pointer, parent=parent, facts=facts), []


def _part(schema: Schema, parent: Element, leaf: Leaf) -> tuple[Element, list[Leaf]]:
    found = read_part(leaf)
    name = leaf.name.rpartition(":")[2]
    if leaf.kind == "variant":
        found.facts["composition"] = "anyOf"
    else:
        found.facts["construct"] = "list"
    element = Element(
        leaf.kind, name, schema.document, leaf.node.pointer, parent=parent, facts=found.facts, uses=found.uses
    )
    return element, found.leaves


_MAKERS: Final[Mapping[str, Callable[[Schema, Element, Leaf], tuple[Element, list[Leaf]]]]] = {
    "element": _field,
    "attribute": _field,
    "any": _wildcard,
    "anyAttribute": _wildcard,
    "items": _part,
    "variant": _part,
}


def key_of(kind: str, schema: Schema, node: XmlNode) -> tuple[str, ...]:
    """The key by which other declarations find a global one, none for one without a name."""
    name = node.attributes.get("name", "").strip()
    return (f"{kind}:{clark(schema.namespace, name)}",) if name else ()
