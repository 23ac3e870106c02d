"""Opens the files of an untrusted tree: inside the root, regular, within the limit, not through a swapped-in link."""

import errno
import os
import posixpath
import stat
from pathlib import Path
from typing import Final

from integrationlint.model.errors import InputError

# O_NONBLOCK: opening a FIFO returns at once. O_BINARY and the missing flags: Windows.
_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_CHUNK = 1 << 16


def read_file(place: str, name: str, limit: int) -> bytes:
    """The bytes of the regular file at `place`, at most `limit` of them; InputError names it `name`."""
    try:
        handle = os.open(place, _FLAGS)
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: {_reason(error)}") from None
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{name}: is not a regular file")
        if status.st_size > limit:
            raise too_large(name, status.st_size, limit)
        data = _read(handle, status.st_size, limit)
    except OSError as error:
        raise InputError(f"{name}: {_reason(error)}") from None
    finally:
        os.close(handle)
    if len(data) > limit:
        raise too_large(name, len(data), limit)
    return data


def too_large(name: str, size: int, limit: int) -> InputError:
    """The error for a file over the limit; both in bytes."""
    return InputError(f"{name}: {size} bytes are more than the limit of {limit}; raise limits.file-size to read it")


def _read(handle: int, size: int, limit: int) -> bytes:
    """At most `limit` + 1 bytes; the size is only what the file system said when we asked."""
    data = os.read(handle, size + 1)
    if len(data) == size:  # the usual case: all of it, and no byte behind it
        return data
    chunks, total = [data], len(data)
    while data and total <= limit:
        data = os.read(handle, min(_CHUNK, limit + 1 - total))
        chunks.append(data)
        total += len(data)
    return b"".join(chunks)


def _reason(error: OSError | ValueError) -> str:
    if not isinstance(error, OSError):  # a NUL or a lone surrogate in the name
        return "no such file"
    if error.errno == errno.ELOOP:
        return "is a symbolic link"
    if error.errno == errno.ENOENT:
        return "no such file"
    return f"cannot be read ({error.strerror or error})"


def is_plain(path: str) -> bool:
    """Whether it is a relative, normalised posix path that stays below its root on every platform."""
    if not path or "\0" in path or posixpath.normpath(path) != path or path.startswith(("/", "../")):
        return False
    return path not in {".", ".."} and not (os.sep == "\\" and ("\\" in path or ":" in path))


def inside(root: str, path: str) -> str | None:
    """The real place of `path` below `root` (itself a real path), links resolved; None where it leaves the root."""
    if not is_plain(path):
        return None
    try:
        place = os.path.realpath(f"{root}/{path}")
    except (OSError, ValueError):
        return None
    return place if place.startswith(root.rstrip(os.sep) + os.sep) else None


def is_file(place: str | None) -> bool:
    """Whether a place that `inside` gave is a regular file."""
    try:
        return place is not None and Path(place).is_file()
    except OSError:
        return False


def toplevel(path: str) -> str | None:
    """The closest folder at or above `path` with a Git repository in it (`.git` as folder or file), or None."""
    start = Path(os.path.realpath(path))
    for folder in (start, *start.parents):
        if is_file(f"{folder}/.git") or is_file(f"{folder}/.git/HEAD"):
            return str(folder)
    return None


def real_folder(path: str) -> str:
    """The real path of a folder; InputError where there is none."""
    try:
        place = Path(os.path.realpath(path))
        if place.is_dir():
            return str(place)
        reason = "is not a folder" if place.exists() else "no such folder"
    except (OSError, ValueError) as error:
        reason = _reason(error)
    raise InputError(f"{path}: {reason}")
