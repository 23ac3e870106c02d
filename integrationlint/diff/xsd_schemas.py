"""One side's XML Schemas, asked what declarations stand for: types, names in a message, who may stand in for whom."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from integrationlint.model.element import Element
from integrationlint.model.links import Links

Name = tuple[str, str]
ANY_TYPE: Final = "xs:anyType"
_LONGEST_CHAIN: Final = 50
_DERIVING: Final = ("extension", "restriction")


@dataclass(slots=True)
class Schemas:
    """The linked schemas of one side; what is asked often is remembered.

    `renamed` are namespaces by the name that they have on the other side: what is in one is not a change again.
    """

    links: Links
    renamed: dict[str, str] = field(default_factory=dict)
    _elements: dict[Name, Element] | None = None
    _attributes: dict[Name, Element] | None = None
    _members: dict[str, list[Element]] | None = None
    _derived: dict[int, list[Element]] | None = None
    _taken: dict[int, dict[Name, Element]] = field(default_factory=dict)
    _definitions: dict[int, Element] = field(default_factory=dict)

    @property
    def elements(self) -> dict[Name, Element]:
        """The global elements by expanded name."""
        if self._elements is None:
            self._elements = self._declared("element")
        return self._elements

    @property
    def attributes(self) -> dict[Name, Element]:
        """The global attributes by expanded name."""
        if self._attributes is None:
            self._attributes = self._declared("attribute")
        return self._attributes

    def _declared(self, construct: str) -> dict[Name, Element]:
        found: dict[Name, Element] = {}
        for one in self.links.elements("type"):
            if one.facts.get("construct") == construct and one.document.syntax == "xml":
                found.setdefault(self.name(one), one)
        return found

    def name(self, declaration: Element) -> Name:
        """The namespace ('' for none) and local name that a declaration has in a message."""
        namespace, local = self._written(declaration)
        return (self.renamed.get(namespace, namespace), local)

    def _written(self, declaration: Element) -> Name:
        namespace = declaration.facts.get("namespace", "")
        schema = (
            declaration.root if declaration.root.kind == "schema-document" else declaration.above("schema-document")
        )
        qualified = declaration.kind == "type" or declaration.facts.get("form") == "qualified"
        if schema is not None and qualified and not namespace and not schema.name:
            namespace = self._adopter(schema)
        return (str(namespace), declaration.name)

    def _adopter(self, schema: Element) -> str:
        """The namespace of those who include a schema without one (Part 1, section 4.2.1)."""
        names = {edge.source.root.name for edge in self.links.users(schema) if edge.source.kind == "import"}
        return names.pop() if len(names) == 1 else ""

    def target(self, element: Element, prefix: str, role: str = "contains") -> Element | None:
        """What the first use whose key begins so stands for; a redefinition of a name means the other one."""
        for edge in self.links.edges(element) if element.uses else ():
            found = edge.use.role == role and edge.use.key.startswith(prefix)
            if found and edge.target is not element and not edge.missing:
                return edge.target
        return None

    def declaration(self, element: Element) -> Element:
        """The global declaration that a reference stands for, or the element itself."""
        prefix = "attribute:" if element.facts.get("attribute") is True else "element:"
        return self.target(element, prefix) or element

    def definition(self, element: Element) -> Element:
        """The declaration or type that says the content of an element: what is anonymous is said by the element."""
        found = self._definitions.get(id(element))
        if found is None:
            found = element
            for _ in range(_LONGEST_CHAIN):
                following = self._defined_by(found)
                if following is None:
                    break
                found = following
            self._definitions[id(element)] = found
        return found

    def taken(self, element: Element) -> dict[Name, Element]:
        """The names that an element particle takes, each with its declaration: its own, or of those that stand in."""
        found = self._taken.get(id(element))
        if found is None:
            head = self.declaration(element)
            if head is element:
                found = {self.name(element): element}
            else:
                found = {self.name(one): element if one is head else one for one in self.stand_ins(head)}
            self._taken[id(element)] = found
        return found

    def _defined_by(self, element: Element) -> Element | None:
        if element.facts.get("construct") in ("complexType", "simpleType") or "anonymous" in element.facts:
            return None
        return (
            self.target(element, "element:")
            or self.target(element, "attribute:")
            or self.target(element, "type:")
            or (None if "base" in element.facts else self.target(element, "element:", "extends"))
        )

    def base(self, definition: Element) -> Element | None:
        """The declared type that a type extends or restricts."""
        return self.target(definition, "type:", "extends") if "derivation" in definition.facts else None

    def bases(self, definition: Element) -> Iterator[tuple[Element, str]]:
        """The types that a type is derived from, nearest first, each with how the step to it was made."""
        seen = {id(definition)}
        for _ in range(_LONGEST_CHAIN):
            step = str(definition.facts.get("derivation", ""))
            following = self.base(definition)
            if following is None or id(following) in seen:
                return
            yield following, step
            seen.add(id(following))
            definition = following

    def stand_ins(self, head: Element) -> list[Element]:
        """The global elements that may stand where a global element is referred to, itself first, none abstract."""
        found = [head] if head.facts.get("abstract") is not True else []
        if "substitution" in words(head.facts.get("block")) or not self._members_of(head):
            return found
        blocked = self._blocked(head)
        waiting = list(self._members_of(head))
        seen = {id(head)}
        for one in waiting:
            if id(one) in seen:
                continue
            seen.add(id(one))
            waiting += self._members_of(one)
            if one.facts.get("abstract") is not True and not blocked & self._steps(one, head):
                found.append(one)
        return found

    def heads(self, member: Element) -> frozenset[Name]:
        """The names of the elements in whose place a global element may stand."""
        found: set[Name] = set()
        waiting = [member]
        seen = {id(member)}
        for one in waiting:
            for edge in self.links.edges(one) if "substitutionGroup" in one.facts else ():
                head = edge.target
                if edge.use.role == "extends" and edge.use.key.startswith("element:") and id(head) not in seen:
                    seen.add(id(head))
                    waiting.append(head)
                    if "substitution" not in words(head.facts.get("block")):
                        found |= set() if self._blocked(head) & self._steps(member, head) else {self.name(head)}
        return frozenset(found)

    def _blocked(self, head: Element) -> frozenset[str]:
        own, typed = head.facts.get("block"), self.definition(head).facts.get("block")
        return frozenset(words(own)) | frozenset(words(typed))

    def _steps(self, member: Element, head: Element) -> frozenset[str]:
        """How the type of a member is derived from that of its head."""
        start, end = self.definition(member), self.definition(head)
        return frozenset() if start is end else self._steps_of(start, end)

    def _steps_of(self, start: Element, end: Element) -> frozenset[str]:
        found: set[str] = set()
        for base, step in self.bases(start):
            found.add(step)
            if base is end:
                break
        return frozenset(found)

    def _members_of(self, head: Element) -> list[Element]:
        if self._members is None:
            self._members = {}
            for one in self.elements.values():
                for name in words(one.facts.get("substitutionGroup")):
                    self._members.setdefault(name, []).append(one)
        namespace, local = self._written(head)
        return self._members.get(f"{{{namespace}}}{local}" if namespace else local, [])

    def derived(self, definition: Element) -> list[Element]:
        """The global complex types derived from a type, directly or not, those that are not abstract."""
        if self._derived is None:
            self._derived = {}
            for one in self.links.elements("type"):
                if one.facts.get("construct") == "complexType" and not one.facts.get("abstract"):
                    for base, _ in self.bases(one):
                        self._derived.setdefault(id(base), []).append(one)
        return self._derived.get(id(definition), [])

    def substitutes(self, declaration: Element) -> frozenset[str]:
        """The keys of the derived types that `xsi:type` may name on an element (Part 1, section 3.3.4)."""
        definition = self.definition(declaration)
        found = self.derived(definition)
        if not found:
            return frozenset()
        blocked = self._blocked(declaration)
        return frozenset(key for one in found if not blocked & self._steps_of(one, definition) for key in one.keys)


def words(value: Any) -> tuple[str, ...]:
    """The names in a fact that holds several."""
    return tuple(map(str, value)) if isinstance(value, tuple | list) else ()


def is_complex(definition: Element) -> bool:
    """Whether a type has element content, none, or anything: simple types and simple content have not."""
    return definition.facts.get("type") == ("object",) or is_any(definition)


def is_any(definition: Element) -> bool:
    """Whether a type is `xs:anyType` itself: any content, loosely checked."""
    return definition.facts.get("base") == ANY_TYPE and "derivation" not in definition.facts


def derives(definition: Element) -> str:
    """`extension`, `restriction` or nothing."""
    found = str(definition.facts.get("derivation", ""))
    return found if found in _DERIVING else ""


def is_offered(one: Element, links: Links) -> bool:
    """Whether an element may be the root of a message: one that other elements hold is a part of theirs."""
    if one.facts.get("construct") != "element" or one.facts.get("abstract"):
        return False
    inner = {id(part) for part in one.walk()}
    return not any(edge.source.kind == "field" and id(edge.source) not in inner for edge in links.users(one))
