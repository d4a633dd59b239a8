"""A local folder as a file store keeps it: whole files or none, on the disk before anybody is told. Knows no digest."""

import os
from pathlib import Path
from uuid import uuid4

_UNFINISHED = "unfinished"
"""Subfolder of files that are still being written; what stays in there was cut off and may be deleted."""


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


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Make the folder's list of names durable: a file's own fsync does not."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
