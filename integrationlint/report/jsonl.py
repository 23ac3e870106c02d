"""JSON Lines: the parts of the JSON result, a line each, for tools that read a stream."""

from json import dumps
from typing import Final, cast

from integrationlint.model.report import Report
from integrationlint.report.json import result
from integrationlint.report.sanitise import json_text

KINDS: Final = {
    "documents": "document",
    "changes": "change",
    "findings": "finding",
    "exceptions": "exception",
    "errors": "error",
    "notes": "note",
}


def jsonl(report: Report) -> str:
    """A line with `"type": "run"` for what the result says of the whole, then one for each item of its lists.

    An item has the members that it has in the JSON result (`integrationlint.result/1`); a note has a `message`.
    """
    members = result(report)
    head = {name: value for name, value in members.items() if name not in KINDS}
    lines: list[dict[str, object]] = [{"type": "run", **head}]
    for name, kind in KINDS.items():
        items = cast("list[object]", members.get(name, []))
        lines += [{"type": kind, **(one if isinstance(one, dict) else {"message": one})} for one in items]
    return "".join(f"{json_text(dumps(one, ensure_ascii=False))}\n" for one in lines)
