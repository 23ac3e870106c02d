"""What single cells of a mapping specification say: types, obligation, constants, value maps."""

import re
from typing import Final

from integrationlint.formats.mappings.labels import label_words
from integrationlint.formats.mappings.memory import remembered
from integrationlint.formats.mappings.paths import is_missing, split_outside
from integrationlint.model.element import Declared

_TYPE = re.compile(
    r"([A-Za-z_][\w:. ]*?)\s*[(\[]\s*(\d{1,9})\s*(?:(?:char|byte)\s*)?(?:[,.]\s*(\d{1,9})\s*)?[)\]]", re.I
)
_SPACED = re.compile(r"(?!u?int|float|double)([A-Za-z]\w*)\s+(\d{1,9})(?:[,.]\s*(\d{1,9}))?$", re.I)
_EDIFACT = re.compile(r"(an|a|n)(?:\.\.)?(\d{1,6})$", re.I)
_NUMBERS: Final = frozenset(["number", "numeric", "decimal", "dec", "float", "double", "money", "packed"])
_YES: Final = frozenset(
    ["y", "yes", "true", "1", "x", "m", "mandatory", "required", "r", "s", "sim", "ja", "j", "always"]
)
_NO: Final = frozenset(
    ["n", "no", "false", "0", "o", "optional", "c", "conditional", "nao", "não", "nein", "never", "ne"]
)
_PAIR = re.compile(r"\s*(\S(?:[^=>→:]*[^=>→:\s])?)\s*(?:->|=>|→|:=|=|:)\s*(\S(?:.*\S)?)\s*$", re.S)
_OTHERWISE: Final = frozenset(["*", "else", "other", "others", "otherwise", "default", "any", "_"])
_STATED = (
    r"(?:set\s+(?:to|as)|const(?:ant)?|hard-?\s?cod(?:e|ed)(?:\s+(?:to|as|value))?|fixed(?:\s+value)?"
    r"|literal|static(?:\s+value)?|always)"
)
_LITERAL = re.compile(rf"(?:(?:{_STATED}\b)?\s*[:=]?\s*)(?:'([^']*)'|\"([^\"]*)\")$", re.I)
_STATED_LITERAL = re.compile(rf"{_STATED}(?:\s*[:=]\s*|\s+(?=\S+$))([^'\"\s].*)$", re.I)
_NUMBER = re.compile(r"=?\s*([-+]?\d+(?:\.\d+)?)$")
LONGEST: Final = 10_000
LONGEST_LITERAL: Final = 1_000


def read_type(text: str, length: str = "", precision: str = "", scale: str = "") -> Declared | None:
    """A type cell with the columns beside it: `VARCHAR2(64)`, `decimal(10,2)`, `string[35]`, `an..35`, `xs:string`."""
    text = "" if is_missing(text) else " ".join(text.split())[:200]
    given = _whole(length), _whole(precision), _whole(scale)
    if not text and given == (None, None, None):
        return None
    base, size, digits = text, None, None
    coded = _EDIFACT.match(text)
    found = coded or _TYPE.match(text) or _SPACED.match(text)
    if found:
        base, size = found[1], int(found[2])
        digits = int(found[3]) if not coded and found[3] else None
    base = base.rpartition(":")[2].strip().lower()
    numeric = base.partition(" ")[0] in _NUMBERS or digits is not None
    return Declared(
        base,
        length=given[0] if given[0] is not None else (None if numeric else size),
        precision=given[1] if given[1] is not None else (size if numeric else None),
        scale=given[2] if given[2] is not None else digits,
        raw=text,
    )


def _whole(text: str) -> int | None:
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def read_flag(text: str) -> bool | None:
    """Yes or no in the spellings of specifications (`Y`, `M`, `S`, `x`, `O`, `C`); None for anything else."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None


def read_classification(name: str, text: str) -> str:
    """The class of data that a cell states; a yes stands for what its column or key is called, a no for none."""
    flag = read_flag(text)
    if flag is None:
        return text
    return " ".join(word for word in label_words(name) if word != "is") if flag else ""


def read_minimum(text: str) -> bool | None:
    """Whether a minimum (`1`) or a cardinality (`0..1`, `1..*`, `[1..n]`) asks for at least one."""
    lower = re.match(r"\s*[\[(]?\s*(\d+)", text)
    return int(lower[1][:9]) > 0 if lower else None


@remembered
def read_constant(text: str) -> str | None:
    """The value of a literal: `'EUR'`, `= "EUR"`, `Constant: EUR`, `Hardcode to 'X'`, `10`; None when it is none."""
    text = text.strip()
    if len(text) > LONGEST_LITERAL:
        return None
    quoted = _LITERAL.match(text)
    if quoted:
        return quoted[1] if quoted[1] is not None else quoted[2]
    plain = _STATED_LITERAL.match(text) or _NUMBER.match(text)
    return plain[1].strip() if plain else None


def read_value_map(text: str) -> tuple[dict[str, str], str | None] | None:
    """A value map written in a cell, `A=1;B=2;*=9`: entries, and what any other value becomes; else None."""
    if len(text) > LONGEST:
        return None
    entries: dict[str, str] = {}
    default = None
    mark = ";" if ";" in text else "\n" if "\n" in text.strip() else ","
    for _, piece in split_outside(text, mark):
        pair = _PAIR.match(piece) if piece.strip() else None
        if pair is None:
            if piece.strip():
                return None
            continue
        key, value = pair[1].strip("'\""), pair[2].strip("'\"")
        if key.casefold() in _OTHERWISE:
            default = value
        else:
            entries[key] = value
    return (entries, default) if len(entries) > 1 or (entries and default is not None) else None
