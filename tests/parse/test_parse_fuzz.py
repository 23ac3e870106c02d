"""Broken files: whatever is cut, doubled or thrown in, a file ends in a value or in a fault, never in an exception."""

from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest

from integrationlint.model.document import Document, Table, XmlNode
from integrationlint.model.limits import Limits
from integrationlint.model.location import START_OF_FILE, child
from integrationlint.parse.parsers import parse

SEEDS = {
    "a.yaml": (
        "%YAML 1.2\n---\na: &x {b: [1, 0x2, .inf], <<: {y: z}}\n'c d': !Sub \"e\\n${f}\"\n? g\n"
        ": - |2-\n    h\n  - >+\n\n   i\nj: !!int '3' # k\nl: !If [m, !Ref n, !GetAtt o.p]\nq: ~\n200: ''\n"
        "r:\n- *x\n-\n- {<<: [*x, {s: t}]}\n...\n--- u\n"
    ),
    "b.json": (
        '{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {"c/d~": {}, "e": []},\r\n\t"a": 1e999, "\\ud83d": -0}'
    ),
    "c.xml": (
        "<?xml version='1.0' encoding=\"utf-8\"?>"
        "<!DOCTYPE p:a SYSTEM 'x.dtd' [<!ATTLIST b c CDATA 'd'>]><!-- g -->"
        "<p:a xmlns:p='urn:p' xmlns='u' p:x=\"1>2\"\r\n y='&lt;'><b/>&e;<b c='&#65;'>h</b ><![CDATA[<i>]]><?j k?></p:a>"
    ),
    "d.csv": 'sep=;\na;"b ""c""\r\nd";\n\n1;2,5;"e"f\n',
}
PIECES = [
    *"\0\t\n\r\"'\\/#&*!|>%@`?:-,[]{}()<=;~.é😀\ufeff\u2028\x85\x7f\ud800",
    *["- ", ": ", "<<: ", "&a ", "*a", "!Sub ", "!GetAtt ", "!!int ", "? ", "---\n", "...\n", "|\n", ">-\n", "\n  "],
    *[
        "<a>",
        "</a>",
        "<a ",
        "/>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?x ",
        "?>",
        "<!DOCTYPE a [",
        "xmlns:q=''",
        "<!ENTITY e 'f'>",
        "&#0;",
    ],
    *["NaN", "1e999", "0x", "0o9", "9" * 40, "\\u", "\\ud800", "<<<<<<< a\n", "=======\n", ">>>>>>> b\n", "PK\x03\x04"],
]


def broken(seed: str, random: Random) -> bytes:
    text = seed
    for _ in range(random.randint(1, 6)):
        start = random.randrange(len(text) + 1)
        end = min(len(text), start + random.choice([0, 0, 1, 2, 5, 20]))
        put = random.choice([random.choice(PIECES), text[start:end] * 2, "", random.choice(PIECES) * 30])
        text = text[:start] + put + text[end:]
    data = text.encode("utf-8", "surrogatepass")
    if random.random() < 0.1:
        data = text.encode(random.choice(["utf-16", "utf-8-sig", "utf-32", "latin-1"]), "replace")
    if random.random() < 0.1:
        at = random.randrange(len(data) + 1)
        data = data[:at] + random.randbytes(2) + data[at:]
    return data


def pointers(document: Document) -> Iterator[str]:
    stack: list[tuple[str, object]] = [("", document.value)]
    while stack:
        pointer, here = stack.pop()
        yield pointer if not isinstance(here, XmlNode) else here.pointer
        if isinstance(here, dict):
            stack += [(child(pointer, key), one) for key, one in here.items()]
        elif isinstance(here, list):
            stack += [(child(pointer, number), one) for number, one in enumerate(here)]
        elif isinstance(here, XmlNode):
            stack += [("", one) for one in here.children]
            yield from (f"{here.pointer}/@{name}" for name in here.attributes)
        elif isinstance(here, tuple):
            yield from cells(here)


def cells(tables: tuple[object, ...]) -> Iterator[str]:
    for table in tables:
        assert isinstance(table, Table)
        for row in table.rows:
            yield from (f"/{row.number}/{column}" for column, _ in enumerate(row.cells, 1))


@pytest.mark.slow
@pytest.mark.parametrize("path", SEEDS)
def test_broken_files_end_in_a_value_or_a_fault(path: str) -> None:
    random = Random(path)  # noqa: S311 - it makes test data
    limits = Limits(depth=20, nodes=200, aliases=20, digits=30)
    for _ in range(5_000):
        data = broken(SEEDS[path], random)
        document = parse(path, data, limits)
        assert (document.value is None) or not any(fault.fatal for fault in document.faults)
        document.text.encode()
        repr(document.value).encode() if not isinstance(document.value, XmlNode) else None
        for fault in document.faults:
            assert START_OF_FILE.start <= fault.span.start <= fault.span.end, data
        for pointer in islice(pointers(document), 30):
            document.at(pointer)
            for key in (True, False, None):
                start, end = document.span(pointer, key=key)
                assert START_OF_FILE.start <= start <= end, (data, pointer)
