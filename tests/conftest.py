"""What every test may ask for: golden files, compared or rewritten with `pytest --golden`."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

# The same inputs on every run; `pytest --hypothesis-profile fuzz` looks for new ones.
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("fuzz", max_examples=2_000, deadline=None)
settings.load_profile("steady")

Golden = Callable[[Path, str], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare `--golden`."""
    parser.addoption("--golden", action="store_true", help="rewrite the golden files instead of comparing with them")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(path, text)`: the file holds exactly that text, or is made to by `--golden`."""
    rewrite = bool(request.config.getoption("--golden"))

    def compare(path: Path, text: str) -> None:
        if rewrite:
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        assert path.is_file(), f"{path} is missing: write it with pytest --golden and read what it says"
        assert text == path.read_text(encoding="utf-8")

    return compare
