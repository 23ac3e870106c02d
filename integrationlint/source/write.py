"""Writes a file whole or not at all."""

import contextlib
import os
import stat
from pathlib import Path

from integrationlint.model.errors import InputError

_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def write_atomic(path: str, data: bytes) -> None:
    """Put `data` in the file at `path`: readers see the old content or the new one, never a part.

    A temporary file in the same folder is filled, synced to disk and renamed over the target, whose permissions it
    takes. InputError where the target is a symbolic link or no regular file, or the folder cannot be written.
    """
    target = Path(path)
    # Short and not made of the target's name, which may already be as long as the file system allows.
    draft = target.with_name(f".integrationlint-{os.urandom(8).hex()}.tmp")
    try:
        mode = _mode(target)
        try:
            _fill(draft, data, mode)
            draft.replace(target)
        finally:
            with contextlib.suppress(OSError):
                draft.unlink()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: cannot be written ({reason})") from None


def _mode(target: Path) -> int | None:
    """The permissions to keep, None for a new file."""
    try:
        status = target.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(status.st_mode):
        raise InputError(f"{target}: is a symbolic link; name the file it leads to")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(f"{target}: is not a regular file")
    return stat.S_IMODE(status.st_mode)


def _fill(draft: Path, data: bytes, mode: int | None) -> None:
    with open(os.open(draft, _FLAGS, 0o666), "wb") as stream:  # noqa: PTH123 - pathlib cannot open with O_EXCL | O_NOFOLLOW
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    if mode is not None:
        draft.chmod(mode)
