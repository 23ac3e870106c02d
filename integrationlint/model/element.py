"""The neutral tree: elements of every format, what is known of them, and what they use.

The vocabulary is closed. A kind or a fact that is not listed here is an error where it is written,
in a format or in a rule; adding one is a line in this file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from integrationlint.model.document import Document
from integrationlint.model.location import Location, Span

# Shapes: everything that says which values are allowed. Facts carry JSON Schema's keyword names
# (draft 2020-12); XSD facets and DDL lengths are lowered to them.
SHAPE: Final = frozenset(
    [
        "type",
        "format",
        "nullable",
        "enum",
        "const",
        "default",
        "example",
        "examples",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "uniqueItems",
        "minProperties",
        "maxProperties",
        "additionalProperties",
        "propertyNames",
        "not",
        "if",
        "discriminator",
        "contentEncoding",
        "contentMediaType",
        "readOnly",
        "writeOnly",
        "totalDigits",
        "fractionDigits",
        "whiteSpace",
        "base",
        "construct",
        "abstract",
        "anchor",
        "open",
    ]
)
TEXTS: Final = frozenset(["title", "summary", "description", "deprecated", "extensions"])
# What a flow step, trigger, handler or flow may know of its reliability; most are `Value`s.
FLOW: Final = frozenset(["platform", "dialect", "raw_type", "enabled", "caps"])

KINDS: Final[Mapping[str, frozenset[str]]] = {
    # any document
    "document": TEXTS,
    "fault": frozenset({"code", "message", "fatal"}),
    # API contracts
    "api": TEXTS
    | {
        "version",
        "contact",
        "license",
        "terms",
        "tags",
        "security",
        "servers",
        "basePath",
        "host",
        "schemes",
        "consumes",
        "produces",
        "audience",
        "id",
    },
    "server": TEXTS | {"url", "variables"},
    "tag": TEXTS,
    "path": TEXTS | {"template", "servers"},
    "webhook": TEXTS | {"template", "servers"},
    "callback": TEXTS | {"expression", "template", "servers"},
    "operation": TEXTS
    | {"id", "method", "template", "tags", "security", "servers", "direction", "consumes", "produces", "externalDocs"},
    "parameter": SHAPE
    | TEXTS
    | {"in", "required", "style", "explode", "allowEmptyValue", "allowReserved", "collectionFormat", "content"},
    "request": TEXTS | {"required"},
    "response": TEXTS | {"status"},
    "header": SHAPE | TEXTS | {"required", "style", "explode", "content"},
    "media": TEXTS | {"mediaType", "example", "examples", "encoding"},
    "link": TEXTS | {"operationId", "operationRef", "parameters"},
    "security-scheme": TEXTS | {"type", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl", "parameterName"},
    # shapes
    "type": SHAPE | TEXTS | {"required", "namespace", "mixed", "final", "block"},
    "schema": SHAPE | TEXTS | {"required"},
    "field": SHAPE
    | TEXTS
    | {"required", "attribute", "minOccurs", "maxOccurs", "namespace", "choice", "fixed", "form"},
    "items": SHAPE | TEXTS,
    "variant": SHAPE | TEXTS | {"required", "composition"},
    # XML Schema documents
    "schema-document": TEXTS | {"namespace", "version", "elementFormDefault", "attributeFormDefault"},
    "import": frozenset({"namespace", "schemaLocation", "construct"}),
    "wildcard": frozenset({"namespace", "processContents", "attribute", "minOccurs", "maxOccurs"}),
    # mappings
    "mapping": TEXTS | {"version", "source", "target", "coverage", "notation", "owner"},
    "line": TEXTS
    | {
        "number",
        "source",
        "sources",
        "target",
        "operation",
        "expression",
        "condition",
        "default",
        "lookup",
        "required",
        "sourceType",
        "targetType",
        "status",
        "classification",
        "iterate",
    },
    "lookup": TEXTS | {"entries", "default"},
    # flows
    "flow": TEXTS | FLOW | {"kind", "version", "owner", "timeout", "logging", "tracing"},
    "trigger": TEXTS
    | FLOW
    | {"trigger", "address", "method", "schedule", "ack", "concurrency", "deadLetter", "auth", "timeout", "validates"},
    "step": TEXTS
    | FLOW
    | {
        "step",
        "protocol",
        "method",
        "address",
        "timeout",
        "heartbeat",
        "retry",
        "text",
        "idempotency",
        "secure",
        "auth",
        "tls",
        "next",
        "branches",
        "hasDefault",
        "bounded",
        "ignoreErrors",
        "transactional",
        "condition",
    },
    "handler": TEXTS | FLOW | {"catches", "action", "level", "body", "next"},
    "resource": TEXTS
    | FLOW
    | {"resource", "protocol", "address", "auth", "tls", "timeout", "retry", "secrets", "settings"},
    # who uses what, declared outside the artifacts
    "consumer": TEXTS | {"owner", "criticality"},
}

# Names for several kinds at once, usable wherever a rule says `each`.
KIND_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "shape": ("type", "schema", "field", "items", "variant", "parameter", "header"),
    "operation-group": ("path", "webhook", "callback"),
}

ROLES: Final = ("reads", "writes", "calls", "publishes", "subscribes", "validates", "extends", "contains")
TIERS: Final = ("declared", "keyed", "inferred")


class State(StrEnum):
    """How a fact of a flow is known; "unset" is neither "infinite" nor "fails"."""

    EXPLICIT = "explicit"
    DEFAULT = "default"
    EXPRESSION = "expression"
    EXTERNAL = "external"
    ABSENT = "absent"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Value:
    """A fact with its state: durations in milliseconds, attempts as re-tries after the first try (-1 unbounded).

    `raw` is the text as written, `cite` the source of a platform default, `pointer` where it is written.
    """

    state: State
    value: object = None
    raw: str = ""
    pointer: str = ""
    cite: str = ""

    @property
    def known(self) -> bool:
        """The value is certain: written out, or a documented default."""
        return self.state in (State.EXPLICIT, State.DEFAULT)


ABSENT: Final = Value(State.ABSENT)
UNSUPPORTED: Final = Value(State.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Use:
    """An edge as it is written, not yet resolved.

    `key` names the element used: `pointer:FILE#/json/pointer`, or a key that an element offers in its `keys`
    (`type:{urn}Order`, `operation-id:createOrder`, `http:POST /orders/{}`, `flow:order-sync`, `file:orders.yaml`).
    `path` goes on from there through fields, by name. `expects` says what a bare fragment is to be read as
    (`schema`, `parameter`, `response`, `header`, `path`, …). `pointer` is where the use is written.
    """

    role: str
    key: str
    path: tuple[str, ...] = ()
    tier: str = "declared"
    pointer: str = ""
    expects: str = ""


class Element:
    """A thing an artifact declares: an operation, a field, a mapping line, a flow step.

    Built top-down, once, by a format; nobody changes it afterwards. It is not a frozen dataclass because parent
    and children know each other and because large contracts have a hundred thousand of them.
    """

    __slots__ = (
        "_address",
        "children",
        "document",
        "facts",
        "keys",
        "kind",
        "name",
        "parent",
        "pointer",
        "span",
        "uses",
    )

    def __init__(
        self,
        kind: str,
        name: str,
        document: Document,
        pointer: str = "",
        *,
        parent: "Element | None" = None,
        facts: dict[str, object] | None = None,
        uses: list[Use] | None = None,
        keys: tuple[str, ...] = (),
        span: Span | None = None,
    ) -> None:
        """Make an element and hang it under its parent; an unknown kind or fact is a ValueError."""
        if facts and not facts.keys() <= KINDS[kind]:
            raise ValueError(f"{kind} has no fact {', '.join(sorted(facts.keys() - KINDS[kind]))}")
        self.kind = kind
        self.name = name
        self.document = document
        self.pointer = pointer
        self.parent = parent
        self.facts: dict[str, object] = facts if facts is not None else {}
        self.uses: list[Use] = uses if uses is not None else []
        self.keys = keys
        self.span = span
        self.children: list[Element] = []
        self._address: str | None = None
        if parent is not None:
            parent.children.append(self)

    @property
    def address(self) -> str:
        """The stable name: `orders.yaml#operation:GET /orders/{}`; serves pairing, suppression, baseline, graph."""
        if self._address is None:
            if self.parent is None:
                self._address = f"{self.document.path}#"
            else:
                self.parent._name_children()
        return self._address or ""

    def _name_children(self) -> None:
        above = self.address
        joint = "" if above.endswith("#") else "/"
        seen: dict[str, int] = {}
        for one in self.children:
            own = f"{one.kind}:{one.name}" if one.name else one.kind
            seen[own] = count = seen.get(own, 0) + 1
            one._address = f"{above}{joint}{own}" if count == 1 else f"{above}{joint}{own}~{count}"

    @property
    def location(self) -> Location:
        """Where the element is declared."""
        span = self.span if self.span is not None else self.document.span(self.pointer)
        return Location(self.document.path, self.pointer, span)

    @property
    def root(self) -> "Element":
        """The element of the whole document."""
        element = self
        while element.parent is not None:
            element = element.parent
        return element

    def walk(self) -> Iterator["Element"]:
        """The element and all below it, in source order, without recursion."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.children))

    def of(self, kind: str) -> Iterator["Element"]:
        """The children of one kind."""
        return (one for one in self.children if one.kind == kind)

    def above(self, *kinds: str) -> "Element | None":
        """The closest ancestor of one of the kinds."""
        element = self.parent
        while element is not None and element.kind not in kinds:
            element = element.parent
        return element

    def __repr__(self) -> str:
        """For the person who debugs."""
        return f"<{self.address}>"
