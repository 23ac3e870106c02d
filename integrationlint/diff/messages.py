"""Changes between the parts of two messages: bodies, headers, values; and the references between parts."""

from collections.abc import Iterable
from typing import Final

from integrationlint.diff.comparison import BOTH, NONE, RESPONSE, Comparison, made
from integrationlint.diff.lifecycle import stability, sunset
from integrationlint.diff.sets import NARROWER, OTHER, SAME, WIDER, Effect
from integrationlint.diff.shapes import says_something
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.vocabulary import KIND_GROUPS

PATHS: Final = KIND_GROUPS["operation-group"]
_LONGEST_CHAIN: Final = 50


def target(element: Element, links: Links) -> Element:
    """The element that a reference object stands for, or the element itself."""
    kinds = PATHS if element.kind in PATHS else (element.kind,)
    for _ in range(_LONGEST_CHAIN):
        edges = links.edges(element) if element.uses else ()
        following = next((edge.target for edge in edges if edge.use.role == "contains"), None)
        if following is None or following.kind not in kinds:
            return element
        element = following
    return element


def compare_told(run: Comparison, before: Element, after: Element, facts: Iterable[str], direction: str) -> None:
    """Facts that mean something to people, and nothing to a message."""
    for fact in facts:
        old, new = before.facts.get(fact), after.facts.get(fact)
        if old != new and (old or new):
            run.report(made("changed", before, after, direction, SAME, fact=fact, old=old, new=new))


def compare_life(run: Comparison, before: Element, after: Element) -> None:
    """How stable a part is and until when it stays, as it says itself."""
    for fact, say in (("sunset", sunset), ("stability", stability)):
        old, new = say(before), say(after)
        if old != new:
            facts = {"deprecated": before.facts.get("deprecated") is True and after.facts.get("deprecated") is True}
            run.report(made("changed", before, after, NONE, SAME, fact=fact, old=old, new=new, facts=facts))


def required(element: Element) -> bool:
    """Whether a part has to be there."""
    return element.facts.get("required") is True


def compare_required(run: Comparison, before: Element, after: Element, direction: str) -> None:
    """Whether a part has to be there, now and before; there is no path without its parameters, whatever they say."""
    old, new = required(before), required(after)
    if old != new and not before.facts.get("in") == after.facts.get("in") == "path":
        effect = NARROWER if new else WIDER
        facts = {"required": new}
        run.report(made("changed", before, after, direction, effect, fact="required", old=old, new=new, facts=facts))


def compare_media(run: Comparison, before: Element, after: Element, direction: str) -> None:
    """The media types of a body, and what each of them holds."""
    old, new = _media(before), _media(after)
    around = run.around.part
    # Which of the types of an answer they get is what callers ask for.
    where = BOTH if direction == RESPONSE else direction
    for name, media in old.items():
        run.around = run.around._replace(part=_part(name, around))
        if name in new:
            _compare_schema(run, media, new[name], direction)
        else:
            run.report(made("removed", media, None, where, NARROWER))
    for name, media in new.items():
        if name not in old:
            run.report(made("added", None, media, where, WIDER))


def _part(name: str, around: str) -> str:
    """What a value in a media type is in: numbers are written as text in XML, forms and plain text."""
    kind = name.partition(";")[0].strip()
    if around.endswith("parameter"):
        return "content of a parameter"
    plain = kind.startswith("text/") and not kind.endswith(("json", "yaml"))
    return "text" if plain or kind.endswith("xml") or kind == "application/x-www-form-urlencoded" else "body"


def _media(holder: Element) -> dict[str, Element]:
    """By type without parameters (RFC 9110 section 8.3.1), unless those tell two apart."""
    found: dict[str, Element] = {}
    for one in holder.of("media"):
        whole = one.name.lower()
        short = whole.partition(";")[0].strip()
        found.setdefault(whole if short in found else short, one)
    return found


def compare_value(run: Comparison, before: Element, after: Element, direction: str) -> None:
    """The value of a parameter or header, written as text by its style or in a media type."""
    old, new = ("media" if any(one.of("media")) else "text" for one in (before, after))
    if old != new:
        run.report(made("changed", before, after, direction, OTHER, fact="content", old=old, new=new))
    elif old == "media":
        compare_media(run, before, after, direction)
    else:
        _compare_schema(run, before, after, direction)


def _compare_schema(run: Comparison, before: Element, after: Element, direction: str) -> None:
    old, new = schema_of(before, run.base), schema_of(after, run.head)
    if old is not None and new is not None:
        run.compare(old, new, direction)
    elif old is not None and says_something(old, run.base):
        run.report(made("removed", old, None, direction, WIDER))
    elif new is not None and says_something(new, run.head):
        run.report(made("added", None, new, direction, NARROWER))


def schema_of(holder: Element, links: Links) -> Element | None:
    """The schema of a parameter, header or media type, its own or that of the type which it stands beside."""
    own = next(holder.of("schema"), None)
    if own is None:
        own = next((edge.target for edge in links.edges(holder) if edge.target.kind == "schema"), None)
    return own


def compare_headers(run: Comparison, before: Element, after: Element, direction: str) -> None:
    """The headers of a response; their names have no case (RFC 9110 section 5.1)."""
    old = {one.name.lower(): target(one, run.base) for one in before.of("header")}
    new = {one.name.lower(): target(one, run.head) for one in after.of("header")}
    run.around = run.around._replace(part="header")
    for name, header in old.items():
        if name in new:
            compare_required(run, header, new[name], direction)
            compare_told(run, header, new[name], ("deprecated",), NONE)
            compare_value(run, header, new[name], direction)
        else:
            gone: Effect = (True, not required(header))
            run.report(made("removed", header, None, direction, gone, facts={"required": required(header)}))
    for name, header in new.items():
        if name not in old:
            come: Effect = (not required(header), True)
            run.report(made("added", None, header, direction, come, facts={"required": required(header)}))


def compare_links(run: Comparison, before: Element, after: Element) -> None:
    """The links of a response, which clients may follow: what they lead to, and with which parameters."""
    old = {one.name: target(one, run.base) for one in before.of("link")}
    new = {one.name: target(one, run.head) for one in after.of("link")}
    for name, link in old.items():
        if name in new:
            compare_told(run, link, new[name], ("operationId", "operationRef", "parameters"), RESPONSE)
        else:
            run.report(made("removed", link, None, RESPONSE, SAME))
    for name, link in new.items():
        if name not in old:
            run.report(made("added", None, link, RESPONSE, SAME))
