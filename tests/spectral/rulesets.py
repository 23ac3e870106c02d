"""What the tests of rulesets share: files in memory, read as a ruleset."""

from collections.abc import Mapping

from integrationlint.spectral.read import read
from integrationlint.spectral.ruleset import Ruleset, effective

# A rule that is right, for tests that are about something else.
RULE = "{given: $, then: {function: truthy}}"


def read_files(files: Mapping[str, str], *names: str, root: str = "/") -> Ruleset:
    """The ruleset of names, by default that of the first file; a folder is a path that others begin with."""

    def load(path: str) -> bytes | None:
        if path.startswith("../../"):
            raise PermissionError(path)
        if any(one.startswith(f"{path}/") for one in files):
            return None
        if path not in files:
            raise FileNotFoundError(path)
        return files[path].encode()

    return read(names or (f"./{next(iter(files))}",), load, root)


def ruleset(text: str, **files: str) -> Ruleset:
    """The ruleset of one text; other files by their names without `.yaml`."""
    return read_files({"main.yaml": text, **{f"{name}.yaml": one for name, one in files.items()}})


def levels(found: Ruleset) -> dict[str, str]:
    """The severity that each rule has in effect, by id."""
    return {name: effective(one).name for name, one in found.rules.items()}
