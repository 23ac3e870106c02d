from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from integrationlint.formats.flows import step_functions
from integrationlint.model.document import Document
from integrationlint.model.element import Element, Retry, State, Value
from integrationlint.model.flow import Next, steps
from integrationlint.parse.parsers import parse

DATA = Path(__file__).resolve().parents[1] / "data/formats/flows"
FIXTURES = sorted(path for path in (DATA / "step-functions").iterdir() if path.suffix != ".golden")


def document(path: Path) -> Document:
    return parse(path.relative_to(DATA).as_posix(), path.read_bytes())


def machine(text: str) -> Element:
    found = parse("m.asl.json", text.encode())
    assert step_functions.recognise(found) is not None
    return next(step_functions.build(found).of("flow"))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_golden(path: Path, render_elements: Callable[[Element], str], golden: Callable[[Path, str], None]) -> None:
    golden(path.with_name(f"{path.name}.golden"), render_elements(step_functions.build(document(path))))


@pytest.mark.parametrize(
    ("name", "version"),
    [("order-sync.asl.json", "asl-jsonpath"), ("pricing.asl.yaml", "asl-jsonata"), ("template.yaml", "sam")],
)
def test_recognised_by_content(name: str, version: str) -> None:
    match = step_functions.recognise(document(DATA / "step-functions" / name))
    assert match is not None
    assert (match.kind, match.version) == ("step-functions", version)
    assert match.evidence


def test_a_plain_template_is_cloudformation() -> None:
    text = '{"Resources": {"M": {"Type": "AWS::StepFunctions::StateMachine"}}}'
    match = step_functions.recognise(parse("t.json", text.encode()))
    assert match is not None
    assert match.version == "cloudformation"


@pytest.mark.parametrize("name", ["states.json", "template.json", "list.yaml", "types.xml"])
def test_not_recognised(name: str) -> None:
    assert step_functions.recognise(document(DATA / "not" / name)) is None


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_every_place_is_written(path: Path) -> None:
    found = document(path)
    for pointer in places(step_functions.build(found)):
        found.at(pointer)


def places(root: Element) -> Iterator[str]:
    for element in root.walk():
        yield element.pointer
        yield from (use.pointer for use in element.uses)
        for fact in element.facts.values():
            yield from _places(fact)


def _places(fact: object) -> Iterator[str]:
    if isinstance(fact, Value):
        yield fact.pointer
    elif isinstance(fact, Retry):
        for part in (fact.attempts, fact.delay, fact.multiplier, fact.max_delay, fact.jitter):
            yield part.pointer
    elif isinstance(fact, dict):
        for one in fact.values():
            yield from _places(one)


def dead(scope: Element, entries: tuple[str, ...]) -> set[str]:
    """The labels that are not reached: the algorithm that `formats/flows` promises to be possible."""
    found, waiting = set(), list(entries)
    siblings = steps(scope)
    while waiting:
        label = waiting.pop()
        if label not in siblings or label in found:
            continue
        found.add(label)
        step = siblings[label]
        for one in (step, *step.of("handler")):
            edges = one.facts["next"]
            assert isinstance(edges, tuple)
            waiting.extend(edge.step for edge in edges)
    return siblings.keys() - found


def test_the_graph_tells_dead_dangling_and_stranded_steps() -> None:
    flow = next(step_functions.build(document(DATA / "step-functions/order-sync.asl.json")).of("flow"))
    assert dead(flow, flow.facts["start"]) == {"Odd"}  # type: ignore[arg-type]
    fan = steps(flow)["Fan out"]
    assert fan.facts["branches"] == ("Reserve stock", "Each line")
    assert dead(fan, fan.facts["branches"]) == {"Never reached"}
    assert steps(flow)["Park"].facts["next"] == (Next("Nowhere"),)
    assert "Nowhere" not in steps(flow)
    stranded = [name for name, step in steps(flow).items() if not step.facts["next"] and not step.facts["terminal"]]
    assert stranded == ["Odd"]


