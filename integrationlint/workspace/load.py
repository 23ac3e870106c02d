"""Files to documents to elements: reads what is asked for, and whatever that refers to."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from integrationlint.formats.formats import Match, build_fragment, recognise
from integrationlint.model.document import Document, Fault
from integrationlint.model.element import Element, Use
from integrationlint.model.errors import InputError
from integrationlint.model.limits import DEFAULT_LIMITS, Limits
from integrationlint.model.vocabulary import KIND_GROUPS
from integrationlint.parse.parsers import parse
from integrationlint.source.snapshot import Snapshot

_PATHS: Final = frozenset(KIND_GROUPS["operation-group"])
# The kinds that a reference may mean where it stands; everywhere else the kind has the name of the expectation.
_EXPECTED: Final = {
    "schema": frozenset(KIND_GROUPS["shape"]),
    "parameter": frozenset({"parameter", "request"}),  # the body is a parameter in Swagger 2.0
    "path": _PATHS,
    "webhook": _PATHS,
}
# References to a part of what another one refers to read the same values again: some do, thousands are an attack.
_FREE: Final = 100_000
_MOST_REPEATED: Final = 4
_TOO_MANY: Final = Fault("limit", "the parts that are referred to repeat each other too often", fatal=False)
_FILES: Final = ("pointer:", "file:", "schema:", "anchor:")


# Something loaded, and the uses in it that name a file, each with its element.
Made = tuple["Loaded", list[tuple[Element, Use]]]
Make = Callable[[str], Made]


@dataclass(slots=True, eq=False)
class Loaded:
    """A document, what it was taken for (None: nothing that we know), and its root element.

    `kinds` lists its elements by kind, `places` the elements by pointer (made when somebody asks). `owner` is the
    contract that the parts of a file without a format belong to, `parts` are those that references asked for, and
    `made` is how many elements they have, of the `most` that they may have (0: not yet counted).
    `failure` says why a format could not build it, empty when it could.
    """

    document: Document
    match: Match | None
    root: Element
    owner: Document
    failure: str = ""
    kinds: dict[str, list[Element]] = field(default_factory=dict)
    places: dict[str, Element] | None = None
    parts: dict[str, list[Element]] = field(default_factory=dict)
    made: int = 0
    most: int = 0

    @property
    def format(self) -> str:
        """The name of its format, empty for none."""
        return self.match.kind if self.match is not None else ""

    def add(self, top: Element) -> list[tuple[Element, Use]]:
        """Enter a tree of elements into the lists; the uses in it that name a file, each with its element."""
        kinds = self.kinds
        found: list[tuple[Element, Use]] = []
        for element in top.walk():
            known = kinds.get(element.kind)
            if known is None:
                kinds[element.kind] = [element]
            else:
                known.append(element)
            if element.uses:
                found.extend((element, use) for use in element.uses if use.key.startswith(_FILES))
            if self.places is not None:
                self.places.setdefault(element.pointer, element)
        return found

    def at(self, pointer: str, expects: str = "") -> Element | None:
        """The element declared at a pointer; where several are, the one that is expected, else the outermost."""
        if self.places is None:
            self.places = {}
            for element in self.root.walk():
                self.places.setdefault(element.pointer, element)
        found = self.places.get(pointer) if pointer else self.root
        if found is None or not expects or _fits(found, expects):
            return found
        waiting: list[Element] = [found, *self.parts.get(pointer, ())]
        for one in waiting:
            if _fits(one, expects):
                return one
            if one.children and one.children[0].pointer == one.pointer:  # the schema of a Swagger 2.0 parameter
                waiting.append(one.children[0])
        return found

    def lacks(self, pointer: str, expects: str) -> bool:
        """Whether what is expected there is still to be made of the plain values of the document."""
        found = self.at(pointer, expects)
        return found is None or (found.kind == "document" and bool(expects))

    def is_full(self) -> bool:
        """Whether the parts repeat each other so often that no more are made; the first time that is a fault."""
        if self.made <= max(_FREE, self.most):
            return False
        self.most = self.most or _MOST_REPEATED * _size(self.document.value)
        if self.made <= self.most:
            return False
        if not any(one.name == _TOO_MANY.code for one in self.root.of("fault")):
            self.add(fault_of(self.root, _TOO_MANY))
        return True


def _size(value: object) -> int:
    """How many values there are in a value, itself included."""
    waiting = [value]
    for one in waiting:
        waiting += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
    return len(waiting)


def fault_of(root: Element, fault: Fault) -> Element:
    """The element of what a parser met, or of a limit, below the root of its document."""
    facts: dict[str, object] = {"code": fault.code, "message": fault.message, "fatal": fault.fatal}
    return Element("fault", fault.code, root.document, parent=root, facts=facts, span=fault.span)


def _fits(element: Element, expects: str) -> bool:
    return element.kind in _EXPECTED[expects] if expects in _EXPECTED else element.kind == expects


def load(
    snapshot: Snapshot, paths: Iterable[str], limits: Limits = DEFAULT_LIMITS, known: Make | None = None
) -> dict[str, Loaded]:
    """The documents at `paths` and, transitively, the files of the snapshot that they refer to, sorted by path.

    `known` gives what a path holds, where somebody remembers it from other snapshots: such are left as they are.
    """
    made = known or (lambda path: made_of(document_at(snapshot, path, limits)))
    ours: set[str] = set()
    loaded: dict[str, Loaded] = {}
    pending = [found for path in sorted(set(paths)) for found in _open(made, path, loaded)]
    while pending:
        # By key, so that a whole comes before its parts, and who refers to it first does not depend on anything else.
        wanted: dict[tuple[str, str], Element] = {}
        for source, use in pending:
            wanted.setdefault((use.key, use.expects), source)
        pending = []
        for (key, expects), source in sorted(wanted.items(), key=lambda item: item[0]):
            path, pointer = target_of(key)
            if path and path not in loaded and snapshot.exists(path):
                pending += _open(made, path, loaded)
            target = loaded.get(path)
            if target is not None and expects and key.startswith("pointer:") and target.lacks(pointer, expects):
                if known is not None and path not in ours:
                    ours.add(path)
                    target = loaded[path] = made_of(target.document)[0]
                pending += _add_part(target, pointer, expects, source, loaded[source.document.path])
    for one in loaded.values():
        # Parts stand behind what the format built, by place: whoever is the first to refer to one changes no address.
        parts = (part for found in one.parts.values() for part in found)
        one.root.children.extend(sorted(parts, key=lambda part: (part.pointer, part.kind)))
        one.root.seal()
    return dict(sorted(loaded.items()))


def load_plain(snapshot: Snapshot, paths: Iterable[str], limits: Limits = DEFAULT_LIMITS) -> dict[str, Loaded]:
    """The documents at `paths` for those who ask for no elements, sorted by path; each has its faults alone."""
    return {path: plain(snapshot, path, limits) for path in sorted(set(paths))}


def plain(snapshot: Snapshot, path: str, limits: Limits) -> Loaded:
    """One document without elements."""
    return made_of(document_at(snapshot, path, limits), elements=False)[0]


def target_of(key: str) -> tuple[str, str]:
    """The path and pointer (or name) that a use's key names; an empty path for keys that name no file."""
    kind, _, rest = key.partition(":")
    if kind == "file":
        return rest, ""
    if kind == "pointer":
        path, mark, pointer = rest.partition("#/")
        return (path, f"/{pointer}") if mark else (rest.removesuffix("#"), "")
    if kind in ("schema", "anchor") and "#" in rest:
        path, _, name = rest.partition("#")
        return path, name
    return "", ""


