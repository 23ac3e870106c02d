"""A document that names itself leads nowhere, and ends."""

from integrationlint.model.settings import Settings
from integrationlint.pipeline.lint import open_workspace
from integrationlint.source.snapshot import Memory


def test_a_mapping_that_names_its_own_file_as_schema() -> None:
    sheet = b"# Source,m.csv#X\n# Target,m.csv\nSource Field,Target Field\na,b\n"
    workspace = open_workspace(Memory({"m.csv": sheet}), ("m.csv",), Settings())
    (line,) = workspace.elements("line")
    assert all(edge.missing for edge in workspace.edges(line))
