"""The content-addressed file store: bytes under their SHA-256, written once, never changed. Knows no domain."""

import hashlib
from pathlib import Path
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore, from_url

from spiff.errors import NotFound, Unavailable


def digest_of(data: bytes) -> str:
    """The name of these bytes: SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


class FileStore:
    """Bytes by digest, in a local folder (`file://…`) or any object store that obstore opens (`s3://…`)."""

    def __init__(self, url: str) -> None:
        self._store: ObjectStore = _open(url)

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their digest. Putting the same bytes twice is putting them once."""
        digest = digest_of(data)
        try:
            obstore.put(self._store, _path(digest), data, mode="create")
        except AlreadyExistsError:
            pass
        except BaseError as failure:
            raise Unavailable("the file store does not answer") from failure
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a digest. Raises NotFound, or Unavailable where the store is away."""
        try:
            return bytes(obstore.get(self._store, _path(digest)).bytes())
        except FileNotFoundError as failure:
            raise NotFound(f"there is no file {digest}") from failure
        except BaseError as failure:
            raise Unavailable("the file store does not answer") from failure

    def ping(self) -> None:
        """Raise Unavailable where the store does not answer."""
        try:
            obstore.list_with_delimiter(self._store)
        except BaseError as failure:
            raise Unavailable("the file store does not answer") from failure


def _open(url: str) -> ObjectStore:
    if url.startswith("file://"):
        folder = Path(urlsplit(url).path)
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(folder)
    return from_url(url)


def _path(digest: str) -> str:
    return f"{digest[:2]}/{digest}"
