"""Collections that are read in pages: what asks for a page, and what leads to the next one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from integrationlint.checks.resolved import (
    bodies,
    in_force,
    is_array,
    is_known,
    parameter_name,
    received,
    responses,
    title,
)
from integrationlint.checks.words import bare, words
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.location import child
from integrationlint.model.rule import Problem

Role = Literal["size", "cursor", "offset", "page"]

# Names by letters and digits alone. Those in `_DOUBTFUL` count only beside another one, because they may mean
# something else: `after` a date, the `size` of a shoe.
_ROLES: Final[dict[str, Role]] = {
    **dict.fromkeys(
        "limit perpage pagesize maxresults maxpagesize itemsperpage resultsperpage pagelimit maxitems numresults rows"
        " size count max first top take last".split(),
        "size",
    ),
    **dict.fromkeys(
        "cursor pagetoken nexttoken nextpagetoken nextcursor pagecursor continuationtoken continuation"
        " marker startingafter endingbefore scrollid bookmark pageafter pagebefore after before next lastid startafter"
        "".split(),
        "cursor",
    ),
    **dict.fromkeys("offset skip startindex pageoffset start from".split(), "offset"),
    **dict.fromkeys("page pagenumber pageno pagenum pageindex currentpage".split(), "page"),
}
_DOUBTFUL: Final = frozenset("size count max first top take last rows after before next start from marker page".split())
_ENVELOPES: Final = frozenset(
    "items data results result value values records entries elements content list rows hits resources collection"
    " embedded".split()
)
_NEXT: Final = frozenset(
    "next nextlink nextpage nextpagetoken nexttoken nextcursor cursor cursors nextpageuri nextpageurl nexturi nexturl"
    " nextmarker hasmore hasnext hasnextpage more links link paging pagination continuation continuationtoken"
    " pageinfo pagetoken endcursor meta metadata responsemetadata marker scrollid".split()
)
_EXTENSIONS: Final = ("x-ms-pageable", "x-pagination", "x-amazon-pagination")
_SMALL: Final = 3


@dataclass(frozen=True, slots=True)
class Collection:
    """What a GET returns as a list: the whole body, the array in it, and the name of its field (empty: the body)."""

    body: Element
    array: Element
    field: str = ""


def _collection(operation: Element, links: Links) -> Collection | None:
    """The list that a GET on a path that ends in no variable answers with; None when it is none."""
    template = str(operation.facts.get("template"))
    if operation.facts.get("method") != "GET" or template.endswith("}") or not template.startswith("/"):
        return None
    for _status, _response, shape in bodies(operation, links, "2XX"):
        if is_array(shape):
            return Collection(shape, shape)
        found = _enveloped(shape, template, links)
        if found is not None:
            return found
    return None


def _enveloped(shape: Element, template: str, links: Links) -> Collection | None:
    """The one array of an object that is only there to carry it, by its name or by what stands beside it."""
    fields = links.fields(shape)
    shapes = ((name, links.shape(one)) for name, one in fields.items())
    arrays = [(name, one) for name, one in shapes if is_array(one)]
    if len(arrays) != 1:
        return None
    name, array = arrays[0]
    noun = (words(template.rpartition("/")[2]) or [""])[-1]
    own = (words(name) or [""])[-1]
    named = bare(name) in _ENVELOPES or (own == noun and noun.endswith("s"))
    beside = any(bare(one) in _NEXT or bare(one).startswith("total") for one in fields if one != name)
    if (named or beside) and not (len(fields) > _SMALL and any(one in fields for one in ("id", "href"))):
        return Collection(shape, array, name)
    return None


def _paging(operation: Element, links: Links) -> dict[Role, list[Element]] | None:
    """The parameters of an operation that ask for a page, by what they say; None when a reference is not found."""
    known = in_force(operation, links)
    if known is None:
        return None
    sure: list[tuple[Role, Element]] = []
    doubtful: list[tuple[Role, Element]] = []
    for parameter in known.values():
        if parameter.facts.get("in") != "query":
            continue
        name = bare(parameter_name(parameter))
        role = _ROLES.get(name)
        if role is None or _dated(parameter, links):
            continue
        (doubtful if name in _DOUBTFUL else sure).append((role, parameter))
    found: dict[Role, list[Element]] = {}
    if sure or len({role for role, _ in doubtful}) > 1 or any(role == "page" for role, _ in doubtful):
        for role, parameter in (*sure, *doubtful):
            found.setdefault(role, []).append(parameter)
    return found


def _dated(parameter: Element, links: Links) -> bool:
    facts = links.shape(parameter).facts
    return facts.get("format") in ("date", "date-time") or facts.get("type") in (("boolean",), ("object",), ("array",))


def paginated(element: Element, links: Links, *, most: int = 100) -> Iterator[Problem]:
    """An operation that returns a collection takes parameters for pages.

    Arrays that say themselves that they hold at most `most` items, or items from a fixed list, need none.
    """
    found = _collection(element, links)
    if found is None or _bounded(found, links, most):
        return
    asked = _paging(element, links)
    if asked == {} and not _otherwise(element, links):
        yield Problem({"field": f"the array '{found.field}'" if found.field else "an array"})


def _bounded(found: Collection, links: Links, most: int) -> bool:
    limit = found.array.facts.get("maxItems")
    if isinstance(limit, int) and limit <= most:
        return True
    items = next((one for one in found.array.children if one.kind == "items" and not one.name), None)
    return items is not None and "enum" in links.shape(items).facts


def _otherwise(operation: Element, links: Links) -> bool:
    """Pages are asked for by a header, an extension says how, or the caller names what it wants (`?ids=`)."""
    extensions = operation.facts.get("extensions")
    if isinstance(extensions, dict) and any(one in extensions for one in _EXTENSIONS):
        return True
    known = in_force(operation, links) or {}
    if any(name.lower() == "header:range" for name in known):
        return True
    chosen = (one for one in known.values() if one.facts.get("in") == "query" and one.facts.get("required") is True)
    return any(words(parameter_name(one))[-1:] in (["ids"], ["uris"], ["keys"], ["codes"]) for one in chosen)


def optional(element: Element, links: Links) -> Iterator[Problem]:
    """A parameter that asks for a page is optional: without it, callers get the first page."""
    for parameter in _all(_paging(element, links)):
        if parameter.facts.get("required") is True:
            at = child(parameter.pointer, "required")
            yield Problem({"name": parameter_name(parameter)}, element=parameter, at=at)


def _all(found: dict[Role, list[Element]] | None) -> list[Element]:
    return [parameter for some in (found or {}).values() for parameter in some]


Bound = Literal["maximum", "minimum", "default"]


def bounded(element: Element, links: Links, *, needs: tuple[Bound, ...] = ("maximum",)) -> Iterator[Problem]:
    """The parameter for the size of a page says how large a page may be."""
    for parameter in (_paging(element, links) or {}).get("size", ()):
        facts = links.shape(parameter).facts
        if facts.get("type") == ("string",) or "enum" in facts:
            continue
        missing = [one for one in needs if one not in facts and _EXCLUSIVE.get(one, one) not in facts]
        if missing:
            yield Problem({"name": parameter_name(parameter), "missing": missing}, element=parameter)


_EXCLUSIVE: Final = {"maximum": "exclusiveMaximum", "minimum": "exclusiveMinimum"}


def named(element: Element, links: Links, *, names: Mapping[Role, tuple[str, ...]] | None = None) -> Iterator[Problem]:
    """The parameters for pages of an API have the agreed names; without `names`, one name for one thing."""
    found: dict[Role, list[Element]] = {}
    for operation in received(element, links):
        for role, asked in (_paging(operation, links) or {}).items():
            found.setdefault(role, []).extend(asked)
    for role, parameters in found.items():
        agreed = names.get(role, ()) if names else _usual(role, [parameter_name(one) for one in parameters])
        for parameter in parameters:
            name = parameter_name(parameter)
            if agreed and name not in agreed:
                said = {"value": name, "what": _WHAT[role], "agreed": " or ".join(agreed)}
                yield Problem(said, element=parameter, at=child(parameter.pointer, "name"))


_WHAT: Final = {"size": "size of a page", "cursor": "cursor", "offset": "offset", "page": "number of a page"}


def _usual(role: Role, found: list[str]) -> tuple[str, ...]:
    """The name that most have. Cursors come in pairs (`after`, `before`), so that several names are no fault there."""
    if role == "cursor" or not found:
        return ()
    return (Counter(found).most_common(1)[0][0],)


def style(element: Element, links: Links, *, use: Role) -> Iterator[Problem]:
    """An operation that returns pages uses the configured style."""
    found = _paging(element, links)
    if found and use not in found and _collection(element, links) is not None:
        other = next((role for role in ("cursor", "offset", "page") if role in found), None)
        if other is not None:
            yield Problem({"found": other, "wanted": use}, element=element)


def one_style(element: Element, links: Links) -> Iterator[Problem]:
    """No operation mixes cursors with offsets or page numbers."""
    found = _paging(element, links) or {}
    others = found.get("offset") or found.get("page")
    if "cursor" in found and others:
        yield Problem({"cursor": parameter_name(found["cursor"][0]), "other": parameter_name(others[0])})


def leads_on(element: Element, links: Links) -> Iterator[Problem]:
    """A page of a collection read by cursor says how to get the next: a link, a token, or that there is more."""
    found = _paging(element, links) or {}
    if "cursor" not in found or element.facts.get("method") != "GET":
        return
    if any(
        one.name.lower() == "link" for _, response in responses(element, links, "2XX") for one in response.of("header")
    ):
        return
    for _status, response, shape in bodies(element, links, "2XX"):
        if not _has_next(shape, links):
            yield Problem({"cursor": parameter_name(found["cursor"][0]), "operation": title(element)}, element=response)


def _has_next(shape: Element, links: Links) -> bool:
    fields = links.fields(shape)
    inner = [links.fields(links.shape(one)) for one in fields.values()] if len(fields) <= _SMALL else []
    names = (name for some in (fields, *inner) for name in some)
    return any(bare(name) in _NEXT or bare(name).startswith("next") for name in names) or not is_known(shape, links)


def envelope(
    element: Element, links: Links, *, array: tuple[str, ...] = (), members: tuple[str, ...] = ()
) -> Iterator[Problem]:
    """A page is an object with its items in an agreed field and one of `members` that leads on."""
    found = _collection(element, links)
    if found is None or not _paging(element, links):
        return
    fields = links.fields(found.body)
    if not found.field:
        yield Problem({"problem": "is a bare array"})
    elif array and found.field not in array:
        yield Problem({"problem": f"has its items in '{found.field}' instead of '{array[0]}'"})
    elif members and not any(one in fields for one in members):
        yield Problem({"problem": f"has no {' or '.join(members)}"})