def test_states_of_one_name_in_two_branches_are_told_apart() -> None:
    branch = '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}'
    flow = machine(
        f'{{"StartAt": "P", "States": {{"P": {{"Type": "Parallel", "Branches": [{branch}, {branch}], "End": true}}}}}}'
    )
    fan = steps(flow)["P"]
    assert fan.facts["branches"] == ("A", "A~2")
    assert steps(fan)["A~2"].facts["next"] == (Next("B~2"),)
    assert dead(fan, ("A", "A~2")) == set()


def test_a_choice_says_whether_it_has_a_default() -> None:
    flow = machine(
        '{"StartAt": "C", "States": {"C": {"Type": "Choice", "Choices": [{"Variable": "$.a", "Next": "C"}]}}}'
    )
    assert steps(flow)["C"].facts["hasDefault"] is False
    assert steps(flow)["C"].facts["next"] == (Next("C", "branch", "$.a"),)


def test_timeouts_are_written_defaulted_or_computed() -> None:
    task = '{{"Type": "Task", "Resource": "{0}", {1} "End": true}}'
    sns, web = "arn:aws:states:::sns:publish", "arn:aws:states:::http:invoke"
    states = ", ".join(
        f'"{name}": {task.format(resource, more)}'
        for name, resource, more in [
            ("written", sns, '"TimeoutSeconds": 5,'),
            ("path", sns, '"TimeoutSecondsPath": "$.t",'),
            ("default", sns, ""),
            ("http", web, ""),
        ]
    )
    flow = machine(f'{{"StartAt": "written", "States": {{{states}}}}}')
    found = {name: step.facts["timeout"] for name, step in steps(flow).items()}
    assert found["written"] == Value(State.EXPLICIT, 5000, "5", "/States/written/TimeoutSeconds")
    assert found["path"] == Value(State.EXPRESSION, None, "$.t", "/States/path/TimeoutSecondsPath")
    default, web_default = found["default"], found["http"]
    assert isinstance(default, Value)
    assert isinstance(web_default, Value)
    assert (default.state, default.value) == (State.DEFAULT, 99_999_999_000)
    assert (web_default.state, web_default.value) == (State.DEFAULT, 60_000)


def test_a_definition_that_cannot_be_read_is_reported() -> None:
    root = step_functions.build(document(DATA / "step-functions/template.yaml"))
    fault = next(root.of("fault"))
    assert fault.pointer == "/Resources/Broken/Properties/DefinitionString"
    assert "Broken" in str(fault.facts["message"])


def test_a_definition_nested_beyond_reason_is_reported() -> None:
    text = "[" * 100_000
    root = step_functions.build(
        Document(
            "t.json",
            "json",
            {
                "Resources": {
                    "M": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {"DefinitionString": text}}
                }
            },
            "",
        )
    )
    assert [one.kind for one in root.children] == ["fault", "flow"]


def test_machines_nested_beyond_the_stack_are_built() -> None:
    inner: dict[str, object] = {"StartAt": "S", "States": {"S": {"Type": "Succeed"}}}
    for _ in range(2000):
        inner = {"StartAt": "M", "States": {"M": {"Type": "Map", "ItemProcessor": inner, "End": True}}}
    root = step_functions.build(Document("deep.asl.json", "json", inner, ""))
    assert sum(1 for one in root.walk() if one.kind == "step") == 2001


@pytest.mark.parametrize(
    ("path", "name"),
    [("a/order-sync.asl.json", "order-sync"), ("x.yaml", "x"), ("machine", "machine"), (".json", ".json")],
)
def test_a_bare_machine_is_named_after_its_file(path: str, name: str) -> None:
    root = step_functions.build(Document(path, "json", {"StartAt": "A", "States": {}}, ""))
    assert [flow.name for flow in root.of("flow")] == [name]
    assert next(root.of("flow")).address == f"{path}#flow:{name}"
