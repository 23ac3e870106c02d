"""Header rows: one row, two rows with groups, an indented first column; and tables that are no mappings."""

import pytest

from integrationlint.formats.mappings.headers import find_header
from integrationlint.model.document import Row


def rows(*lines: str) -> list[Row]:
    return [Row(number, tuple(line.split(","))) for number, line in enumerate(lines, 1)]


def test_one_row() -> None:
    header = find_header(rows("Orders to SAP", "Source Field,Type,Length,Target Field,Type,Length,Rule"))
    assert header
    assert (header.row, header.vague, header.grouped, header.proven) == (1, False, False, True)
    assert (header.of("type", "source"), header.of("type", "target")) == ([1], [4])
    assert header.of("length", "target") == [5]
    assert "Rule = expression" in header.evidence


def test_a_bare_name_beside_a_clear_one_is_the_system() -> None:
    header = find_header(rows("Source,Source Field,Target,Target Field"))
    assert header
    assert (header.fields("source"), header.fields("target")) == ([1], [3])
    assert header.of("system", "source") == [0]


def test_the_best_named_column_comes_first() -> None:
    header = find_header(rows("Source Column,Source XPath,Target Name,Target Attribute"))
    assert header
    assert (header.fields("source"), header.fields("target")) == ([1, 0], [3])


def test_groups_with_sides() -> None:
    header = find_header(rows("Source,,,Target,,", "Table,Column,Type,Table,Column,Type"))
    assert header
    assert (header.row, header.vague, header.grouped) == (1, False, True)
    assert (header.fields("source"), header.of("object", "target"), header.of("type", "target")) == ([1], [3], [5])


def test_groups_without_sides_are_source_and_target_in_that_order() -> None:
    header = find_header(rows("Shop,,Condition,,ERP,,Remarks", "Field,Name,Formal,Text,Field,Type,"))
    assert header
    assert (header.vague, header.proven) == (True, True)
    assert (header.fields("source"), header.fields("target")) == ([0], [4])
    assert header.of("description") == [6]


def test_one_named_group_tells_the_other() -> None:
    header = find_header(rows("Order API,,Target,", "Field,Type,Field,Type"))
    assert header
    assert (header.fields("source"), header.fields("target")) == ([0], [2])


def test_an_indented_first_column_is_the_source() -> None:
    header = find_header(rows("Order,Case,Approach,Element", ".id,,copy,Id", "..x,,copy,X"))
    assert header
    assert (header.fields("source"), header.fields("target")) == ([0], [3])


def test_a_wide_row_is_read_in_part() -> None:
    header = find_header([Row(1, ("Source Field", "Target Field") * 5000)])
    assert header
    assert len(header.columns) == 200


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Name,Type,Length",
        "Source Table,Target Table",
        "Source Field,Type",
        "id,valid from,valid to",
        "tableName,fieldName",
    ],
)
def test_no_header(line: str) -> None:
    assert find_header(rows(line, "a,b,c")) is None


def test_a_header_far_down_is_not_looked_for() -> None:
    assert find_header(rows(*["a,b"] * 20, "Source Field,Target Field")) is None
