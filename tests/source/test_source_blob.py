"""Files on disk against the blobs of a commit, without Git."""

import os
from pathlib import Path

import pytest

from integrationlint.source.blob import differs, is_blob

# `git hash-object` of nothing and of "a\n"
EMPTY = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
EMPTY_256 = "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813"
A = "78981922613b2afb6025042ff6bd878ac1994e85"


@pytest.mark.parametrize(
    ("data", "oid", "same"),
    [(b"", EMPTY, True), (b"", EMPTY_256, True), (b"a\n", A, True), (b"a", A, False), (b"", A, False)],
)
def test_object_ids(data: bytes, oid: str, same: bool) -> None:
    assert is_blob(data, oid) is same


def test_differs(tmp_path: Path) -> None:
    root = os.path.realpath(tmp_path)
    for name, data in {"same": b"a\n", "crlf": b"a\r\n", "other": b"b\n"}.items():
        (tmp_path / name).write_bytes(data)
    assert not differs(root, "same", A, 10)
    assert not differs(root, "crlf", A, 10)
    assert differs(root, "other", A, 10)
    assert differs(root, "same", A, 1), "too large to compare"
    assert not differs(root, "gone", A, 10)
    assert not differs(root, "../out", A, 10)
    assert not differs(root, "nul\0", A, 10)
