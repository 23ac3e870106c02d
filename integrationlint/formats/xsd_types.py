"""Types of XML Schema: what simple and complex types, groups and attribute groups say."""

from collections.abc import Mapping
from typing import Final

from integrationlint.formats.xsd_builtins import BUILTINS
from integrationlint.formats.xsd_content import Definition, Leaf, read_content
from integrationlint.formats.xsd_facets import facets
from integrationlint.formats.xsd_names import builtin, documentation, expand, first, parts, refer, tag, true, use_of
from integrationlint.model.document import XmlNode

Parts = dict[str, list[XmlNode]]
_GROUPS: Final = ("sequence", "choice", "all", "group")


def read_typed(node: XmlNode, attribute: str, role: str, found: Definition, qname: str | None = None) -> None:
    """Read a reference to a type: the fact `base`, what a built-in type means, or the use of a declared one.

    `base` is `xs:decimal` for a built-in type whatever its prefix, else the Clark name. `qname` picks one of several
    names in the attribute. An earlier step of a derivation chain wins over this one.
    """
    text = (node.attributes.get(attribute, "") if qname is None else qname).strip()
    if not text:
        return
    name = expand(node, text)
    local = builtin(name)
    found.facts.setdefault("base", f"xs:{local}" if local else name)
    _keep(found, BUILTINS.get(local, {}))
    use = use_of(node, attribute, "type:", name, role)
    if use is not None:
        found.uses.append(use)


def _keep(found: Definition, facts: Mapping[str, object]) -> None:
    for name, value in facts.items():
        found.facts.setdefault(name, value)


def read_simple_type(node: XmlNode, found: Definition) -> None:
    """Read a simpleType (XML Schema Part 2, section 4.1), down its chain of anonymous restrictions.

    An outer restriction's facet stands for the inner one's. A list is an array with an `items` leaf, a union has one
    `variant` leaf per member type.
    """
    step: XmlNode | None = node
    while step is not None:
        _keep(found, documentation(step))
        children = parts(step)
        how = first(children, "restriction", "list", "union")
        if how is None:
            return
        found.facts.setdefault("derivation", tag(how))
        step = None
        if tag(how) == "restriction":
            step = _read_restriction(how, found)
        elif tag(how) == "list":
            found.facts["type"] = ("array",)
            found.leaves.append(Leaf("items", first(parts(how), "simpleType") or how))
        else:
            _read_union(how, found)


def _read_restriction(how: XmlNode, found: Definition) -> XmlNode | None:
    _keep(found, facets(how))
    read_typed(how, "base", "extends", found)
    return first(parts(how), "simpleType")


def _read_union(how: XmlNode, found: Definition) -> None:
    members = [(how, name) for name in how.attributes.get("memberTypes", "").split()]
    members += [(one, "") for one in parts(how).get("simpleType", [])]
    for index, (node, qname) in enumerate(members):
        found.leaves.append(Leaf("variant", node, name=qname or str(index)))


def read_part(leaf: Leaf) -> Definition:
    """The definition of a list's items or of a union's member, referenced or anonymous."""
    found = Definition()
    node = leaf.node
    if tag(node) == "list":
        read_typed(node, "itemType", "contains", found)
    elif tag(node) == "union":
        read_typed(node, "memberTypes", "contains", found, leaf.name)
    else:
        read_simple_type(node, found)
    return found


def read_complex_type(node: XmlNode, found: Definition) -> None:
    """Read a complexType (XML Schema Part 1, section 3.4): derivation, content model, attributes, assertions.

    `type` is `object` for element and empty content; simple content has the type of its base.
    """
    _keep(found, documentation(node))
    children = parts(node)
    body = first(children, "complexContent", "simpleContent")
    step = first(parts(body), "extension", "restriction") if body is not None else None
    if true(node.attributes.get("mixed")) or (body is not None and true(body.attributes.get("mixed"))):
        found.facts["mixed"] = True
    if step is None:
        found.facts["type"] = ("object",)
        _read_body(children, found)
        return
    found.facts["derivation"] = tag(step)
    if body is not None and tag(body) == "simpleContent":
        _read_simple_content(step, found)
    else:
        found.facts["type"] = ("object",)
        read_typed(step, "base", "extends", found)
    _read_body(parts(step), found)


def _read_simple_content(step: XmlNode, found: Definition) -> None:
    inner = _read_restriction(step, found)
    if inner is not None:
        read_simple_type(inner, found)


def _read_body(children: Parts, found: Definition) -> None:
    group = first(children, *_GROUPS)
    if group is not None:
        read_content(group, found)
    read_attributes(children, found)
    if "assert" in children:
        tests = tuple(one.attributes.get("test", "") for one in children["assert"])
        found.facts["assertions"] = tests
    if "openContent" in children:
        read_open_content(children["openContent"][0], found)


def read_attributes(children: Parts, found: Definition) -> None:
    """Read the attribute uses: leaves for attributes and wildcards, a use for each attribute group."""
    found.leaves.extend(Leaf("attribute", one) for one in children.get("attribute", []))
    for one in children.get("attributeGroup", []):
        found.uses.extend(refer(one, "ref", "attributeGroup", "contains"))
    found.leaves.extend(Leaf("anyAttribute", one) for one in children.get("anyAttribute", []))


def read_open_content(node: XmlNode, found: Definition) -> None:
    """Read openContent or defaultOpenContent (1.1): its mode is a fact, its wildcard a leaf outside the content."""
    found.facts["openContent"] = node.attributes.get("mode", "interleave").strip()
    found.leaves.extend(Leaf("any", one) for one in parts(node).get("any", []))


def read_group(node: XmlNode, found: Definition) -> None:
    """Read a named group or attribute group (XML Schema Part 1, sections 3.6 and 3.7)."""
    _keep(found, documentation(node))
    _read_body(parts(node), found)
