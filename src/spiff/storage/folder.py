"""A local folder as a file store keeps it: whole files or none, on the disk before anybody is told. Knows no digest."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

_UNFINISHED = "unfinished"
"""Subfolder of files that are still being written; what stays in there was cut off and may be deleted."""

_SHARED = 2
"""Letters in the names of the folders that many files share: those stay, though they be empty."""


class Folder:
    """Files by name. A power cut at any moment leaves each one whole or absent."""

    def __init__(self, root: Path) -> None:
        self._root = root
        (root / _UNFINISHED).mkdir(parents=True, exist_ok=True)

    def create(self, name: str, data: bytes) -> bool:
        """Write a new file; False where there is one of that name. Either way it is on the disk."""
        path = self._root / name
        if path.exists():
            _sync(path.parent)  # whoever wrote it may not have come that far yet
            return False
        written = self._written(data)
        try:
            _make_folder(path.parent)
            os.link(written, path)
            return True
        except FileExistsError:
            return False
        finally:
            written.unlink()
            _sync(path.parent)

    def read(self, name: str) -> bytes:
        """The bytes. Raises FileNotFoundError."""
        return (self._root / name).read_bytes()

    def read_part(self, name: str, first: int, count: int) -> bytes:
        """So many of the bytes from the one at `first`. Raises FileNotFoundError."""
        with (self._root / name).open("rb") as file:
            file.seek(first)
            return file.read(count)

    def list_older(self, below: str, before: datetime) -> Iterator[str]:
        """Names of the files below a folder that were last put or moved before that instant."""
        for folder, _, names in os.walk(self._root / below):
            for path in (Path(folder, name) for name in names):
                if _is_older(path, before):
                    yield str(path.relative_to(self._root))

    def list_in(self, below: str) -> list[str]:
        """Names of the files in a folder."""
        with suppress(FileNotFoundError):
            return [f"{below}/{each}" for each in os.listdir(self._root / below)]
        return []

    def move(self, name: str, wanted: str) -> None:
        """Give a file another name, as if it were put just now, if it is there."""
        path, target = self._root / name, self._root / wanted
        while True:
            _make_folder(target.parent)
            try:
                os.utime(path)
                path.replace(target)
            except FileNotFoundError:
                if path.exists():
                    continue  # somebody just removed the empty folder
                return
            _sync(target.parent)
            _leave(path.parent)
            return

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        path = self._root / name
        path.unlink(missing_ok=True)
        _leave(path.parent)

    def remove_unfinished(self, before: datetime) -> None:
        """Remove what was cut off while it was being written."""
        for path in (self._root / _UNFINISHED).iterdir():
            if _is_older(path, before):
                path.unlink(missing_ok=True)

    def ping(self) -> None:
        """Raise OSError where the folder does not take files."""
        self._written(b"").unlink()

    def _written(self, data: bytes) -> Path:
        path = self._root / _UNFINISHED / uuid4().hex
        try:
            with path.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise
        return path


def _is_older(path: Path, before: datetime) -> bool:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < before.timestamp()
    return False


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _sync(folder.parent)


def _leave(folder: Path) -> None:
    """A folder of a single file goes with it; in others, make durable that the file is gone."""
    with suppress(FileNotFoundError):
        if len(folder.name) > _SHARED:
            with suppress(OSError):
                folder.rmdir()
            folder = folder.parent
        _sync(folder)


def _sync(folder: Path) -> None:
    """Make the folder's list of names durable: a file's own fsync does not."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
