"""Files that a Task hands on by name."""

import pytest

from integrationlint.formats.flows.asl_files import file_uses
from integrationlint.formats.flows.asl_tasks import Parameters


@pytest.mark.parametrize(
    ("written", "keys"),
    [
        ("mappings/a.csv", ["file:mappings/a.csv", "file:flows/mappings/a.csv"]),
        ("../mappings/a.csv", ["file:mappings/a.csv"]),
        ("a.xslt", ["file:a.xslt", "file:flows/a.xslt"]),
        ("../../a.csv", []),
        ("https://example.com/a.csv", []),
        ("s3://bucket/a.csv", []),
        ("$.path/a.csv", []),
        ("no file.csv", []),
        ("a.exe", []),
        ("a/" * 400 + "a.csv", []),
    ],
)
def test_literals_that_name_a_file(written: str, keys: list[str]) -> None:
    parameters = Parameters({"Payload": {"list": [1, {"mapping": written}]}}, "/States/A/Parameters")
    found = list(file_uses("flows/order.asl.json", parameters))
    assert [use.key for use in found] == keys
    assert all(use.pointer == "/States/A/Parameters/Payload/list/1/mapping" for use in found)
