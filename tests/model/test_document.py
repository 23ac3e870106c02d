import pytest

from integrationlint.model.document import Document, Row, Table, XmlNode
from integrationlint.model.location import START_OF_FILE, Position, Span


class Written:
    """A locator that knows some keys and values; each stands in a line of its own."""

    def __init__(self, keys: list[str], values: list[str]) -> None:
        self._keys = keys
        self._values = values

    def key(self, pointer: str) -> Span | None:
        return line(self._keys.index(pointer) + 1) if pointer in self._keys else None

    def value(self, pointer: str) -> Span | None:
        return line(self._values.index(pointer) + 101) if pointer in self._values else None


def line(number: int) -> Span:
    return Span(Position(number, 1), Position(number, 2))


VALUE = {"a": {"b": [1, {"c/d~e": 2}]}, "": 3}


@pytest.mark.parametrize(
    ("pointer", "value"),
    [("", VALUE), ("/a/b/0", 1), ("/a/b/1/c~1d~0e", 2), ("/", 3)],
)
def test_pointers_lead_to_values(pointer: str, value: object) -> None:
    assert Document("a", "json", VALUE, "").at(pointer) == value


@pytest.mark.parametrize("pointer", ["/x", "/a/b/2", "/a/b/-1", "/a/b/x", "/a/b/0/y", "/a/b/" + "9" * 5000, "/a/b/²"])
def test_what_is_not_there_is_a_key_error(pointer: str) -> None:
    with pytest.raises(KeyError):
        Document("a", "json", VALUE, "").at(pointer)


def test_spans_mark_the_value_of_a_scalar_and_the_name_of_a_container() -> None:
    document = Document("a", "json", VALUE, "", Written(["/a", "/"], ["", "/a", "/"]))
    assert document.span("/a") == document.span("/a", key=True) == line(1)
    assert document.span("/a", key=False) == line(102)
    assert document.span("/") == document.span("/", key=False) == line(103)
    assert document.span("/", key=True) == line(2)
    assert document.span("") == line(101)


def test_what_is_not_written_is_marked_at_what_holds_it() -> None:
    document = Document("a", "json", VALUE, "", Written(["/a"], [""]))
    assert document.span("/a/b/1/c~1d~0e") == document.span("/a/b/9", key=False) == line(1)
    assert document.span("/x/y") == line(101)
    assert Document("a", "json", None, "").span("/x/y") == START_OF_FILE


@pytest.fixture
def tree() -> XmlNode:
    inner = XmlNode("{urn:b}b", {"{http://x/y}c": "1", "d": "2"}, [], {}, "/a[1]/b[1]", 2, 3)
    return XmlNode("a", {}, [inner, XmlNode("b", {}, [], {}, "/a[1]/b[2]", 3, 3)], {}, "/a[1]", 1, 1, ["x", "y"])


def test_xml_pointers_lead_to_elements_and_attributes(tree: XmlNode) -> None:
    document = Document("a", "xml", tree, "")
    assert document.at("/a[1]") is tree
    assert document.at("/a[1]/b[2]") is tree.children[1]
    assert document.at("/a[1]/b[1]/@d") == "2"
    assert document.at("/a[1]/b[1]/@{http://x/y}c") == "1"
    for pointer in (
        "/b[1]",
        "/a[1]/b[3]",
        "/a[1]/b[1]/@c",
        "/a[1]/b[1]/b[1]",
        "/a[12]",
        "",
        "/a[1]/",
        "/a[1]/b",
        "/a[1]/b[0]",
        "/a[1]/b[1",
    ):
        with pytest.raises(KeyError):
            document.at(pointer)


def test_an_xml_element_is_marked_at_its_name_and_an_attribute_at_its_value(tree: XmlNode) -> None:
    pointers = ["/a[1]/b[1]", "/a[1]/b[1]/@{http://x/y}c"]
    document = Document("a", "xml", tree, "", Written(pointers, pointers))
    assert document.span("/a[1]/b[1]") == line(1)
    assert document.span("/a[1]/b[1]/@{http://x/y}c") == line(102)
    assert document.span("/a[1]/b[1]/@{http://x/y}z") == line(1)


def test_names_of_elements_come_apart(tree: XmlNode) -> None:
    assert (tree.local, tree.namespace, tree.text) == ("a", "", "xy")
    assert (tree.children[0].local, tree.children[0].namespace) == ("b", "urn:b")


def test_table_pointers_lead_to_rows_and_cells() -> None:
    rows = (Row(1, ("a", "b")), Row(3, ("c", "d")))
    document = Document("a", "table", (Table("", rows),), "", Written([], ["/3/2", "/3"]))
    assert document.at("/3/2") == "d"
    assert document.at("/3") == ("c", "d")
    assert document.at("") == (Table("", rows),)
    assert document.span("/3/2") == line(101)
    for pointer in ("/2/1", "/3/3", "/3/x", "/3/1/1", "/x"):
        with pytest.raises(KeyError):
            document.at(pointer)
