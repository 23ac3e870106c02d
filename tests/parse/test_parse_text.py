import pytest

from integrationlint.model.document import Fault
from integrationlint.model.location import Position, Span
from integrationlint.parse.text import Lines, decode


@pytest.mark.parametrize(
    ("text", "offset", "position"),
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 1, (1, 2)),
        ("a\nb", 2, (2, 1)),
        ("a\r\nb", 2, (1, 3)),
        ("a\r\nb", 3, (2, 1)),
        ("a\rb\r", 2, (2, 1)),
        ("a\rb\r", 4, (3, 1)),
        ("é😀\n\tx", 1, (1, 2)),
        ("é😀\n\tx", 4, (2, 2)),
        ("a\u2028b\x85c\x0bd\x0ce", 8, (1, 9)),
    ],
)
def test_lines_end_with_lf_crlf_and_cr_alone_and_columns_are_code_points(
    text: str, offset: int, position: tuple[int, int]
) -> None:
    lines = Lines(text)
    assert lines.position(offset) == position
    assert lines.offset(*position) == offset


def test_a_fault_marks_one_character_but_no_line_end() -> None:
    lines = Lines("ab\n")
    assert lines.fault("syntax", "", 1).span == Span(Position(1, 2), Position(1, 3))
    assert lines.fault("syntax", "", 2).span == Span(Position(1, 3), Position(1, 3))
    assert lines.fault("syntax", "", 99).span == Span(Position(2, 1), Position(2, 1))


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("é".encode(), "é", "utf-8"),
        ("é".encode("utf-8-sig"), "é", "utf-8-sig"),
        (b"\xff\xfe" + "é".encode("utf-16-le"), "é", "utf-16-le"),
        (b"\xfe\xff" + "é".encode("utf-16-be"), "é", "utf-16-be"),
        (b"\xff\xfe\0\0" + "é".encode("utf-32-le"), "é", "utf-32-le"),
        (b"\0\0\xfe\xff" + "é".encode("utf-32-be"), "é", "utf-32-be"),
        ("<?xml?>é".encode("utf-16-le"), "<?xml?>é", "utf-16-le"),
        ('<?xml version="1.0" encoding="windows-1252"?>€'.encode("cp1252"), None, "windows-1252"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?>é".encode("latin-1"), None, "iso-8859-1"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>あ'.encode("shift_jis"), None, "shift_jis"),
        ('<?xml version="1.0" encoding="UTF-16"?>é'.encode(), None, "utf-8"),
        (b"", "", "utf-8"),
    ],
)
def test_the_mark_decides_on_the_encoding_then_the_xml_declaration_then_utf_8(
    data: bytes, text: str | None, encoding: str
) -> None:
    decoded = decode(data)
    assert not isinstance(decoded, Fault)
    assert decoded[1] == encoding
    assert decoded[0] == text if text is not None else decoded[0][-1] in "€éあ"


def test_the_first_bad_byte_has_a_place() -> None:
    fault = decode("a\r\né".encode() + b"x\xff\n")
    assert isinstance(fault, Fault)
    assert (fault.code, fault.fatal) == ("encoding", True)
    assert fault.span == Span(Position(2, 3), Position(2, 4))
    assert "0xFF" in fault.message


@pytest.mark.parametrize("name", ["rot13", "zip", "base64", "unicode_escape", "utf-7", "idna", "none-such", "punycode"])
def test_only_character_sets_may_be_declared(name: str) -> None:
    fault = decode(f'<?xml version="1.0" encoding="{name}"?><a/>'.encode())
    assert isinstance(fault, Fault)
    assert fault.code == "encoding"
    assert name in fault.message


def test_a_cut_utf_16_text_is_a_fault() -> None:
    fault = decode(b"\xff\xfea\0b")
    assert isinstance(fault, Fault)
    assert fault.span.start == Position(1, 2)
