"""What the columns and keys of a mapping specification mean: the synonyms, as data.

The names are those observed in published specifications, in English, German, Portuguese, Spanish and French.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from integrationlint.formats.mappings.memory import remembered

SOURCE: Final = "source"
TARGET: Final = "target"
LONGEST_LABEL: Final = 80
# Ranks order the columns that share a role; from this one on the name alone proves nothing.
VAGUE: Final = 4

_SIDES: Final[Mapping[str, str]] = {
    SOURCE: "source src from sender sending input in inbound origin origem origen origine quelle quell",
    TARGET: "target tgt to receiver receiving output out outbound dest destination destino cible ziel sink",
}
# What either side has: role, rank, and the phrases for it, separated by commas.
_SIDED: Final = (
    ("field", 0, "path, xpath, jsonpath, json path, field path, full path, json pointer, caminho, pfad"),
    ("field", 1, "field, column, attribute, element, property, campo, atributo, coluna, columna, feld, spalte, champ"),
    ("field", 1, "col, colonne, attribut, elemento, datenfeld, technical name"),
    ("field", 2, "identifier, item"),
    ("field", VAGUE, "name, key"),
    ("object", 0, "schema, contract, esquema"),
    ("object", 1, "message, structure, type name, estrutura, nachricht"),
    ("object", 2, "table, object, entity, segment, resource, record, dataset, model, tabela, tabla, tabelle, entidade"),
    ("object", 3, "file, document"),
    ("system", 0, "system, application, interface, database, sistema, anwendung, app"),
    ("code", 0, "code"),
    ("type", 0, "type, data type, datatype, column type, field type, format, tipo, tipo de dado, datentyp, typ"),
    ("type", 2, "data type mapping"),
    ("length", 0, "length, max length, maxlength, maximum length, size, max size, tamanho, laenge, lange, longueur"),
    ("precision", 0, "precision"),
    ("scale", 0, "scale, decimals, decimal places"),
    ("required", 0, "required, mandatory, req, usage, obrigatorio, obligatorio, pflicht, pflichtfeld, optionality"),
    ("required", 0, "is required, is mandatory, not null"),
    ("nullable", 0, "nullable, null, optional, is nullable, allows null, allow null, nullable column, opcional"),
    ("minimum", 0, "cardinality min, min occurs, minoccurs, min, min cardinality"),
    ("maximum", 0, "cardinality max, max occurs, maxoccurs, max use, repeat, max, max cardinality"),
    ("cardinality", 0, "cardinality, occurrence, occurrences, occurs, kardinalitaet, cardinalidade"),
)
# What a line has once.
_PLAIN: Final[Mapping[str, str]] = {
    "expression": "transformation, transformation logic, transformation rule, transformation rules, transformations,"
    " transform, transforms, mapping rule, functional mapping rule, technical mapping rule, mapping logic,"
    " mapping expression, mapping, rule, rules, logic, assignment, expression, formula, conversion, conversion rule,"
    " derivation, derivation rule, script, function, sql expression, regra, regra de transformacao, regel,"
    " abbildungsregel, regla, regle, transformacao, transformacion, umwandlung",
    "operation": "approach, operation, op, mapping type, transformation type, transform type, rule type, method",
    "condition": "condition, condition if true, computable antlr, computable fhirpath, case, when, if, precondition,"
    " filter, guard, condicao, condicion, bedingung, only if",
    "default": "default, default value, defaultvalue, fallback, fallback value, valor padrao, standardwert, on null",
    "constant": "constant, constant value, fixed value, fixed, hardcoded value, hard coded value, hardcoded, literal,"
    " static value, const, valor fixo, konstante, festwert",
    "lookup": "lookup, lookup table, lookup name, vocabulary mapping, crossref, cross reference, linking rule, "
    " relation, value map, valuemap, value mapping, code map, code mapping, translation table, code list, concept map,"
    " crosswalk, domain value map, dvm, xref",
    "status": "status, mapping status, review status, state, approval status",
    "classification": "pii, classification, confidential, confidentiality, data classification, data class,"
    " sensitivity, sensitive, personal data, is pii, privacy, gdpr, phi, pii class, pii classification,"
    " datenklasse, klassifizierung, classificacao",
    "iterate": "iterate, iterate over, loop, loop over, for each, foreach, iteration, repeat over, schleife",
    "description": "comments, comment, notes, note, remarks, remark, business rule, description, narrative, definition,"
    " observacao, observacoes, descricao, descripcion, beschreibung, bemerkung, bemerkungen, kommentar, commentaire",
    "key": "is key, primary key, key column",
    "number": "no, nr, number, line, line number, seq, sequence, sort order, order, rule id, mapping id, row, id",
}
# Roles that only a mapping has a use for: they tell it from a list of edges, redirects or translations.
PROOFS: Final = frozenset("expression operation condition default constant lookup classification iterate".split())
# Columns of such lists.
OTHER_TABLES: Final = frozenset(
    "weight port ports protocol ip service latency distance amount language locale redirect bandwidth action".split()
)

_FILLERS: Final = frozenset("map maps mapped mapping primary main".split())
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BRACKETED = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Label:
    """What a header cell or a key means: `side` is `source`, `target` or empty; a low rank is the better name."""

    side: str
    role: str
    rank: int = 0


@remembered
def label_words(text: str) -> tuple[str, ...]:
    """The words of a header in lower case without accents: `source_column`, `sourceColumn (text)`."""
    if len(text) > LONGEST_LABEL:
        return ()
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text.replace("ß", "ss")))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).lower()
    return tuple(_WORD.findall(_BRACKETED.sub(" ", plain)) or _WORD.findall(plain))


def side_of(words: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The side that the first or the last word names, and the other words."""
    for index in (0, len(words) - 1):
        side = _SIDE_WORDS.get(words[index]) if words else None
        if side:
            rest = (*words[:index], *words[index + 1 :])
            return side, tuple(word for word in rest if word not in _FILLERS)
    return "", tuple(words)


@remembered
def read_label(text: str) -> Label | None:
    """The meaning of a header cell or key; None when it is not one of the names known."""
    words = label_words(text)
    if not words:
        return None
    if " ".join(words) in _PLAIN_PHRASES:
        return Label("", _PLAIN_PHRASES[" ".join(words)])
    side, rest = side_of(words)
    if not rest:
        return Label(side, "field", VAGUE + 1) if side else None
    phrase = " ".join(rest)
    if phrase in _PLAIN_PHRASES:
        return Label(side, _PLAIN_PHRASES[phrase])
    for start in range(len(rest)):
        ending = " ".join(rest[start:])
        found = _sided(ending)
        if found:
            return Label(side, *found)
        if _PLAIN_PHRASES.get(ending) == "description":
            return Label(side, "description")
    return None


def _sided(phrase: str) -> tuple[str, int] | None:
    for form in (phrase, phrase.removesuffix("s"), phrase.removesuffix(" name")):
        if form in _SIDED_PHRASES:
            return _SIDED_PHRASES[form]
    return None


def _phrases(text: str) -> Iterator[str]:
    return (phrase.strip() for phrase in text.split(","))


_SIDE_WORDS: Final = {word: side for side, text in _SIDES.items() for word in text.split()}
_SIDED_PHRASES: Final = {phrase: (role, rank) for role, rank, text in _SIDED for phrase in _phrases(text)}
_PLAIN_PHRASES: Final = {phrase: role for role, text in _PLAIN.items() for phrase in _phrases(text)}
SIDED_ROLES: Final = frozenset(role for role, _, _ in _SIDED)