def _open(made: Make, path: str, loaded: dict[str, Loaded]) -> list[tuple[Element, Use]]:
    if path in loaded:
        return []
    loaded[path], uses = made(path)
    return uses


def made_of(document: Document, *, elements: bool = True) -> Made:
    """What a document alone holds, whatever refers to it, and the uses in it that name a file."""
    match, root, failure = _built(document, elements=elements)
    for fault in document.faults:
        fault_of(root, fault)
    one = Loaded(document, match, root, document, failure)
    return one, one.add(root)


def _built(document: Document, *, elements: bool) -> tuple[Match | None, Element, str]:
    """What a document is, its elements, and why they could not be built: a format never takes the run with it."""
    try:
        found = recognise(document)
        if found is not None:
            return found[0], found[1].build(document) if elements else Element("document", "", document), ""
    except Exception as error:  # noqa: BLE001  a bug of ours in one format is told, and the other files are checked
        return None, Element("document", "", document), f"{type(error).__name__}: {error}"
    return None, Element("document", "", document), ""


def document_at(snapshot: Snapshot, path: str, limits: Limits) -> Document:
    """The parsed file; one that the snapshot cannot give has a fault."""
    try:
        return parse(path, snapshot.read(path), limits)
    except InputError as error:
        return Document(path, "text", None, "", faults=(Fault("unreadable", error.message),))


def _add_part(target: Loaded, pointer: str, expects: str, source: Element, by: Loaded) -> list[tuple[Element, Use]]:
    """Make the element of a part that no format made one of; the uses in it that name a file.

    A file that nobody knows is, from then on, a part of the contract that refers to it, and of its format.
    """
    if target.match is None and target.owner is target.document:
        target.owner = by.owner
    if target.is_full():
        return []
    name = str(source.facts.get("template", "")) if expects in ("path", "webhook") else ""
    element = build_fragment(target.document, pointer, expects, name=name, owner=target.owner)
    if element is None:
        return []
    if target.match is None and by.match is not None:
        target.match = replace(by.match, evidence=f"referred to as {expects} by {by.document.path}")
    element.parent = target.root
    target.parts.setdefault(pointer, []).append(element)
    target.made += sum(1 for _ in element.walk())
    return target.add(element)
