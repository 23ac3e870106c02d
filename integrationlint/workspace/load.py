"""Files to documents to elements: reads what is asked for, and whatever that refers to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from integrationlint.formats.formats import Match, build_fragment, recognise
from integrationlint.model.document import Document, Fault
from integrationlint.model.element import Element, Use
from integrationlint.model.errors import InputError
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.vocabulary import KIND_GROUPS
from integrationlint.parse.parsers import parse
from integrationlint.source.snapshot import Snapshot

_SHAPES = frozenset(KIND_GROUPS["shape"])


@dataclass(slots=True, eq=False)
class Loaded:
    """A document, what it was taken for (None: nothing that we know), and its root element.

    `kinds` lists its elements by kind in source order, `outward` the uses that name a file or a place in one,
    `places` the elements by pointer (made when somebody asks).
    """

    document: Document
    match: Match | None
    root: Element
    kinds: dict[str, list[Element]] = field(default_factory=dict)
    outward: list[Use] = field(default_factory=list)
    places: dict[str, Element] | None = None

    @property
    def format(self) -> str:
        """The name of its format, empty for none."""
        return self.match.kind if self.match is not None else ""

    def add(self, top: Element) -> list[Use]:
        """Enter a tree of elements into the lists; the uses in it that name a file."""
        kinds = self.kinds
        found: list[Use] = []
        for element in top.walk():
            known = kinds.get(element.kind)
            if known is None:
                kinds[element.kind] = [element]
            else:
                known.append(element)
            if element.uses:
                found.extend(use for use in element.uses if use.key.startswith(("pointer:", "file:", "schema:")))
            if self.places is not None:
                self.places.setdefault(element.pointer, element)
        return found

    def at(self, pointer: str, expects: str = "") -> Element | None:
        """The element declared at a pointer; where a schema is expected, the shape among those written there."""
        if self.places is None:
            self.places = {}
            for element in self.root.walk():
                self.places.setdefault(element.pointer, element)
        found = self.places.get(pointer)
        while found is not None and expects == "schema" and found.kind not in _SHAPES:
            found = next((one for one in found.children if one.pointer == pointer), None)
        return found


def load(snapshot: Snapshot, paths: Iterable[str], limits: Limits = DEFAULT_LIMITS) -> dict[str, Loaded]:
    """The documents at `paths` and, transitively, the files of the snapshot that they refer to, sorted by path."""
    loaded: dict[str, Loaded] = {}
    pending: list[Use] = []
    for path in paths:
        pending.extend(_open(snapshot, path, limits, loaded))
    while pending:
        use = pending.pop()
        path, pointer = target_of(use.key)
        if not path:
            continue
        if path not in loaded:
            if not snapshot.exists(path):
                continue
            pending.extend(_open(snapshot, path, limits, loaded))
        if use.expects and loaded[path].at(pointer, use.expects) is None:
            pending.extend(_fragment(loaded[path], pointer, use.expects))
    return dict(sorted(loaded.items()))


def target_of(key: str) -> tuple[str, str]:
    """The path and pointer that a use's key names; an empty path for keys that name no file."""
    kind, _, rest = key.partition(":")
    if kind == "file":
        return rest, ""
    if kind in ("pointer", "schema") and "#" in rest:
        path, _, pointer = rest.partition("#")
        return path, pointer
    return "", ""


def _open(snapshot: Snapshot, path: str, limits: Limits, loaded: dict[str, Loaded]) -> list[Use]:
    if path in loaded:
        return []
    document = _document(snapshot, path, limits)
    found = recognise(document)
    root = found[1].build(document) if found is not None else Element("document", "", document)
    for fault in document.faults:
        facts: dict[str, object] = {"code": fault.code, "message": fault.message, "fatal": fault.fatal}
        Element("fault", fault.code, document, parent=root, facts=facts, span=fault.span)
    one = loaded[path] = Loaded(document, found[0] if found is not None else None, root)
    return one.add(root)


def _document(snapshot: Snapshot, path: str, limits: Limits) -> Document:
    try:
        return parse(path, snapshot.read(path), limits)
    except InputError as error:
        return Document(path, "text", None, "", faults=(Fault("unreadable", error.message),))


def _fragment(loaded: Loaded, pointer: str, expects: str) -> list[Use]:
    element = build_fragment(loaded.document, pointer, expects)
    if element is None:
        return []
    if loaded.match is None:
        loaded.match = Match("openapi", "", f"referred to as {expects} by another document")
    element.parent = loaded.root
    loaded.root.children.append(element)
    return loaded.add(element)
