"""A shape in the one form in which it is compared: references followed, `allOf` merged, lone branches taken in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from integrationlint.diff.conjunction import JOINED
from integrationlint.diff.lifecycle import stability, sunset
from integrationlint.diff.sets import NARROWER, effect, same, spread
from integrationlint.diff.xsd_facts import is_ordered, optional_groups
from integrationlint.model.element import Element
from integrationlint.model.links import Edge, Links
from integrationlint.model.vocabulary import words

# Facts of a shape that say which values are allowed, or how they are to be read.
COMPARED: Final = words(
    "type format nullable enum const pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength"
    " maxLength minItems maxItems uniqueItems minProperties maxProperties additionalProperties default deprecated"
    " minContains maxContains dependentRequired contentMediaType contentEncoding discriminator"
    " readOnly writeOnly totalDigits fractionDigits abstract mixed fixed base minOccurs maxOccurs form not"
    " compositor assertions identity block whiteSpace"
)
CHOICES: Final = ("oneOf", "anyOf")
_SHAPES: Final = ("field", "type", "schema", "items", "variant")
_FLAGS: Final = ("deprecated", "readOnly", "writeOnly")
_EXTENSIBLE: Final = "x-extensible-enum"
# What a declaration has of its own, whatever it is derived from.
_OWN: Final = ("abstract", "block", "compositor", "identity", "mixed")
_NULLS: Final = ((), ("null",))


@dataclass(slots=True)
class Shape:
    """The merged view of one shape: each fact with the element that says it, fields, items and branches.

    `fields` are by name, attributes of XML with `@` in front, the second of a name with `~2` behind; `requires` are
    the names that must be there, declared or not. `lone` are branches that were alone and are taken in. `also` are
    the further declarations of a field or of items, by the id of the first.
    """

    element: Element
    parts: tuple[Element, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    said: dict[str, Element] = field(default_factory=dict)
    fields: dict[str, Element] = field(default_factory=dict)
    required: dict[str, bool] = field(default_factory=dict)
    requires: frozenset[str] = frozenset()
    items: dict[str, Element] = field(default_factory=dict)
    variants: list[Element] = field(default_factory=list)
    wildcards: dict[str, Element] = field(default_factory=dict)
    lone: list[Element] = field(default_factory=list)
    also: dict[int, tuple[Element, ...]] = field(default_factory=dict)

    @property
    def choices(self) -> list[Element]:
        """The branches of which a value takes one."""
        return [one for one in self.variants if one.facts.get("composition") in CHOICES]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a shape; `inherited` by an extension, or by a `restricted` derivation that repeats what stays.

    An `optional` part is a group that may be left out.
    """

    element: Element
    inherited: bool = False
    restricted: bool = False
    optional: bool = False


def canonical(element: Element, links: Links, *, lone: bool = True, also: tuple[Element, ...] = ()) -> Shape:
    """The merged view of an element's shape. With `lone`, a choice of one branch is that branch.

    `also` are other declarations of the same thing, all of which must hold.
    """
    shape = Shape(element)
    parts = list(_parts(shape, links, also, lone=lone))
    shape.parts = tuple(part.element for part in parts)
    for part in parts:
        _merge(shape, part, links)
    _join_bare_choices(shape, links)
    _normalise_bounds(shape)
    if shape.facts.get("additionalProperties") == "schema" and not any(
        says_something(one, links) for one in shape.items.values()
    ):
        shape.facts["additionalProperties"] = True
    names = {name for part in shape.parts for name in _names(part.facts.get("requires"))}
    spared = {id(part.element) for part in parts if part.optional}
    for name, one in shape.fields.items():
        declared = (one, *shape.also.get(id(one), ()))
        stated = any(each.facts.get("required") is True and id(each.parent) not in spared for each in declared)
        shape.required[name] = stated or name in names
    shape.requires = frozenset(names)
    return shape


