"""Reports to print: one of `lint` and one of `diff` with everything in them, and ones made of a single hostile text."""

from collections.abc import Callable

import pytest
from hypothesis import strategies as st

from integrationlint.model.change import Dependent, Harm, Verdict, Witness
from integrationlint.model.finding import Finding, Status, Suppression
from integrationlint.model.location import Location, Position, Span
from integrationlint.model.report import DocumentInfo, JudgedChange, Report, RuleInfo, RunError, SnapshotInfo
from integrationlint.model.rule import Reference, Related, Severity


def at(path: str, line: int, column: int, length: int = 1, pointer: str = "") -> Location:
    return Location(path, pointer, Span(Position(line, column), Position(line, column + length)))


RULES = {
    one.id: one
    for one in (
        RuleInfo(
            "oas/path-case",
            "Path segments follow one case",
            "One case keeps URLs guessable for the people who call them.",
            "Rename the segment; keep the old path as deprecated while clients move.",
            Severity.WARNING,
            "naming",
            (Reference("zalando", "129"),),
            "https://example.org/rules/oas/path-case",
        ),
        RuleInfo(
            "oas/field-case",
            "Field names follow one case",
            "One case lets clients generate code.",
            "Rename the field.",
            Severity.WARNING,
            "naming",
        ),
        RuleInfo("oas/summary", "Operations have a summary", "", "Write one.", Severity.INFO, "documentation"),
        RuleInfo("map/target-exists", "Mapped targets exist", "", "Map to a field.", Severity.ERROR, "references"),
        RuleInfo(
            "compat/field-removed",
            "Fields are not removed",
            "Readers rely on them.",
            "Deprecate it first.",
            Severity.ERROR,
            "compatibility",
        ),
    )
}

MORE_FIELDS = tuple(
    Finding(
        "oas/field-case",
        Severity.WARNING,
        f"field order_field_{number} is not in camel case",
        f"orders.yaml#schema:Order/field:order_field_{number}",
        at("orders.yaml", 40 + number, 9, 14, f"/components/schemas/Order/properties/order_field_{number}"),
        f"f1e2{number:04}",
        excerpt=f"        order_field_{number}: {{type: string}}",
    )
    for number in range(1, 16)
)

FINDINGS = (
    Finding(
        "fault/syntax",
        Severity.ERROR,
        "mapping values are not allowed here",
        "broken.yaml#fault:syntax",
        at("broken.yaml", 3, 1),
        "aa00",
    ),
    Finding(
        "map/target-exists",
        Severity.ERROR,
        "line 14 maps to customerNo, which type Order does not have",
        "orders-to-sap.csv#line:14",
        at("maps/orders to sap.csv", 14, 23, 10, "/14/3"),
        "bb01",
        (Related("type Order is declared here", at("schemas/order.xsd", 8, 3, 7, "/schema[1]/complexType[2]")),),
        excerpt="Order\tcustomerId\tx,日本語,customerNo,direct",
    ),
    Finding(
        "oas/path-case",
        Severity.WARNING,
        "path segment purchaseOrders is not in kebab case",
        "orders.yaml#path:/purchaseOrders",
        at("orders.yaml", 12, 3, 17, "/paths/~1purchaseOrders"),
        "cc02",
        excerpt="  /purchaseOrders:",
    ),
    *MORE_FIELDS,
    Finding(
        "oas/summary",
        Severity.INFO,
        "GET /orders has no summary",
        "orders.yaml#operation:GET /orders",
        at("orders.yaml", 30, 5, 3, "/paths/~1orders/get"),
        "dd03",
        excerpt="    get: " + "{operationId: listOrders, password: hunter2hunter2, " + "x" * 300 + "}",
    ),
    Finding(
        "oas/path-case",
        Severity.WARNING,
        "path segment exportFiles is not in kebab case",
        "orders.yaml#path:/exportFiles",
        at("orders.yaml", 80, 3, 12, "/paths/~1exportFiles"),
        "ee04",
        status=Status.SUPPRESSED,
        suppression=Suppression(
            "oas/path-case",
            "orders.yaml#path:/exportFiles",
            "agreed with the data team",
            at(".integrationlint.yaml", 9, 5),
            "team-orders",
            "INT-482",
            "2027-03-31",
        ),
        excerpt="  /exportFiles:",
    ),
    Finding(
        "oas/summary",
        Severity.INFO,
        "GET /exports has no summary",
        "orders.yaml#operation:GET /exports",
        at("orders.yaml", 82, 5, 3, "/paths/~1exports/get"),
        "ff05",
        status=Status.KNOWN,
    ),
)

