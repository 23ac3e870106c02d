"""Which document of the head is which of the base: by path, then by what a document says it is."""

from collections.abc import Callable, Mapping
from posixpath import basename

from integrationlint.model.element import Element

Pair = tuple[Element | None, Element | None]


def paired(base: Mapping[str, Element], head: Mapping[str, Element]) -> list[Pair]:
    """The root elements of both sides in pairs, by path: of files that stayed, moved, went and came.

    What moved is known by what it says it is, by the name of the file, or because nothing else moved.
    """
    pairs: dict[str, Pair] = {path: (base[path], head[path]) for path in base.keys() & head.keys()}
    gone = {path: root for path, root in base.items() if path not in head}
    new = {path: root for path, root in head.items() if path not in base}
    for same in (identity, _file, _kind):
        if same is _kind and (len(gone), len(new)) != (1, 1):
            continue
        mine, yours = _unique(gone, same), _unique(new, same)
        for mark in mine.keys() & yours.keys():
            pairs[yours[mark]] = (gone.pop(mine[mark]), new.pop(yours[mark]))
    pairs |= {path: (root, None) for path, root in gone.items()}
    pairs |= {path: (None, root) for path, root in new.items()}
    return [pairs[path] for path in sorted(pairs)]


def _unique(roots: Mapping[str, Element], same: Callable[[Element], str]) -> dict[str, str]:
    """The paths of the roots by their marks, without those that several have; an empty mark is none."""
    found: dict[str, list[str]] = {}
    for path, root in roots.items():
        found.setdefault(same(root), []).append(path)
    return {mark: paths[0] for mark, paths in found.items() if mark and len(paths) == 1}


def _kind(root: Element) -> str:
    return root.kind if root.kind != "document" else ""


def _file(root: Element) -> str:
    return f"{root.kind} {basename(root.document.path)}"


def identity(root: Element) -> str:
    """What a document says it is, wherever it lies: title, namespace, or the names of its flows; empty for nothing."""
    said = root.facts.get("namespace") or root.facts.get("title") or root.facts.get("id")
    names = [str(said)] if said else sorted(one.name for one in root.of("flow"))
    text = " ".join(names)
    return f"{root.kind} {text}" if text else ""
