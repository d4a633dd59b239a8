"""The one door for files from outside: what is kept of a file, or why it is refused. Knows no database and no HTTP.

Nothing of a file is parsed in this process. A child reads it, within limits; when it is killed or crashes, that is a
refusal as well, and the pool starts another child.
"""

from concurrent.futures import Future

import msgspec

from spiff.assets.kinds import FileRefused, kind_of
from spiff.assets.model import Kind
from spiff.assets.pictures import is_heic
from spiff.assets.taken import Content, FontFacts, PictureFacts, Taken
from spiff.assets.videos import MAX_BYTES as MOST_VIDEO_BYTES
from spiff.composing.resources import Drawing
from spiff.errors import Unavailable
from spiff.rendering.failures import RenderFailed
from spiff.rendering.processes.pool import RenderPool
from spiff.storage.files import digest_of

SECONDS = 2.0
"""Of the processor: a photo is not refused because the machine has much to do."""
_HEIC_SECONDS, _MOST_HEIC_SECONDS = 2e-6, 8.0
"""More, for each byte of a HEIC: its decoder takes as long for one as a JPEG's for ten."""
_WALL_SECONDS = 15.0
MEMORY_BYTES = 512 << 20
MOST_BYTES = 50_000_000
_NAME = "inspect"
_FUNCTION = "spiff.assets.intake:take_in_encoded"
"""By name: this process does not import the readers of fonts, pictures and drawings."""
_PREFIXES = ("file-", "picture-", "font-", "svg-", "model-", "video-", "profile-")
_FAILURES = {
    "out-of-time": ("file-out-of-time", "reading the file takes too long; make it simpler or smaller"),
    "out-of-memory": ("file-out-of-memory", f"reading the file takes more than {MEMORY_BYTES >> 20} MiB of memory"),
    "crashed": ("file-crashed", "the file broke its reader; save it again with another program"),
}


class IntakeBusy(Unavailable):
    """More files are waiting to be looked through than may wait; try again in a moment."""

    code = "intake-busy"


class Accepted(msgspec.Struct, frozen=True):
    """A file that can be used: what is kept of it, what a screen shows instead, and the facts."""

    file: str
    kept: Content
    sha256: str
    """Of the bytes that are kept."""
    proxy: Content | None = None
    picture: PictureFacts | None = None
    font: FontFacts | None = None
    materials: tuple[str, ...] = ()
    """What those of a model are called."""

    @property
    def kind(self) -> Kind:
        """What the file is."""
        return self.kept.kind

    @property
    def drawing(self) -> Drawing | None:
        """The paths of a drawing."""
        return msgspec.json.decode(self.kept.data, type=Drawing) if self.kind == "drawing" else None


class Refused(msgspec.Struct, frozen=True):
    """A file that cannot be used: `code` for programs (docs/assets.md), `reason` for people."""

    file: str
    code: str
    reason: str


def intake_pool(workers: int = 1, *, most_waiting: int | None = None) -> RenderPool:
    """Child processes that inspect files, within the limits of this page. Close it after use."""
    functions = {_NAME: _FUNCTION}
    return RenderPool(
        workers,
        seconds=SECONDS,
        wall_seconds=_WALL_SECONDS,
        memory_bytes=MEMORY_BYTES,
        functions=functions,
        most_waiting=most_waiting,
    )


def inspect_file(pool: RenderPool, name: str, data: bytes) -> Accepted | Refused:
    """Look through a file; `name` is only for people. Raises RenderFailed only where `pool` was closed."""
    if len(data) > (most := _most_bytes(data)):
        return Refused(name, "file-too-large", f"a file has at most {most} bytes, not {len(data)}")
    try:
        taken = msgspec.msgpack.decode(pool.run(_NAME, data, seconds=_seconds(data)), type=Taken)
    except RenderFailed as failure:
        return _refused(name, failure)
    kept = taken.kept if taken.kept.data else msgspec.structs.replace(taken.kept, data=data)
    return Accepted(name, kept, digest_of(kept.data), taken.proxy, taken.picture, taken.font, taken.materials)


def inspect_soon(pool: RenderPool, name: str, data: bytes) -> Future[Accepted | Refused]:
    """As `inspect_file`, in a thread of the pool. Raises IntakeBusy where too many files wait already."""
    try:
        return pool.call_soon(lambda: inspect_file(pool, name, data))
    except RenderFailed as failure:
        if failure.code != "busy":
            raise
        raise IntakeBusy("too many files are being looked through; try again in a moment") from failure


def _seconds(data: bytes) -> float:
    return min(SECONDS + _HEIC_SECONDS * len(data), _MOST_HEIC_SECONDS) if is_heic(data) else SECONDS


def _most_bytes(data: bytes) -> int:
    try:
        return MOST_VIDEO_BYTES if kind_of(data) == "video" else MOST_BYTES
    except FileRefused:
        return MOST_BYTES


def _refused(name: str, failure: RenderFailed) -> Refused:
    if failure.code == "closed":
        raise failure
    if failure.code.startswith(_PREFIXES):
        return Refused(name, failure.code, failure.detail.partition(": ")[2])
    code, reason = _FAILURES.get(failure.code, ("file-unreadable", "the file cannot be read; save it again"))
    return Refused(name, code, reason)
