"""Whether a file on disk still is the blob that Git has of it, found out without Git and its filters."""

import hashlib
import os
from pathlib import Path

from integrationlint.model.errors import InputError
from integrationlint.source.file import inside, is_file, read_file


def differs(root: str, path: str, oid: str, limit: int) -> bool:
    """Whether there is a file at `path` below `root` that is not the blob `oid`, line ends apart (`core.autocrlf`).

    A symbolic link is compared by its target's name. A file over `limit` bytes is taken to differ, a deleted one not.
    """
    place = Path(root) / path
    try:
        if place.is_symlink():
            return not is_blob(os.fsencode(place.readlink()), oid)
        real = inside(root, path)
        data = None if real is None else read_file(real, path, limit)
    except (InputError, OSError, ValueError):
        return is_file(str(place))
    return data is not None and not is_blob(data, oid) and not is_blob(data.replace(b"\r\n", b"\n"), oid)


def is_blob(data: bytes, oid: str) -> bool:
    """Whether `oid`, in hexadecimal, is the object id of a blob with that content (SHA-1 or SHA-256)."""
    digest = hashlib.new("sha1" if len(oid) == 40 else "sha256", b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest() == oid
