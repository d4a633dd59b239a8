"""The content-addressed file store: bytes under their SHA-256, written once, never changed. Knows no domain.

What nobody needs is set aside before it is removed: it can still be read, and comes back where it is needed after all.
Whoever puts bytes that are set aside puts them anew.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import structlog
from obstore.exceptions import BaseError

from spiff.errors import NotFound, Unavailable
from spiff.storage.bucket import Bucket
from spiff.storage.folder import Folder

log = structlog.get_logger()

_ASIDE = "aside"
_KEPT = re.compile(r"[0-9a-f]{2}/(?P<digest>[0-9a-f]{64})")
_SET_ASIDE = re.compile(rf"{_ASIDE}/(?P<digest>[0-9a-f]{{64}})/[0-9a-f]{{32}}")


def digest_of(data: bytes) -> str:
    """The name of these bytes: SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class FileStore:
    """Bytes by digest, in a local folder (`file://…`) or any object store that obstore opens (`s3://…`)."""

    def __init__(self, url: str) -> None:
        self._kept: Folder | Bucket = Folder(Path(urlsplit(url).path)) if url.startswith("file://") else Bucket(url)
        self._beside: Mapping[str, bytes] = {}

    def beside(self, found: Mapping[str, bytes]) -> "FileStore":
        """The same store, in which these bytes can be read, too, by their digests. They are put nowhere."""
        both = copy(self)
        both._beside = found
        return both

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their digest. Putting the same bytes twice is putting them once.

        They are durable when this returns. Raises Unavailable where the store is away, full or read-only.
        """
        digest = digest_of(data)
        with _translated():
            self._kept.create(_path(digest), data)
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a digest. Raises NotFound, or Unavailable where the store is away."""
        if (found := self._beside.get(digest)) is not None:
            return found
        return self._read(digest, self._kept.read)

    def get_part(self, digest: str, first: int, count: int) -> bytes:
        """So many of the bytes of a digest from the one at `first`. Raises as `get`, also where they are not there."""
        part = self._read(digest, lambda place: self._kept.read_part(place, first, count))
        if len(part) < count:
            log.error("file_too_short", sha256=digest, at=first + len(part))
            raise Unavailable("the file store has lost a part of this file")
        return part

    def _read(self, digest: str, read: Callable[[str], bytes]) -> bytes:
        with _translated():
            for _ in range(2):  # it may be on its way from one place to the other
                for place in (_path(digest), *self._kept.list_in(f"{_ASIDE}/{digest}")):
                    with suppress(FileNotFoundError):
                        return read(place)
        raise NotFound(f"there is no file {digest}")

    def list_older(self, before: datetime) -> Iterator[str]:
        """The digests of files that were put before that instant and are not set aside."""
        return (digest for digest, _ in self._list("", _KEPT, before))

    def list_aside(self, before: datetime) -> Iterator[tuple[str, str]]:
        """Digest and place of what was set aside before that instant."""
        return self._list(_ASIDE, _SET_ASIDE, before)

    def set_aside(self, digest: str) -> None:
        """Make ready for removal; whoever asks for the file still gets it. Each time it goes to a place of its own."""
        with _translated():
            self._kept.move(_path(digest), f"{_ASIDE}/{digest}/{uuid4().hex}")

    def bring_back(self, digest: str, place: str) -> None:
        """Undo `set_aside`."""
        with _translated():
            self._kept.move(place, _path(digest))

    def remove_aside(self, place: str) -> None:
        """Remove what was set aside, for good; the same bytes elsewhere stay."""
        with _translated():
            self._kept.remove(place)

    def remove_unfinished(self, before: datetime) -> None:
        """Remove what programs left that were killed while they put a file before that instant."""
        with _translated():
            self._kept.remove_unfinished(before)

    def ping(self) -> None:
        """Raise Unavailable where the store does not answer, or takes no files."""
        with _translated():
            self._kept.ping()

    def _list(self, below: str, pattern: re.Pattern[str], before: datetime) -> Iterator[tuple[str, str]]:
        with _translated():
            for name in self._kept.list_older(below, before):
                if found := pattern.fullmatch(name):
                    yield found["digest"], name


@contextmanager
def _translated() -> Iterator[None]:
    """Turn a store that is away, full or read-only into our Unavailable."""
    try:
        yield
    except (BaseError, OSError) as failure:
        log.error("files_unavailable", reason=type(failure).__name__)
        raise Unavailable("the file store does not answer") from failure


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
