"""Workflow versions, fonts and drawings, parsed once and kept: the only cache of its kind. Knows no HTTP.

Both are named by the SHA-256 of their bytes, so what is kept can never be out of date, in whatever database or file
store it was found. The number kept is bounded; what was used longest ago goes first.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

import msgspec

from spiff.composing.compose import Needed
from spiff.composing.fonts import Font
from spiff.composing.resources import Context, Drawing, Resources
from spiff.composing.workflow import Workflow
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
_drawings: KeptByDigest[Drawing] = KeptByDigest(256)


def parsed_workflow(digest: str, document: Callable[[], str]) -> Workflow:
    """The workflow of a published document; `document` is only called where it is not kept."""
    return _workflows.get(digest, lambda: msgspec.json.decode(document(), type=Workflow))


def loaded(files: FileStore, wanted: Needed, context: Context) -> Resources:
    """The fonts and drawings that compose needs. Reads the file store: call it while no transaction is open."""
    fonts = {digest: _font(files, digest) for digest in wanted.fonts}
    return Resources(fonts, {digest: _drawing(files, digest) for digest in wanted.drawings}, context)


def _font(files: FileStore, digest: str) -> Font:
    return _fonts.get(digest, lambda: Font(files.get(digest)))


def _drawing(files: FileStore, digest: str) -> Drawing:
    return _drawings.get(digest, lambda: msgspec.json.decode(files.get(digest), type=Drawing))
