"""The file store promises: bytes under their digest, written once, never changed."""

import hashlib
import os
import socket
import subprocess
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spiff.errors import NotFound, Unavailable
from spiff.storage.files import FileStore
from tests.s3 import s3_server


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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real filesystem of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False, capture_output=True
    ).returncode:
        pytest.skip("only root may mount a filesystem")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_told_and_leaves_nothing_half_written(small_disk: Path) -> None:
    files, large = FileStore(f"file://{small_disk}"), os.urandom(700_000)
    kept = files.put(large)

    with pytest.raises(Unavailable):
        files.put(os.urandom(700_000))

    assert [path.name for path in small_disk.rglob("*") if path.is_file()] == [kept]
    assert files.get(kept) == large
    (small_disk / kept[:2] / kept).unlink()
    assert files.put(os.urandom(700_000))


def test_a_disk_that_became_read_only_is_told_until_it_takes_files_again(small_disk: Path) -> None:
    files = FileStore(f"file://{small_disk}")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(Unavailable):
        files.put(b"some bytes")
    with pytest.raises(Unavailable):
        files.ping()

    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)
    assert files.get(files.put(b"some bytes")) == b"some bytes"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Where an object store is expected; nobody answers, but who calls can be counted."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        for name in ("REGION", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
            monkeypatch.setenv(f"AWS_{name}", "x")
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        yield listening


def test_an_object_store_that_hangs_up_is_called_and_told_to_be_away(bucket: socket.socket) -> None:
    called: list[bytes] = []

    def hang_up() -> None:
        while True:
            with suppress(OSError):
                connection, _ = bucket.accept()
                called.append(connection.recv(4096))
                connection.close()
                continue
            return

    threading.Thread(target=hang_up, daemon=True).start()
    with pytest.raises(Unavailable):
        FileStore("s3://bucket/prefix").put(b"some bytes")

    assert called[0].startswith(b"PUT /bucket/prefix/")
    bucket.shutdown(socket.SHUT_RDWR)


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, files: FileStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[FileStore]:
    """An empty store of each kind."""
    if request.param == "folder":
        yield files
        return
    with s3_server("kept") as address:
        monkeypatch.setenv("AWS_ENDPOINT_URL", address)
        for name in ("REGION", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
            monkeypatch.setenv(f"AWS_{name}", "x")
        yield FileStore(f"s3://kept/{uuid.uuid4().hex}")  # the servers of a process share what is in them


def test_a_part_is_read_wherever_the_file_is_and_is_told_to_be_missing_where_it_is_cut(kept: FileStore) -> None:
    digest = kept.put(b"some bytes")
    first = kept.get_part(digest, 0, 4)
    kept.set_aside(digest)

    assert (first, kept.get_part(digest, 5, 5)) == (b"some", b"bytes")
    for lost in (6, 10):
        with pytest.raises(Unavailable):
            kept.get_part(digest, lost, 5)
    with pytest.raises(NotFound):
        kept.get_part("0" * 64, 0, 1)


def test_what_is_set_aside_can_be_read_and_comes_back_and_nothing_is_there_twice(kept: FileStore) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    digest = kept.put(b"some bytes")
    assert list(kept.list_older(later)) == [digest]

    for _ in range(2):  # whoever comes second finds nothing to do
        kept.set_aside(digest)
    assert (kept.get(digest), list(kept.list_older(later))) == (b"some bytes", [])
    ((aside, place),) = kept.list_aside(later)
    assert (aside, list(kept.list_aside(later - timedelta(hours=2)))) == (digest, [])

    for _ in range(2):
        kept.bring_back(digest, place)
    assert (list(kept.list_older(later)), list(kept.list_aside(later))) == ([digest], [])


def test_what_is_removed_aside_leaves_the_same_bytes_that_were_put_or_set_aside_since(kept: FileStore) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    digest = kept.put(b"some bytes")
    kept.set_aside(digest)
    ((_, place),) = kept.list_aside(later)
    kept.put(b"some bytes")
    kept.set_aside(digest)

    for _ in range(2):
        kept.remove_aside(place)

    assert kept.get(digest) == b"some bytes"
    ((_, other),) = kept.list_aside(later)
    kept.remove_aside(other)
    with pytest.raises(NotFound):
        kept.get(digest)


def test_what_a_killed_program_left_half_written_is_removed(files: FileStore, tmp_path: Path) -> None:
    digest = files.put(b"whole")
    half = tmp_path / "files" / "unfinished" / "half"
    half.write_bytes(b"hal")

    files.remove_unfinished(datetime.now(UTC) - timedelta(hours=1))
    assert half.exists()
    files.remove_unfinished(datetime.now(UTC) + timedelta(hours=1))

    assert (half.exists(), files.get(digest)) == (False, b"whole")
