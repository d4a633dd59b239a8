"""The one door for files from outside: what a file is, or why it is refused. Knows no database and no HTTP.

Nothing of a file is parsed in this process. A child reads it, within limits; when it is killed or crashes, that is a
refusal as well, and the pool starts another child.
"""

from hashlib import sha256

import msgspec

from spiff.assets.intake import FUNCTION, FontFound, Found, PictureFound
from spiff.assets.kinds import FileKind
from spiff.rendering.failures import RenderFailed
from spiff.rendering.processes.pool import RenderPool

SECONDS = 2.0
MEMORY_BYTES = 512 << 20
MOST_BYTES = 50_000_000
_NAME = "inspect"
_PREFIXES = ("file-", "picture-", "font-", "svg-")
_FAILURES = {
    "out-of-time": (
        "file-out-of-time",
        f"reading the file takes longer than {SECONDS:g} s; make it simpler or smaller",
    ),
    "out-of-memory": ("file-out-of-memory", f"reading the file takes more than {MEMORY_BYTES >> 20} MiB of memory"),
    "crashed": ("file-crashed", "the file broke its reader; save it again with another program"),
}


class Accepted(msgspec.Struct, frozen=True):
    """A file that can be used. `found` holds the facts; of an illustration, all that may be kept."""

    file: str
    sha256: str
    bytes: int
    found: Found

    @property
    def kind(self) -> FileKind:
        """What the file is."""
        if isinstance(self.found, PictureFound):
            return "picture"
        return "font" if isinstance(self.found, FontFound) else "illustration"


class Refused(msgspec.Struct, frozen=True):
    """A file that cannot be used: `code` for programs (docs/assets.md), `reason` for people."""

    file: str
    code: str
    reason: str


def intake_pool(workers: int = 1) -> RenderPool:
    """Child processes that inspect files, within the limits of this page. Close it after use."""
    return RenderPool(workers, seconds=SECONDS, memory_bytes=MEMORY_BYTES, functions={_NAME: FUNCTION})


def inspect_file(pool: RenderPool, name: str, data: bytes) -> Accepted | Refused:
    """Look through a file; `name` is only for people. Raises RenderFailed only where `pool` was closed."""
    if len(data) > MOST_BYTES:
        return Refused(name, "file-too-large", f"a file has at most {MOST_BYTES} bytes, not {len(data)}")
    try:
        found = pool.run(_NAME, data)
    except RenderFailed as failure:
        return _refused(name, failure)
    return Accepted(name, sha256(data).hexdigest(), len(data), msgspec.msgpack.decode(found, type=Found))


def _refused(name: str, failure: RenderFailed) -> Refused:
    if failure.code == "closed":
        raise failure
    if failure.code.startswith(_PREFIXES):
        return Refused(name, failure.code, failure.detail.partition(": ")[2])
    code, reason = _FAILURES.get(failure.code, ("file-unreadable", "the file cannot be read; save it again"))
    return Refused(name, code, reason)
