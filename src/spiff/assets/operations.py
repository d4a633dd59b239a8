"""What may be done with files: keep them, find them. Knows no HTTP.

Bytes go into the file store before the transaction that records them: a record never lacks its bytes, and bytes
without a record are merely unused.
"""

from collections.abc import Collection

import msgspec

from spiff.assets import store
from spiff.assets.inspecting import Accepted
from spiff.assets.model import File, Kind
from spiff.errors import NotFound
from spiff.storage.files import FileStore, digest_of
from spiff.storage.work import Work

_MOST_NAME = 200


def put_file(files: FileStore, data: bytes, *, kind: Kind, mime_type: str, name: str) -> File:
    """Put bytes into the file store and say what to record. Call it while no transaction is open."""
    return File(files.put(data), kind, mime_type, name, len(data))


def files_of(outcome: Accepted) -> list[tuple[File, bytes]]:
    """What is kept of a file that came: itself, and what a screen shows instead where that is another file."""
    kept, proxy = outcome.kept, outcome.proxy
    name, picture, font = outcome.file[:_MOST_NAME], outcome.picture, outcome.font
    file = File(outcome.sha256, kept.kind, kept.mime_type, name, len(kept.data))
    if picture:
        size = {"width_px": picture.width_px, "height_px": picture.height_px}
        file = msgspec.structs.replace(file, **size, proxy=outcome.sha256)
    if font:
        file = msgspec.structs.replace(file, family=font.family[:_MOST_NAME], coverage=font.coverage)
    if proxy is None:
        return [(file, kept.data)]
    small = File(digest_of(proxy.data), proxy.kind, proxy.mime_type, name, len(proxy.data))
    return [(msgspec.structs.replace(file, proxy=small.sha256), kept.data), (small, proxy.data)]


def record_file(work: Work, file: File) -> None:
    """Record a file whose bytes were put; recording it again changes nothing."""
    store.add_file(work, file)


def record_for_good(work: Work, found: Collection[File]) -> None:
    """Record files that stay whatever refers to them, as a catalogue's: designs of any age are drawn with them."""
    for file in found:
        store.add_file(work, file)
    store.keep_for_good(work, [file.sha256 for file in found])


def list_needed(work: Work, digests: Collection[str]) -> set[str]:
    """Which of these files stay although nothing else may say so."""
    return store.list_kept_for_good(work, digests)


def remove_records(work: Work, digests: Collection[str]) -> None:
    """Forget the records of files that nothing refers to."""
    store.remove_files(work, digests)


def lock_records(work: Work) -> None:
    """Let nobody record a file until this transaction ends."""
    store.lock_files(work)


def get_file(work: Work, sha256: str) -> File:
    """The record of a file. Raises NotFound."""
    if file := store.find_file(work, sha256):
        return file
    raise NotFound(f"there is no file {sha256}")


def find_files(work: Work, digests: Collection[str]) -> dict[str, File]:
    """The records of these digests, as far as there are any."""
    return store.list_files(work, digests)
