"""The file store promises: bytes under their digest, written once, never changed."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from spiff.errors import NotFound
from spiff.storage.files import FileStore


def test_what_is_not_there_is_not_found(files: FileStore) -> None:
    with pytest.raises(NotFound):
        files.get("0" * 64)


def test_bytes_come_back_under_their_sha256(files: FileStore) -> None:
    digest = files.put(b"some bytes")

    assert digest == hashlib.sha256(b"some bytes").hexdigest()
    assert files.get(digest) == b"some bytes"


def test_putting_the_same_bytes_twice_or_at_once_keeps_one_file(files: FileStore, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(files.put, [b"same"] * 50))

    assert len(digests) == 1
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1