IMPACT = (
    Dependent(
        "billing.yaml#consumer:billing",
        "consumer",
        "billing",
        Harm.BREAKS,
        (
            "field Order.customerId (removed)",
            "mapping orders-to-sap.csv:14",
            'flow order-sync step "Post to SAP"',
            "consumer billing (tier1)",
        ),
        owner="team-billing",
        criticality="tier1",
        distance=3,
    ),
    Dependent(
        "maps/orders to sap.csv#line:14",
        "line",
        "14",
        Harm.BREAKS,
        ("field Order.customerId (removed)", "mapping orders-to-sap.csv:14"),
        at("maps/orders to sap.csv", 14, 7, 10, "/14/2"),
    ),
    Dependent(
        "order-sync.xml#flow:order-sync",
        "flow",
        "order-sync",
        Harm.AT_RISK,
        ("field Order.customerId (removed)", "flow order-sync"),
        at("order-sync.xml", 21, 5, 4, "/mule[1]/flow[1]"),
        owner="team-sap",
        tier="inferred",
    ),
    Dependent("stock.xml#flow:stock", "flow", "stock", Harm.UNAFFECTED, ("field Order.customerId (removed)",)),
)

CHANGES = (
    JudgedChange(
        "1a2b",
        "compat/field-removed",
        "orders.yaml#schema:Order/field:customerId",
        "field",
        "removed",
        "",
        {"type": "string", "maxLength": 10},
        None,
        "response",
        backward=True,
        forward=False,
        verdict=Verdict.BREAKING,
        message="field Order.customerId was removed",
        location=at("orders.yaml", 40, 7, 5, "/components/schemas/Order"),
        base=at("orders.yaml", 44, 9, 10, "/components/schemas/Order/properties/customerId"),
        witness=Witness('{"orderId": "4711"}\n', "json", "head", "customerId is missing"),
        impact=IMPACT,
        fix="Deprecate it first.",
    ),
    JudgedChange(
        "3c4d",
        "compat/enum-extended",
        "orders.yaml#schema:Status",
        "schema",
        "changed",
        "enum",
        ["open", "closed"],
        ["open", "closed", "held"],
        "response",
        backward=True,
        forward=None,
        verdict=Verdict.RISKY,
        message="Status may now be held",
        location=at("orders.yaml", 60, 7, 4, "/components/schemas/Status/enum"),
        base=at("orders.yaml", 62, 7, 4, "/components/schemas/Status/enum"),
    ),
    JudgedChange(
        "5e6f",
        "compat/field-added",
        "orders.yaml#schema:Order/field:note",
        "field",
        "added",
        "",
        None,
        {"type": "string"},
        "both",
        backward=True,
        forward=True,
        verdict=Verdict.SAFE,
        message="optional field Order.note was added",
        location=at("orders.yaml", 50, 9, 4, "/components/schemas/Order/properties/note"),
    ),
    JudgedChange(
        "7a8b",
        "compat/field-removed",
        "orders.yaml#schema:Legacy/field:id",
        "field",
        "removed",
        "",
        {"type": "string"},
        None,
        "request",
        backward=None,
        forward=True,
        verdict=Verdict.BREAKING,
        message="field Legacy.id was removed",
        location=at("orders.yaml", 70, 7, 6, "/components/schemas/Legacy"),
        base=at("orders.yaml", 71, 9, 2, "/components/schemas/Legacy/properties/id"),
        suppression=Suppression(
            "compat/field-removed", "7a8b", "nobody calls it", at(".integrationlint.yaml", 20, 5), "team-orders"
        ),
    ),
)

DOCUMENTS = (
    DocumentInfo("maps/orders to sap.csv", "mapping", "", "header source,target"),
    DocumentInfo("orders.yaml", "openapi", "3.1", "openapi: 3.1.0"),
    DocumentInfo("README.yaml", ""),
)


