"""An object store as a file store keeps it: `s3://…` and what else obstore opens. Waits for a bounded time."""

from datetime import timedelta

import obstore
from obstore.exceptions import AlreadyExistsError
from obstore.store import from_url

_CONNECT = timedelta(seconds=3)
_SILENCE = timedelta(seconds=10)
"""Longest wait for the next byte: a store that hangs is away, and whoever waits is told so."""
_RETRYING = timedelta(seconds=5)


class Bucket:
    """Objects by name. Address and credentials come from the environment, as the store's own tools read them."""

    def __init__(self, url: str) -> None:
        self._store = from_url(
            url,
            # Plain HTTP is spoken only where the address says so; options given here replace those of the environment.
            client_options={"allow_http": True, "connect_timeout": _CONNECT, "read_timeout": _SILENCE},
            retry_config={"max_retries": 3, "retry_timeout": _RETRYING},
        )

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

    def ping(self) -> None:
        """Raise where the store does not answer."""
        obstore.list_with_delimiter(self._store)
