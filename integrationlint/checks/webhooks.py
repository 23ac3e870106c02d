"""What an API calls itself: webhooks and callbacks."""

from collections.abc import Iterator

from integrationlint.checks.resolved import followed, header_name, in_force
from integrationlint.model.element import Element
from integrationlint.model.links import Links
from integrationlint.model.rule import Problem


def described(element: Element, links: Links, *, methods: tuple[str, ...] = ("POST",)) -> Iterator[Problem]:
    """A message that an API sends has one of the methods, a text that says when it comes, and a body with a schema."""
    if element.facts.get("direction") != "out":
        return
    method = element.facts.get("method")
    if methods and method not in methods:
        yield Problem({"problem": f"is sent with {method}, and not with {' or '.join(methods)}"})
    elif not _text(element) and not (element.parent is not None and _text(element.parent)):
        yield Problem({"problem": "does not say when it is sent: no summary or description"})
    elif method in ("POST", "PUT", "PATCH") and not _has_schema(element, links):
        yield Problem({"problem": "does not say what is in it: no request body with a schema"})


def _text(element: Element) -> bool:
    return any(str(element.facts.get(fact) or "").strip() for fact in ("summary", "description"))


def _has_schema(operation: Element, links: Links) -> bool:
    for written in operation.of("request"):
        request = followed(written, links)
        if request is None or any(next(media.of("schema"), None) is not None for media in request.of("media")):
            return True
    return False


def signed(element: Element, links: Links, *, names: tuple[str, ...]) -> Iterator[Problem]:
    """A message that an API sends has a header that proves who sent it; in `names` a `*` stands for any beginning."""
    known = in_force(element, links) if element.facts.get("direction") == "out" else None
    if known is None:
        return
    headers = [header_name(one).lower() for one in known.values() if header_name(one)]
    if element.facts.get("security"):
        return
    wanted = [one.lower() for one in names]
    if not any(name == one or (one[:1] == "*" and name.endswith(one[1:])) for name in headers for one in wanted):
        yield Problem()