@pytest.fixture(scope="session")
def sample_lint() -> Report:
    return Report(
        "0.1.0",
        "lint",
        SnapshotInfo("worktree"),
        DOCUMENTS,
        FINDINGS,
        RULES,
        (RunError("KeyError: 'name'", "oas/examples", "orders.yaml"),),
        files=4,
        not_applicable={"flow/timeout": 14},
        notes=("2 symbolic links lead out of the root and were not followed",),
    )


@pytest.fixture(scope="session")
def sample_diff() -> Report:
    return Report(
        "0.1.0",
        "diff",
        SnapshotInfo("worktree"),
        DOCUMENTS,
        FINDINGS[2:3],
        RULES,
        files=4,
        base=SnapshotInfo("revision", "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d", "main"),
        changes=CHANGES,
        verdict=Verdict.BREAKING,
    )


@pytest.fixture(scope="session")
def empty_lint() -> Report:
    return Report("0.1.0", "lint", SnapshotInfo("worktree"))


# Pieces that mean something to a terminal, a runner, a renderer or a parser, alone or next to each other.
FRAGMENTS = [
    *["##[", "##", "#", "[", "[error]x", "##vso[task.x]", "##TeamCity[x]", "::error::x", "::", ":", " ", "  ", "="],
    *["\n", "\r", "\t", "\x0b", "\x1b[2J", "\x1b]0;t\x07", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\ufeff"],
    *["\u200b", "\u200d", "\u200c", "\ufe0f", "\xad", "\ud800", "\udc80", "\U000e0041", "\ufffe", "é", "日本"],
    *["`", "``", "```", "~~~", "<script>", "</details>", "<!--", "-->", "|", "*", "**", "_", "\\", "&", "&lt;", "$"],
    *["@me", "#12", "!3", "GH-4", "https://x.y/z", "www.x.y", "a@b.c", "](http://x)", "![", "- ", "1. ", "> "],
    *["password: a1b2c3d4", "\U0001f468"],
]
TEXTS = st.text(st.characters(), max_size=30) | st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join)


@pytest.fixture(scope="session")
def texts() -> st.SearchStrategy[str]:
    """Any text, and text made of pieces that are dangerous somewhere."""
    return TEXTS


def hostile(text: str, command: str) -> Report:
    """The text wherever an artifact, a configuration or a repository could have put it."""
    place = at(text or ".", 1, 1, 3, text)
    written = Suppression(text, text, text, place, text, text, text, inline=True)
    rule = RuleInfo(text, text, text, text, Severity.ERROR, text, (Reference(text, text),), text)
    shape = Finding(text, Severity.ERROR, text, text, place, text, (Related(text, place),) * 2, excerpt=text)
    findings = [shape] * 5
    findings += [Finding(f"r{text}", Severity.INFO, f"{text}{number}", text, place, excerpt=text) for number in "ab"]
    findings += [Finding(text, Severity.INFO, text, f"x#fault:{text}", place, "", (), Status.SUPPRESSED, written)]
    dependents = tuple(
        Dependent(text, text, text, harm, (text, text), place, text, text, text, 1) for harm in (*Harm, Harm.BREAKS)
    )
    changes = [
        JudgedChange(
            text,
            text,
            text,
            text,
            "changed",
            text,
            {text: text},
            [text, {"password": text}],
            "both",
            backward=None,
            forward=False,
            verdict=verdict,
            message=text,
            location=place,
            base=place,
            witness=Witness(text, "xml", "base", text),
            impact=dependents,
            suppression=written if verdict is Verdict.SAFE else None,
            fix=text,
        )
        for verdict in (Verdict.BREAKING, Verdict.RISKY, Verdict.SAFE)
    ]
    return Report(
        text,
        command,
        SnapshotInfo("worktree", text, text),
        (DocumentInfo(text, text, text, text),),
        tuple(findings),
        {text: rule},
        (RunError(text, text, text, text), RunError(text, kind=text)),
        files=1,
        not_applicable={text: 1},
        base=SnapshotInfo("revision", text, text) if command == "diff" else None,
        changes=tuple(changes) if command == "diff" else (),
        verdict=Verdict.BREAKING if command == "diff" else Verdict.NONE,
        notes=(text,),
    )


@pytest.fixture(scope="session")
def hostile_report() -> Callable[[str, str], Report]:
    return hostile
