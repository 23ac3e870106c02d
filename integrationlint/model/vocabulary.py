"""The closed vocabulary: every kind of element, and every fact that one of the kind may have.

A kind or a fact that is not listed here is an error where it is written, in a format or in a rule.
Adding one is a line in this file.
"""

from collections.abc import Mapping
from typing import Final


def words(text: str) -> frozenset[str]:
    """The names in a text, as the tables below write them."""
    return frozenset(text.split())


# Shapes: everything that says which values are allowed. Facts carry JSON Schema's keyword names
# (draft 2020-12); XSD facets and DDL lengths are lowered to them.
SHAPE: Final = words(
    "type format nullable enum const default example examples minimum maximum exclusiveMinimum exclusiveMaximum"
    " multipleOf minLength maxLength pattern minItems maxItems uniqueItems minProperties maxProperties requires"
    " minContains maxContains dependentRequired additionalProperties unevaluatedProperties discriminator"
    " contentEncoding contentMediaType readOnly writeOnly not xml"
    " totalDigits fractionDigits whiteSpace base construct abstract identity"
    " derivation contentModel compositor openContent anonymous assertions alternatives substitutionGroup"
    " explicitTimezone valueDescriptions fixed mixed block"
)
TEXTS: Final = words("title summary description languages deprecated extensions")
# What a flow step, trigger, handler or flow may know of its reliability; most are `Value`s.
FLOW: Final = words("platform dialect raw_type enabled caps")

KINDS: Final[Mapping[str, frozenset[str]]] = {
    # any document
    "document": TEXTS,
    "fault": words("code message fatal"),
    "suppression": words("rule reason owner ticket expires state inline"),
    "weakening": words("aspect message revision"),
    # API contracts
    "api": TEXTS
    | words("version contact license terms tags security servers basePath host schemes consumes produces audience id"),
    "server": TEXTS | words("url variables"),
    "tag": TEXTS,
    "path": TEXTS | words("template servers"),
    "webhook": TEXTS | words("template servers"),
    "callback": TEXTS | words("expression template servers"),
    "operation": TEXTS | words("id method template tags security servers direction consumes produces externalDocs"),
    "parameter": TEXTS | words("in required style explode allowEmptyValue allowReserved collectionFormat content"),
    "request": TEXTS | words("required"),
    "response": TEXTS | words("status"),
    "header": TEXTS | words("required style explode content"),
    "media": TEXTS | words("mediaType example examples encoding"),
    "link": TEXTS | words("operationId operationRef parameters"),
    "security-scheme": TEXTS | words("type in scheme bearerFormat flows openIdConnectUrl parameterName"),
    # shapes
    "type": SHAPE | TEXTS | words("namespace mixed final block"),
    "schema": SHAPE | TEXTS,
    "field": SHAPE | TEXTS | words("required attribute minOccurs maxOccurs namespace choice fixed form"),
    "items": SHAPE | TEXTS,
    "variant": SHAPE | TEXTS | words("composition"),
    # XML Schema documents
    "schema-document": TEXTS | words("namespace version elementFormDefault attributeFormDefault prefixes openContent"),
    "import": words("namespace schemaLocation construct"),
    "wildcard": words("namespace notNamespace notQName processContents attribute minOccurs maxOccurs"),
    # mappings
    "mapping": TEXTS | words("version source sourceVersion target targetVersion coverage notation owner"),
    "line": TEXTS
    | words(
        "number source sources target operation expression condition default lookup required sourceType"
        " targetType status classification iterate"
    ),
    "lookup": TEXTS | words("entries default"),
    # flows; what the facts say is told in `formats/flows/__init__.py`
    "flow": TEXTS | FLOW | words("kind version owner timeout logging tracing payloadLogging concurrency start"),
    "trigger": TEXTS
    | FLOW
    | words(
        "trigger protocol address method schedule timeZone ack concurrency deadLetter redelivery retry auth timeout"
        " transactional validates"
    ),
    "step": TEXTS
    | FLOW
    | words(
        "step protocol method address timeout heartbeat delay retry retries text level category error idempotency"
        " secure secrets auth tls verified callback next terminal branches hasDefault bounded concurrency"
        " ignoreErrors transactional condition reads writes sends"
    ),
    "handler": TEXTS | FLOW | words("catches condition action level logged body next"),
    "resource": TEXTS
    | FLOW
    | words("resource protocol address auth tls verified timeout retry deadLetter secrets settings"),
    # what a JSONPath finds, for rules in the path form
    "node": words("value"),
    # who uses what, declared outside the artifacts
    "consumer": TEXTS | words("owner criticality"),
    "interaction": TEXTS | words("provider method path status"),
    "component": TEXTS | words("owner criticality type lifecycle system"),
    "api-entity": TEXTS | words("owner type lifecycle system"),
    "entity": TEXTS | words("owner type lifecycle system kind"),
}

# Names for several kinds at once, usable wherever a rule says `each`.
KIND_GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "shape": ("type", "schema", "field", "items", "variant"),
    "operation-group": ("path", "webhook", "callback"),
    "root": ("document", "api", "schema-document", "mapping", "type"),
    "party": ("consumer", "component"),
}

# Children whose name says all that their parent's does: their address starts at the document.
HOISTED: Final = frozenset({("path", "operation")})

ROLES: Final = ("reads", "writes", "calls", "publishes", "subscribes", "validates", "extends", "contains")
TIERS: Final = ("declared", "keyed", "inferred")
