"""How far `spectral:oas` finds what Spectral finds: precision, recall and positions, and what differs, code by code.

python bench/spectral_oas.py EXPECTED CORPUS [PART_OF_A_PATH]

EXPECTED holds a JSON file for each document below CORPUS, named after its path with `~` for `/`: a list of objects
with code, path, line, column, source.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from integrationlint.model.document import Document
from integrationlint.model.report import RunError
from integrationlint.parse.parsers import parse
from integrationlint.spectral.diagnostics import Result
from integrationlint.spectral.read import read
from integrationlint.spectral.resolve import Resolver
from integrationlint.spectral.run import examine, run

Key = tuple[str, tuple[str, ...], str]
_SHOWN = 3


@dataclass
class Score:
    """How much agrees: found by both, by one alone, and at how many of the common ones the position is the same."""

    common: int = 0
    extra: Counter[Key] = field(default_factory=Counter)
    missing: Counter[Key] = field(default_factory=Counter)
    placed: int = 0
    errors: list[RunError] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of what is found that should be."""
        return self.common / max(1, self.common + self.extra.total())

    @property
    def recall(self) -> float:
        """The share of what should be found that is."""
        return self.common / max(1, self.common + self.missing.total())

    @property
    def positions(self) -> float:
        """The share of the common ones that are at the same line and column."""
        return self.placed / max(1, self.common)


def measured(expected: Path, corpus: Path, only: str = "") -> Score:
    """The score over all documents whose path contains a text."""
    score, documents = Score(), dict[str, Document]()
    ruleset = read(["spectral:oas"], lambda _path: None)

    def load(path: str) -> Document | None:
        if path not in documents and (corpus / path).is_file():
            documents[path] = parse(path, (corpus / path).read_bytes())
        return documents.get(path)

    for file in sorted(expected.iterdir()):
        path = file.name.removesuffix(".json").replace("~", "/")
        document = load(path)
        if only in path and document is not None:
            here, resolver = ruleset.for_file(path), Resolver(load)
            results = examine(document, here, here.running(), resolver)
            results += run(document, here, here.running(), resolver, score.errors)
            _compare(json.loads(file.read_text("utf-8")), results, score)
    return score


def _compare(expected: list[dict[str, Any]], results: list[Result], score: Score) -> None:
    wanted = Counter((one["code"], tuple(map(str, one["path"])), one["source"]) for one in expected)
    found = Counter(map(_key, results))
    score.common += (wanted & found).total()
    score.extra += found - wanted
    score.missing += wanted - found
    at = Counter((_key(one), *one.span.start) for one in results)
    theirs = Counter(
        ((one["code"], tuple(map(str, one["path"])), one["source"]), one["line"], one["column"]) for one in expected
    )
    score.placed += (at & theirs).total()


def _key(result: Result) -> Key:
    return (result.code, tuple(map(str, result.path)), result.document.path)


def told(score: Score) -> Iterator[str]:
    """The score in words, with some of what differs for each code."""
    shares = f"precision {score.precision:.4f}, recall {score.recall:.4f}, positions {score.positions:.4f}"
    yield f"{shares}; {score.common} in common"
    yield from sorted({f"failed: {one.rule}: {one.message}" for one in score.errors})
    for what, several in (("missing", score.missing), ("extra", score.extra)):
        codes = Counter[str]()
        for (code, _, _), count in several.items():
            codes[code] += count
        for code, count in codes.most_common():
            yield f"{what} {code}: {count}"
            places = sorted((source, path) for name, path, source in several if name == code)
            yield from (f"    {source} {'/'.join(path)}" for source, path in places[:_SHOWN])


if __name__ == "__main__":
    print("\n".join(told(measured(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:4]))))
