"""What a document is to say after its fixes: the proof that an edit of the text did that and nothing else."""

from collections.abc import Callable, Iterable
from typing import cast

from integrationlint.model.document import Document, XmlNode
from integrationlint.model.fix import Fix, Repair
from integrationlint.model.location import tokens

Holder = dict[str, object] | list[object]


def as_intended(before: Document, after: Document, fixes: Iterable[Fix]) -> bool:
    """Whether a document, read again, differs from what it was by the repairs of the fixes alone."""
    if after.syntax != before.syntax or len(after.faults) > len(before.faults):
        return False
    repairs = [repair for fix in fixes for repair in fix.repairs]
    if isinstance(before.value, XmlNode):
        gone = frozenset(one.pointer for one in repairs if one.action == "remove")
        return isinstance(after.value, XmlNode) and _said(before.value, gone) == _said(after.value)
    try:
        wanted = _repaired(before.value, repairs)
    except (KeyError, IndexError, TypeError, ValueError):
        return False
    # As text, for it tells 1 from true and 1.0, and minds the order.
    return repr(wanted) == repr(after.value)


def _repaired(value: object, repairs: Iterable[Repair]) -> object:
    """The value with the repairs made, from the last item of a list to the first so that indexes stay true."""
    by_place = sorted(
        repairs, key=lambda one: [(int(at), "") if at.isdecimal() else (0, at) for at in tokens(one.pointer)]
    )
    for one in reversed(by_place):
        if one.action in _CHANGES:
            value = _changed(value, tokens(one.pointer), one)
    return value


def _changed(value: object, path: list[str], repair: Repair) -> object:
    """A copy along a path, so that what aliases share with it stays as it is."""
    root = here = _copy(value)
    for token in path[:-1]:
        key = cast("str", int(token) if isinstance(here, list) else token)
        below = _copy(cast("dict[str, object]", here)[key])
        cast("dict[str, object]", here)[key] = below
        here = below
    _CHANGES[repair.action](here, path[-1], repair)
    return root


def _copy(value: object) -> Holder:
    if isinstance(value, dict | list):
        return value.copy()
    raise TypeError(value)


def _set(here: Holder, token: str, repair: Repair) -> None:
    if isinstance(here, list):
        here[int(token)] = repair.value
    else:
        here[token] = repair.value


def _remove(here: Holder, token: str, _repair: Repair) -> None:
    if isinstance(here, list):
        del here[int(token)]
    else:
        del here[token]


def _insert(here: Holder, token: str, repair: Repair) -> None:
    if isinstance(here, list) or token in here:
        raise KeyError(token)
    _refill(here, [one for key, old in here.items() for one in _with(key, old, token, repair)])


def _with(key: str, value: object, token: str, repair: Repair) -> list[tuple[str, object]]:
    return [(key, value), (token, repair.value)] if key == repair.beside else [(key, value)]


def _rename(here: Holder, token: str, repair: Repair) -> None:
    name = str(repair.value)
    if isinstance(here, list) or name in here:
        raise KeyError(name)
    _refill(here, [(name if key == token else key, value) for key, value in here.items()])


def _refill(here: dict[str, object], members: list[tuple[str, object]]) -> None:
    here.clear()
    here.update(members)


_CHANGES: dict[str, Callable[[Holder, str, Repair], None]] = {
    "set": _set,
    "insert": _insert,
    "remove": _remove,
    "rename": _rename,
}


def _said(root: XmlNode, gone: frozenset[str] = frozenset()) -> list[tuple[object, ...]]:
    """Names, attributes, texts and depth of all elements but those that are gone, with what is in them."""
    found: list[tuple[object, ...]] = []
    stack = [(root, 0)]
    while stack:
        node, depth = stack.pop()
        if node.pointer not in gone:
            found.append((depth, node.name, sorted(node.attributes.items()), node.text.strip()))
            stack += [(one, depth + 1) for one in reversed(node.children)]
    return found
