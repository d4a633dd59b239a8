"""The content-addressed file store: bytes under their SHA-256, written once, never changed. Knows no domain."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import structlog
from obstore.exceptions import BaseError

from spiff.errors import NotFound, Unavailable
from spiff.storage.bucket import Bucket
from spiff.storage.folder import Folder

log = structlog.get_logger()


def digest_of(data: bytes) -> str:
    """The name of these bytes: SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class FileStore:
    """Bytes by digest, in a local folder (`file://…`) or any object store that obstore opens (`s3://…`)."""

    def __init__(self, url: str) -> None:
        self._kept: Folder | Bucket = Folder(Path(urlsplit(url).path)) if url.startswith("file://") else Bucket(url)

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
        with _translated():
            try:
                return self._kept.read(_path(digest))
            except FileNotFoundError as failure:
                raise NotFound(f"there is no file {digest}") from failure

    def ping(self) -> None:
        """Raise Unavailable where the store does not answer, or takes no files."""
        with _translated():
            self._kept.ping()


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
