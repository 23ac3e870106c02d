"""The Spectral rulesets that the settings extend; imported only where there are any."""

from collections.abc import Iterable
from pathlib import Path

from integrationlint.config.files import reader, top_level
from integrationlint.config.load import Read
from integrationlint.model.settings import Settings
from integrationlint.spectral.read import read
from integrationlint.spectral.ruleset import Ruleset


def spectral_of(said: Settings, load: Read | None = None) -> Ruleset:
    """The ruleset that runs, read with `load` or else from disk; ConfigError with the place of what is wrong.

    On disk, files are read in the repository of the settings and, where the command line names a ruleset of another
    one, in that, and nowhere else.
    """
    places = {name: said.origins.get(f"extends/{name}") or said.origins.get("extends") for name in said.rulesets}
    known = {name: place for name, place in places.items() if place is not None}
    return read(said.rulesets, load or _from_disk(said), Path(said.root).absolute().as_posix(), known)


def _from_disk(said: Settings) -> Read:
    root = Path(said.root)
    files = [root / name for name in said.rulesets if name.startswith("../")]
    tops = dict.fromkeys([top_level(root), *(top_level(file.parent) for file in files)])
    return _first_that_may([reader(root, top) for top in tops])


def _first_that_may(readers: Iterable[Read]) -> Read:
    def load(path: str) -> bytes | None:
        for one in readers:
            try:
                return one(path)
            except PermissionError:
                continue
        raise PermissionError(path)

    return load
