"""Which document of the head is which of the base: by path, then by what a document says it is."""

from collections.abc import Callable, Iterable, Mapping

from integrationlint.model.element import Element

Pair = tuple[Element | None, Element | None]


def paired(base: Mapping[str, Element], head: Mapping[str, Element]) -> list[Pair]:
    """The root elements of both sides in pairs, by path: of files that stayed, moved, went and came."""
    pairs: dict[str, Pair] = {path: (base[path], head[path]) for path in base.keys() & head.keys()}
    gone = {path: root for path, root in base.items() if path not in head}
    new = {path: root for path, root in head.items() if path not in base}
    for same in (identity, _kind if len(gone) == 1 == len(new) else identity):
        for path, root in list(gone.items()):
            found = _only(same(root), new, same)
            if found is not None and _only(same(root), gone, same) == path:
                pairs[found] = (gone.pop(path), new.pop(found))
    pairs |= {path: (root, None) for path, root in gone.items()}
    pairs |= {path: (None, root) for path, root in new.items()}
    return [pairs[path] for path in sorted(pairs)]


def _only(name: str, roots: Mapping[str, Element], same: Callable[[Element], str]) -> str | None:
    found = [path for path, root in roots.items() if name and same(root) == name]
    return found[0] if len(found) == 1 else None


def _kind(root: Element) -> str:
    return root.kind


def identity(root: Element) -> str:
    """What a document says it is, wherever it lies: title, namespace, or the names of its flows; empty for nothing."""
    said = root.facts.get("namespace") or root.facts.get("title") or root.facts.get("id")
    names: Iterable[str] = [str(said)] if said else sorted(one.name for one in root.of("flow"))
    text = " ".join(names)
    return f"{root.kind} {text}" if text else ""
