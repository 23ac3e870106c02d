"""A change for people: what, where, a witness, and whom it breaks by which path."""

from collections.abc import Callable, Iterator
from typing import Final

from integrationlint.model.change import Harm, Verdict
from integrationlint.model.report import JudgedChange
from integrationlint.report import view
from integrationlint.report.sanitise import line
from integrationlint.report.values import crop

STYLES: Final = {"breaking": "error", "risky": "warning", "unknown": "warning", "safe": "good"}
HARM_STYLES: Final = {Harm.BREAKS: "error", Harm.AT_RISK: "warning", Harm.UNAFFECTED: "dim"}
# How many dependents of each sort a person is shown for one change; all of them are in the JSON result.
_SHOWN: Final = {Harm.BREAKS: 20, Harm.AT_RISK: 20, Harm.UNAFFECTED: 5}
_WIDTH: Final = 1_000
_INDENT: Final = " " * 11

Paint = Callable[[str, str], str]


def change_lines(change: JudgedChange, paint: Paint, *, hint: bool) -> Iterator[str]:
    """The lines of one change; `hint` asks for how to mend it. Every line begins with text of ours."""
    verdict = paint(STYLES.get(change.verdict, "dim"), f"{change.verdict:<8}")
    where = paint("bold", line(view.place(change.location)))
    rule = paint("dim", f"  [{line(change.rule)}]") if change.rule else ""
    yield f"  {verdict} {where}  {line(crop(change.message, _WIDTH))}{rule}"
    if change.verdict is not Verdict.SAFE:
        yield f"{_INDENT}{line(view.compatibility_words(change))}"
    if change.base:
        yield f"{_INDENT}was at {line(view.place(change.base))}"
    if values := view.value_words(change):
        yield f"{_INDENT}{line(values)}"
    if change.witness is not None:
        yield f"{_INDENT}{line(crop(view.witness_words(change.witness), _WIDTH))}"
        yield from (f"{_INDENT}| {line(one)}" for one in view.witness_lines(change.witness))
    if change.suppression:
        yield f"{_INDENT}suppressed: {line(view.exception(change.suppression))}"
    if hint and change.fix:
        yield f"{_INDENT}{paint('good', 'fix')} {line(crop(change.fix, _WIDTH))}"
    yield from _impact(change, paint)


def _impact(change: JudgedChange, paint: Paint) -> Iterator[str]:
    if not change.impact:
        return
    yield f"{_INDENT}{view.impact_words(change)}"
    for harm, ones in view.dependents(change).items():
        for one in ones[: _SHOWN[harm]]:
            word = paint(HARM_STYLES[harm], f"{view.harm_word(harm):<10}")
            yield f"{_INDENT}  {word} {line(view.dependent_words(one))}"
            if harm is not Harm.UNAFFECTED:
                yield f"{_INDENT}    by {line(view.path_words(one))}"
        if len(ones) > _SHOWN[harm]:
            yield f"{_INDENT}  … and {len(ones) - _SHOWN[harm]} more {view.harm_word(harm, 2)}"