def _names(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _parts(shape: Shape, links: Links, also: tuple[Element, ...], *, lone: bool) -> Iterator[_Part]:
    """The element, what it refers to, and the parts of its `allOf`s, each once."""
    seen: set[int] = set()
    stack = [_Part(one) for one in (*reversed(also), shape.element)]
    while stack:
        part = stack.pop()
        one = part.element
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield part
        edges = links.edges(one) if one.uses else ()
        below = [_derived(part, edge) for edge in edges if _structural(edge, one)]
        branches = [branch for branch in one.children if branch.kind == "variant"] if one.children else []
        if branches:
            below += [_Part(branch) for branch in branches if branch.facts.get("composition") == "allOf"]
            for alone in _alone(branches, links) if lone else ():
                shape.lone.append(alone)
                below.append(_Part(alone))
        stack.extend(reversed(below))


def _structural(edge: Edge, element: Element) -> bool:
    """Whether a use says what an element is; the head of a substitution group does where it has no type of its own."""
    if edge.use.role == "extends" and edge.use.key.startswith("element:"):
        return element.facts.keys().isdisjoint(("base", "anonymous"))
    return edge.use.role in ("contains", "extends") and element.kind in _SHAPES


def _derived(part: _Part, edge: Edge) -> _Part:
    """A restriction of XML Schema repeats the elements that stay, so that those of its base do not count."""
    facts, inherits = part.element.facts, edge.use.role == "extends"
    restricted = inherits and facts.get("derivation") == "restriction" and facts.get("type") == ("object",)
    optional = part.optional or (
        edge.use.key.startswith("group:") and edge.use.key in optional_groups(facts.get("contentModel"))
    )
    return _Part(edge.target, part.inherited or inherits, part.restricted or restricted, optional)


def _alone(branches: list[Element], links: Links) -> Iterator[Element]:
    """The branches of choices that have no other, but for null."""
    for kind in CHOICES:
        found = [one for one in branches if one.facts.get("composition") == kind and not _is_null(one, links)]
        if len(found) == 1:
            yield found[0]


def _is_null(branch: Element, links: Links) -> bool:
    """Whether a branch allows null and nothing else: `{type: null}`, `{const: null}`, `{enum: [null]}`."""
    facts = meant(branch, links).facts
    if facts.get("type") in _NULLS or facts.get("enum") == [None]:
        return True
    return "const" in facts and facts["const"] is None


def meant(branch: Element, links: Links) -> Element:
    """What a shape that is nothing but a reference stands for."""
    seen = {id(branch)}
    while branch.uses and not branch.children and not branch.facts.keys() & COMPARED:
        edges = [edge for edge in links.edges(branch) if _structural(edge, branch)]
        if len(edges) != 1 or id(edges[0].target) in seen:
            break
        branch = edges[0].target
        seen.add(id(branch))
    return branch


def _merge(shape: Shape, part: _Part, links: Links) -> None:
    element = part.element
    for fact, value in element.facts.items():
        if fact not in COMPARED or value is None or (part.inherited and fact in _OWN):
            if fact == "extensions":
                _merge_extensions(shape, element)
            continue
        if fact != "compositor" or is_ordered(element.facts):
            _take(shape, element, fact, value)
    if element.children:
        _merge_children(shape, part, links)


def _merge_extensions(shape: Shape, element: Element) -> None:
    values = element.facts["extensions"]
    listed = values.get(_EXTENSIBLE) if isinstance(values, dict) else None
    found = {"extensibleEnum": listed, "sunset": sunset(element), "stability": stability(element)}
    for fact, value in found.items():
        if value:
            _take(shape, element, fact, value)


def _merge_children(shape: Shape, part: _Part, links: Links) -> None:
    seen: dict[str, int] = {}
    for one in part.element.children:
        if one.kind == "field":
            name = _field_name(one)
            seen[name] = count = seen.get(name, 0) + 1
            if (not part.restricted or name.startswith("@")) and one.facts.get("maxOccurs") != 0:
                _declare(shape, shape.fields, name if count == 1 else f"{name}~{count}", one)
        elif one.kind == "items":
            _declare(shape, shape.items, one.name, one)
        elif one.kind == "wildcard" and not part.restricted:
            shape.wildcards.setdefault(one.name, one)
        elif one.kind == "variant":
            _take_branch(shape, one, links)


def _declare(shape: Shape, known: dict[str, Element], name: str, one: Element) -> None:
    """Enter a field or items; where several parts declare it, all declarations hold."""
    first = known.setdefault(name, one)
    if first is not one and one.document.syntax != "xml":
        shape.also[id(first)] = (*shape.also.get(id(first), ()), one)


def _field_name(one: Element) -> str:
    return f"@{one.name}" if one.facts.get("attribute") is True else one.name


def _take(shape: Shape, element: Element, fact: str, value: Any) -> None:
    """Of two parts that both must hold, the narrower keyword counts, a flag of either, else the first one said."""
    if fact == "type" and isinstance(value, tuple) and "null" in value:
        _take(shape, element, "nullable", value=True)
        value = tuple(one for one in value if one != "null")
    elif fact == "base" and not (isinstance(value, str) and value.startswith("xs:")):
        return  # a name of their own: what it stands for is another part
    known = shape.facts.get(fact)
    if known is not None and fact in JOINED and element.document.syntax != "xml":
        joined = JOINED[fact](known, value)
        if not same(joined, known):
            shape.facts[fact], shape.said[fact] = joined, element
    elif known is None or (value is True if fact in _FLAGS else effect(fact, known, value) == NARROWER):
        shape.facts[fact] = value
        shape.said[fact] = element


def _take_branch(shape: Shape, branch: Element, links: Links) -> None:
    composition = branch.facts.get("composition")
    if composition == "allOf" or branch in shape.lone:
        return
    if composition in CHOICES and _is_null(branch, links):
        _take(shape, branch.parent or branch, "nullable", value=True)
    else:
        shape.variants.append(branch)


def _join_bare_choices(shape: Shape, links: Links) -> None:
    """A choice between types alone is one list of types."""
    choices = shape.choices
    if len(choices) < 2 or "type" in shape.facts:
        return
    ends = [meant(one, links) for one in choices]
    if all(map(_is_bare, ends)):
        types = dict.fromkeys(name for one in ends for name in _names(one.facts.get("type")))
        shape.facts["type"], shape.said["type"] = tuple(types), shape.element
        shape.variants = [one for one in shape.variants if one not in choices]


def _is_bare(one: Element) -> bool:
    return bool(one.facts.get("type")) and len(one.facts.keys() & COMPARED) == 1 and not one.uses and not one.children


def _normalise_bounds(shape: Shape) -> None:
    """Of whole numbers, what is less than 10 is at most 9; of two bounds on one side the narrower counts."""
    for inclusive, exclusive, step in (("maximum", "exclusiveMaximum", -1), ("minimum", "exclusiveMinimum", 1)):
        bound = shape.facts.get(exclusive)
        if type(bound) is int and spread(shape.facts.get("type", ())) == {"integer"}:
            said = shape.said.pop(exclusive)
            del shape.facts[exclusive]
            _take(shape, said, inclusive, bound + step)
        elif bound is not None and inclusive in shape.facts:
            loose = inclusive if not narrower_bound(exclusive, bound, shape.facts[inclusive]) else exclusive
            del shape.facts[loose], shape.said[loose]


def says_something(schema: Element, links: Links) -> bool:
    """Whether a schema is more than `true`."""
    end = meant(schema, links)
    return bool(end.uses or end.children or end.facts.keys() & COMPARED or end.facts.get("requires"))


def narrower_bound(exclusive: str, bound: Any, other: Any) -> bool:
    """Whether an inclusive bound `other` allows less than the exclusive one, False where that cannot be told."""
    if not isinstance(bound, int | float) or not isinstance(other, int | float):
        return False
    return other < bound if exclusive == "exclusiveMaximum" else other > bound
