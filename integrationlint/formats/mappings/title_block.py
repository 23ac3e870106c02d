"""What a specification says of itself: title rows above a header, comment rows, or the keys of a document."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from integrationlint.formats.mappings.labels import SOURCE, TARGET, label_words, read_label, side_of
from integrationlint.formats.mappings.lines import Written
from integrationlint.formats.mappings.schemas import Schema, read_schema
from integrationlint.model.document import Row

_FACTS: Final[Mapping[str, str]] = {
    "title": "mapping, mapping name, title, name, interface, interface name, integration, mapping id, id,"
    " titulo, titel",
    "version": "version, revision, mapping version, spec version, specification version, versao",
    "owner": "owner, mapping owner, author, responsible, team, prepared by, contact, autor, responsavel",
    "description": "description, purpose, scope, summary, descricao, beschreibung",
    "coverage": "coverage",
}
_FACT_OF: Final = {phrase.strip(): fact for fact, text in _FACTS.items() for phrase in text.split(",")}
# What else a reviewer asks for; kept among the extensions.
_EXTRA: Final = frozenset(
    ["status", "reviewer", "reviewed by", "review date", "approved by", "date", "change", "ticket", "last updated"]
)
# A side's name for itself, from the one that can be found to the one that cannot.
_SCHEMA_NOUNS: Final = ("schema", "contract", "file", "message", "structure", "type", "object", "table", "entity", "")


def key_of(text: str) -> tuple[str, str]:
    """The fact of the mapping that a key states and '', or the noun and the side it is for; ('', '') for neither."""
    words = label_words(text)
    phrase = " ".join(words)
    if phrase in _FACT_OF:
        return _FACT_OF[phrase], ""
    if phrase in _EXTRA:
        return phrase, ""
    side, rest = side_of(words)
    noun = " ".join(rest).removesuffix(" name")
    if side and noun in (*_SCHEMA_NOUNS, "version", "system", "application", "interface", "format"):
        return noun, side
    label = read_label(text) if side else None
    return ("table", side) if label and label.role == "object" else ("", "")


def title_pairs(rows: Iterable[Row]) -> Iterator[tuple[str, Written]]:
    """The keys and values of title and comment rows: `# source: X`, `Source Schema: X`, `Source,X`, `Source:,X`."""
    for row in rows:
        cells = [(f"/{row.number}/{at}", cell.strip()) for at, cell in enumerate(row.cells, 1) if cell.strip()]
        index = 0
        while index < len(cells):
            pointer, text = cells[index]
            index += 1
            key, colon, value = text.lstrip("#/*- ").partition(":")
            if key_of(key) == ("", ""):
                continue
            if value.strip():
                yield key, Written(value.strip(), pointer)
            elif index < len(cells) and (colon or len(cells) <= 4):
                yield key, Written(cells[index][1], cells[index][0])
                index += 1


def read_facts(pairs: Iterable[tuple[str, Written]]) -> dict[str, object]:
    """The facts of the mapping that the pairs state, the first of each; what else is known goes to `extensions`."""
    facts: dict[str, object] = {}
    extra: dict[str, str] = {}
    for key, written in pairs:
        fact, side = key_of(key)
        if side or not fact or not written.given:
            continue
        if fact in _FACTS:
            facts.setdefault(fact, written.given)
        else:
            extra.setdefault(fact, written.given)
    if extra:
        facts["extensions"] = extra
    return facts


def read_schemas(path: str, pairs: Sequence[tuple[str, Written]]) -> dict[str, Schema]:
    """The schema of each side that the pairs name; of several, one in a file first, then by the noun they use."""
    found: dict[str, tuple[tuple[bool, int], Schema]] = {}
    versions: dict[str, str] = {}
    for key, written in pairs:
        noun, side = key_of(key)
        if side and noun == "version":
            versions.setdefault(side, written.given)
    for key, written in pairs:
        noun, side = key_of(key)
        if not side or noun not in _SCHEMA_NOUNS:
            continue
        schema = read_schema(path, written.given, written.pointer, versions.get(side, ""))
        if schema is None:
            continue
        order = schema.tier != "declared", _SCHEMA_NOUNS.index(noun)
        if side not in found or order < found[side][0]:
            found[side] = order, schema
    return {side: found[side][1] for side in (SOURCE, TARGET) if side in found}
