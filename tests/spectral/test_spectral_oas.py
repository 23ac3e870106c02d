"""What `spectral:oas` finds in real documents, next to what Spectral finds in them, where its results are at hand."""

from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
EXPECTED, CORPUS = SHARED / "conformance" / "spectral-oas", SHARED / "corpus" / "openapi"

pytestmark = pytest.mark.skipif(not EXPECTED.is_dir(), reason="the results of Spectral are not here")


def test_it_finds_what_spectral_finds_and_at_the_same_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT / "bench")
    bench = import_module("spectral_oas")
    score = bench.measured(EXPECTED, CORPUS)
    words = "\n".join(bench.told(score))
    assert not score.errors, words
    assert score.common > 2_000
    assert score.precision >= 0.98, words
    assert score.recall >= 0.98, words
    assert score.positions >= 0.98, words
