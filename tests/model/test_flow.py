from integrationlint.model.document import Document
from integrationlint.model.element import Element
from integrationlint.model.flow import labels, steps


def test_labels_tell_siblings_apart() -> None:
    assert labels(["a", "b", "a", "a"]) == ["a", "b", "a~2", "a~3"]


def test_steps_have_the_labels_of_their_addresses() -> None:
    flow = Element("flow", "f", Document("f.json", "json", {}, "{}"))
    Element("trigger", "log", flow.document, parent=flow)
    first = Element("step", "log", flow.document, parent=flow)
    second = Element("step", "log", flow.document, parent=flow)
    assert steps(flow) == {"log": first, "log~2": second}
    assert second.address.endswith("step:log~2")
