"""What a mapping line does, by what it states or by the shape of its expression; and which fields that reads."""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from integrationlint.formats.mappings.labels import LONGEST_LABEL, label_words
from integrationlint.formats.mappings.memory import remembered
from integrationlint.formats.mappings.paths import FieldPath, read_path

# The words that state an operation.
_STATED: Final[Mapping[str, str]] = {
    "copy": "copy, direct, move, straight, 1 1, one to one, as is, same, pass through, passthrough, map, mapped,"
    " source value, direct mapping, identity, direto, direkt, rename, assign",
    "constant": "constant, const, hardcode, hardcoded, hard coded, hard code, fixed, literal, static, fixed value",
    "lookup": "lookup, look up, crossref, cross reference, xref, value map, valuemap, vlookup, code map, dvm,"
    " vocabulary, crosswalk, value mapping, enum map, map values",
    "concat": "concat, concatenate, concatenation, combine, merge, join",
    "split": "split, substring, substr, extract, tokenize",
    "aggregate": "aggregate, aggregation, sum, count, total, average, avg, listagg, group by",
    "conditional": "conditional, if, when, case, switch, iif, choose, ifelse",
    "iterate": "iterate, loop, for each, foreach, repeat",
    "function": "function, udf, script, custom, java, groovy, convert, format, trim, round, uppercase, lowercase,"
    " upper, lower, cast, mask, hash, pad, encrypt, date format, type conversion, conversion, truncate,"
    " normalize",
    "ignore": "ignore, ignored, skip, skipped, drop, dropped, not mapped, not required, unmapped, not used, unused,"
    " not needed, not supported, not supported by target, do not map, out of scope, exclude, excluded, no mapping,"
    " nicht benoetigt, nao mapeado, obsolete",
    "expression": "expression, transform, transformation, derived, derive, calculated, calculate, computed, compute,"
    " formula",
}
_BY_PHRASE: Final = {phrase.strip(): name for name, text in _STATED.items() for phrase in text.split(",")}
# The single words that state it at the start of a sentence, too: "Skip leading zeros" is no skipped field.
_OPENINGS: Final = frozenset(
    "direct copy lookup concat concatenate combine merge join split substring extract sum count aggregate average"
    " conditional if when case iterate loop convert format trim round uppercase lowercase upper lower cast mask"
    " hash encrypt truncate normalize transform calculate derive compute constant hardcode hardcoded ignored"
    " unmapped".split()
)
_CALL = re.compile(r"=?\s*([A-Za-z_][\w.:-]*)\s*\(")
_TOKEN = re.compile(
    r"'[^']*'|\"[^\"]*\"|\d[\w.]*|[A-Za-z_$@][\w$@-]*(?:(?:[./]|\[[\d*]*\][./]?)@?[A-Za-z_][\w-]*)*|\s+|.", re.S
)
_WORDS: Final = frozenset(
    "as and or not in is null nil none true false case when then else end if between like default distinct from"
    " date timestamp interval sysdate current_date current_timestamp now today asc desc by div mod eq ne gt"
    " lt ge le".split()
)
# Names of the source row or message that expressions put in front of a field.
_ROOTS: Final = frozenset(["source", "src", "source_table", "input", "source_row"])
LONGEST: Final = 2_000


@remembered
def stated_operation(text: str) -> str:
    """The operation that a text names in the words of specifications, empty when it names none."""
    words = label_words(text[:LONGEST_LABEL])
    for size in (len(words), 4, 3, 2, 1):
        phrase = " ".join(words[:size])
        if phrase in _BY_PHRASE and (size >= len(words) or size > 1 or phrase in _OPENINGS):
            return _BY_PHRASE[phrase]
    return ""


@remembered
def expression_operation(text: str) -> str:
    """The operation that an expression performs, by its outermost call, its first words or its operators."""
    call = _CALL.match(text)
    if call:
        name = call[1].casefold().rpartition(":")[2].rpartition(".")[2].replace("_", " ")
        stated = "split" if name in ("left", "right", "mid") else _BY_PHRASE.get(name, "")
        return stated if stated in ("concat", "split", "aggregate", "lookup", "conditional") else "function"
    stated = stated_operation(text)
    if stated:
        return stated
    if "||" in text or re.search(r"\s&\s|['\"]\s*\+|\+\s*['\"]", text):
        return "concat"
    return "expression"


@remembered
def expression_reads(text: str) -> tuple[FieldPath, ...]:
    """The fields that an expression in the manner of SQL, XPath or a spreadsheet seems to read, each once.

    Nothing is read from a sentence: two bare words in a row are none of these languages.
    """
    names = _names(text) if len(text) <= LONGEST else None
    found: dict[tuple[str, ...], FieldPath] = {}
    for name in names or ():
        path = read_path(name)
        if path and path.steps:
            if path.steps[0].casefold() in _ROOTS and len(path.steps) > 1:
                path = FieldPath(path.steps[1:], path.labels[1:], max(path.repeated - 1, 0), max(path.known - 1, 0))
            found.setdefault(path.steps, path)
    return tuple(found.values())


def _names(text: str) -> list[str] | None:
    """The operands that are neither literals nor keywords nor functions; None for a sentence."""
    names: list[str] = []
    operators = 0
    adjacent = after_as = False
    for token, called in _tokens(text):
        word = token.casefold()
        if not (token[0].isalpha() or token[0] in "_$@"):
            operators += 1
            adjacent = after_as = False
        elif called or word in _WORDS:
            operators += called
            adjacent, after_as = False, word == "as"
        elif adjacent:
            return None
        else:
            if not after_as:
                names.append(token)
            adjacent, after_as = True, False
    alone = len(names) == 1 and not operators
    return names if operators or (alone and re.search(r"[./]", names[0])) else None


def _tokens(text: str) -> Iterator[tuple[str, bool]]:
    """Each token that is not space, and whether an opening bracket follows it."""
    tokens = [token for token in _TOKEN.findall(text) if not token.isspace()]
    for index, token in enumerate(tokens):
        yield token, index + 1 < len(tokens) and tokens[index + 1] == "("
