"""Puts files into a folder that somebody watches: whole, durable, and once. Standard library only.

Beside the files there is a folder `.spiff` with two small files for each one under way. `key.part` is the file before
it has its name; `key.taken` says that it is about to get it. Who was cut off reads from them what was done: `taken`
without `part` means that the file was there, even where the printer has taken it away since.
"""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path, PurePosixPath

STATE = ".spiff"
_REMEMBERED_SECONDS = 7 * 24 * 3600


class NameTaken(Exception):
    """Another file has that name; it was left alone."""


class UnsafeName(Exception):
    """The name would leave the folder."""


def put_once(folder: Path, name: str, key: str, data: bytes) -> Path:
    """The file's path, after it is there; the same `key` again puts nothing.

    `name` may have folders of its own. The file appears whole, by a rename. Raises NameTaken, UnsafeName or OSError.
    """
    target, state = inside(folder, name), folder / STATE
    part, taken = state / f"{key}.part", state / f"{key}.taken"
    if taken.exists() and not part.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    state.mkdir(exist_ok=True)
    if not taken.exists():
        if target.exists():
            return _same_or_refused(target, data)
        _forget_old(state)
        write_whole(part, data)
        write_whole(taken, b"")
    part.replace(target)
    sync(target.parent)
    sync(state)
    return target


def inside(folder: Path, name: str) -> Path:
    """The path of a name below the folder. Raises UnsafeName where it would be elsewhere, or among our own files."""
    parts = PurePosixPath(name).parts
    if not parts or any(each in {"..", "/", STATE} or set(each) & set('\\:*?"<>|\0') for each in parts):
        raise UnsafeName(f"{name!r} is no name for a file")
    return folder.joinpath(*parts)


def _digest_of_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _same_or_refused(target: Path, data: bytes) -> Path:
    if _digest_of_file(target) != hashlib.sha256(data).hexdigest():
        raise NameTaken(f"there is another file {target.name!r}")
    return target


def write_whole(path: Path, data: bytes) -> None:
    """The whole file, on the disk before it has its name: whoever comes at the same time never sees a half."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)  # other programs read it: mkstemp lets only us
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync(path.parent)


def sync(folder: Path) -> None:
    """Make names durable, where the system lets a folder be synced."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _forget_old(state: Path) -> None:
    """Remove what nobody comes back for: a delivery is given up long before."""
    oldest = time.time() - _REMEMBERED_SECONDS
    for path in state.iterdir():
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < oldest:
                path.unlink()
