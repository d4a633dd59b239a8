"""Workflow versions and fonts, parsed once and kept: the only cache of its kind. Knows no HTTP.

Both are named by the SHA-256 of their bytes, so what is kept can never be out of date, in whatever database or file
store it was found. The number kept is bounded; what was used longest ago goes first.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import msgspec

from spiff.composing.fonts import Font
from spiff.composing.model import Workflow
from spiff.storage.files import FileStore

T = TypeVar("T")


class KeptByDigest(Generic[T]):
    """At most `most` values by the digest of what they were made from. Safe to use from several threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, digest: str, make: Callable[[], T]) -> T:
        """The kept value, or a new one. `make` may run twice when two threads ask at once."""
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
                return self._kept[digest]
        made = make()
        with self._lock:
            self._kept[digest] = made
            self._kept.move_to_end(digest)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


_workflows: KeptByDigest[Workflow] = KeptByDigest(256)
_fonts: KeptByDigest[Font] = KeptByDigest(64)


def parsed_workflow(digest: str, document: Callable[[], str]) -> Workflow:
    """The workflow of a published document; `document` is only called where it is not kept."""
    return _workflows.get(digest, lambda: msgspec.json.decode(document(), type=Workflow))


def opened_fonts(files: FileStore, digests: Iterable[str]) -> dict[str, Font]:
    """Fonts by their digest. Reads the file store: call it while no transaction is open."""
    return {digest: _font(files, digest) for digest in digests}


def _font(files: FileStore, digest: str) -> Font:
    return _fonts.get(digest, lambda: Font(files.get(digest)))
