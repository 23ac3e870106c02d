"""Small files made to cost much: each one ends with a fault, and none of them takes noticeable time or memory."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from integrationlint.parse.parsers import parse

DEEP = 100_000
ENTITIES = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 30))


def chain(first: str, link: Callable[[int], str], count: int) -> str:
    return first + "".join(link(number) for number in range(1, count))


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("a.json", "[" * DEEP, "limit"),
        ("a.json", "[" * DEEP + "]" * DEEP, "limit"),
        ("a.json", '{"a":' * DEEP, "limit"),
        ("a.json", '{"a":' * 250 + "1" + "}" * 250, "limit"),
        ("a.yaml", "[" * DEEP, "limit"),
        ("a.yaml", "a: " + "[" * DEEP + "]" * DEEP, "limit"),
        ("a.yaml", "{a: " * DEEP, "limit"),
        ("a.yaml", "- " * DEEP, "limit"),
        ("a.yaml", "? " * DEEP, "limit"),
        ("a.yaml", chain("", lambda n: " " * n + "a:\n", 1000), "limit"),
        ("a.xml", "<a>" * DEEP, "limit"),
        ("a.xml", "<a>" * DEEP + "</a>" * DEEP, "limit"),
        ("a.yaml", chain("- &a0 [x, x]\n", lambda n: f"- &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]\n", 40), "limit"),
        ("a.yaml", chain("- &a0 [x]\n", lambda n: f"- &a{n} [*a{n - 1}]\n", 300), "limit"),
        ("a.yaml", chain("- &a0 {x: 1}\n", lambda n: f"- &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k: 1}}\n", 40), "limit"),
        ("a.yaml", "a: &a {" + ", ".join(f"k{n}: 1" for n in range(9000)) + "}\nb:\n" + "- <<: *a\n" * 9000, "limit"),
        ("a.yaml", "a: &a x\nb:\n" + "- *a\n" * 20_000, "limit"),
        ("a.yaml", "a: &a\n  - *a\n", "limit"),
        ("a.yaml", "a: " + "9" * 5000, "limit"),
        ("a.yaml", "a: !!int " + "9" * 5000, "limit"),
        ("a.yaml", "a: 0x" + "9" * 5000, "limit"),
        ("a.json", '{"a": -' + "9" * 5000 + "}", "limit"),
        ("a.json", '{"a": 0.' + "9" * 5000 + "}", "limit"),
        ("a.xml", f'<!DOCTYPE a [<!ENTITY a0 "ha">{ENTITIES}]><a>&a29;</a>', "unsafe"),
        ("a.xml", "<!DOCTYPE a [<!ATTLIST a " + " ".join(f'a{n} CDATA "x"' for n in range(9000)) + ">]><a/>", "limit"),
        (
            "a.xml",
            "<r " + " ".join(f'xmlns:p{n}="u{n}"' for n in range(9000)) + ">" + '<c xmlns:q="u"/>' * 9000,
            "limit",
        ),
        ("a.xml", "<" + "x" * 1_000_000 + ">" + "<a/>" * 10_000, "limit"),
        ("a.json", '{"' + "x" * 1_000_000 + '": [' + "1," * 10_000 + "1]}", "limit"),
        ("a.yaml", "? " + "x" * 1_000_000 + "\n:\n" + "- 1\n" * 10_000, "limit"),
        ("a.yaml", "x" * 1000 + ": &a [" + "1, " * 1000 + "1]\n" + "".join(f"{n}: *a\n" for n in range(400)), "limit"),
    ],
)
def test_a_bomb_ends_with_a_fault(path: str, text: str, code: str) -> None:
    document = parse(path, text.encode())
    assert document.value is None
    assert [(fault.code, fault.fatal) for fault in document.faults if fault.fatal] == [(code, True)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json", '["' * DEEP),
        ("a.json", '["' + "\\" * DEEP),
        ("a.json", "[" + "9" * 999 + "," + "9" * 999 + "]"),
        ("a.yaml", '"' + "x\n" * DEEP),
        ("a.yaml", "- !a &b\n" * 20_000),
        ("a.yaml", "a: &x " + "# c\n " * 20_000 + "1"),
        ("a.yaml", ": " * DEEP),
        ("a.yaml", "a: 1\n" * 5_000),
        ("a.json", "{" + ", ".join(['"a": 1'] * 5_000) + "}"),
        ("a.xml", "<a " + " ".join(f'a{n}="1"' for n in range(20_000)) + "/>"),
        ("a.xml", "<a>" + "&#65;" * DEEP + "</a>"),
        ("a.csv", '"' * DEEP + "x"),
        ("a.csv", "," * DEEP),
        ("a.txt", "<<<<<<< a\n" * DEEP + ">>>>>>> b"),
    ],
)
def test_what_only_looks_like_a_bomb_is_read_or_refused_in_linear_time(path: str, text: str) -> None:
    document = parse(path, text.encode())
    assert document.value is not None or document.faults[-1].fatal
    assert document.span("/a") == document.span("/a")


def test_nothing_is_opened_and_no_connection_is_made() -> None:
    code = """
import sys
from integrationlint.parse.parsers import parse
parse("a.xml", b"<a/>")
seen = []
sys.addaudithook(lambda event, args: seen.append(event) if event in ("open", "socket.connect") else None)
for entity in ('a SYSTEM "file:///etc/hostname"', '% a SYSTEM "http://127.0.0.1:9/a.dtd"', 'a "x"'):
    assert parse("a.xml", f"<!DOCTYPE r [<!ENTITY {entity}> %a;]><r>&a;</r>".encode()).value is None
assert parse("a.xml", b'<!DOCTYPE r SYSTEM "http://127.0.0.1:9/a.dtd"><r>&a;</r>').value is not None
assert parse("a.xml", b'<r xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/hostname"/></r>').value
print(seen)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
