"""Sequence diagrams: every line is a statement of Mermaid, whatever things are called, and blocks are closed."""

import re
from collections.abc import Callable
from pathlib import Path

from hypothesis import given

from integrationlint.model.sequence import Event, Party, Sequence
from integrationlint.report.graphs import render_sequence
from tests.report.maps import GOLDEN, HOSTILE, SAFE

FLOW = Party("f#flow:sync", "order sync", "flow")
API = Party("a#", 'Orders; "API"', "api")
CLIENT = Party("caller:http", "Client", "caller")
EVENTS = (
    Event("asked", "Portal asks (GET /x)", CLIENT),
    Event("note", "times out after 30 s; tries again 3 times"),
    Event("call", "Fetch: GET /orders/{id}", API),
    Event("alt", "$.status = 'confirmed'"),
    Event("send", "Post", Party("queue:erp", "erp", "queue")),
    Event("else", "otherwise"),
    Event("end"),
    Event("par", "one"),
    Event("own", "transform: A"),
    Event("and", "two"),
    Event("loop", "each line"),
    Event("receive", "Wait", Party("queue:erp", "erp", "queue")),
    Event("end"),
    Event("end"),
)
STATEMENTS = re.compile(
    rf"sequenceDiagram| *end| *(?:alt|else|opt|loop|par|and) (?:{SAFE})| *Note over p[0-9a-f]{{16}}: (?:{SAFE})"
    rf"|  (?:participant|actor) p[0-9a-f]{{16}} as (?:{SAFE})"
    rf"| *p[0-9a-f]{{16}}(?:->>|-\))p[0-9a-f]{{16}}: (?:{SAFE})"
)


def test_prints_the_golden_sequence(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "sequence.mmd", render_sequence(Sequence(FLOW, EVENTS)))


@given(HOSTILE)
def test_no_text_breaks_a_sequence(text: str) -> None:
    own, other = Party(text, text, "flow"), Party(f"{text}x", text)
    events = tuple(Event(one.kind, text, other if one.party else None) for one in EVENTS)
    lines = render_sequence(Sequence(own, events)).splitlines()
    assert all(STATEMENTS.fullmatch(one) for one in lines), lines
    words = [one.split()[0] for one in lines]
    assert sum(one in ("alt", "opt", "loop", "par") for one in words) == words.count("end") == 3
