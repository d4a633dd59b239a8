"""An object store as a file store keeps it: `s3://…` and what else obstore opens. Waits for a bounded time."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import from_url

from spiff.settings import BadSettings

_CONNECT = timedelta(seconds=3)
_SILENCE = timedelta(seconds=10)
"""Longest wait for the next byte: a store that hangs is away, and whoever waits is told so."""
_RETRYING = timedelta(seconds=5)


class Bucket:
    """Objects by name. Address and credentials come from the environment, as the store's own tools read them."""

    def __init__(self, url: str) -> None:
        try:
            self._store = from_url(
                url,
                # Plain HTTP is spoken only where the address says so; options given here replace the environment's.
                client_options={"allow_http": True, "connect_timeout": _CONNECT, "read_timeout": _SILENCE},
                retry_config={"max_retries": 3, "retry_timeout": _RETRYING},
            )
        except (ValueError, BaseError) as failure:
            reason = str(failure).splitlines()[0]
            raise BadSettings(f"SPIFF_FILES_URL names no object store, such as s3://bucket/prefix: {reason}") from None

    def create(self, name: str, data: bytes) -> bool:
        """Write a new object; False where there is one of that name."""
        try:
            obstore.put(self._store, name, data, mode="create")
            return True
        except AlreadyExistsError:
            return False

    def read(self, name: str) -> bytes:
        """The bytes. Raises FileNotFoundError."""
        return bytes(obstore.get(self._store, name).bytes())

    def read_part(self, name: str, first: int, count: int) -> bytes:
        """So many of the bytes from the one at `first`. Raises FileNotFoundError."""
        return bytes(obstore.get_range(self._store, name, start=first, length=count))

    def list_older(self, below: str, before: datetime) -> Iterator[str]:
        """Names of the objects below a prefix that were put or moved before that instant."""
        for some in obstore.list(self._store, below or None):
            yield from (each["path"] for each in some if each["last_modified"] < before)

    def list_in(self, below: str) -> list[str]:
        """Names of the objects below a prefix."""
        return [each["path"] for some in obstore.list(self._store, below) for each in some]

    def move(self, name: str, wanted: str) -> None:
        """Give an object another name, as if it were put just now, if it is there."""
        with suppress(FileNotFoundError):
            obstore.copy(self._store, name, wanted)
            self.remove(name)

    def remove(self, name: str) -> None:
        """Remove an object, if it is there."""
        with suppress(FileNotFoundError):
            obstore.delete(self._store, name)

    def remove_unfinished(self, before: datetime) -> None:
        """Objects are there whole or not at all: there is nothing to remove."""

    def ping(self) -> None:
        """Raise where the store does not answer."""
        obstore.list_with_delimiter(self._store)
