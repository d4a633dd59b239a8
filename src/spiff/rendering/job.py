"""What a render job is, and how it goes to a child process. Knows no renderer, no process and no pipe."""

import msgspec
from msgspec.structs import replace

from spiff.composing.document import Medium
from spiff.composing.scene import ScenePanel
from spiff.rendering.printing import Format, Printing


class RenderJob(msgspec.Struct, frozen=True):
    """One file to be made. `images` holds the bytes of every asset drawn; `width_px` and `trim` are for PNG."""

    panel: ScenePanel
    images: dict[str, bytes]
    format: Format
    title: str = ""
    width_px: int = 1000
    trim: bool = False
    medium: Medium = "print"
    printing: Printing = Printing()


def encoded(job: RenderJob) -> list[bytes]:
    """The job as frames for a child process: MessagePack, then its images as they are."""
    return [msgspec.msgpack.encode((replace(job, images={}), list(job.images))), *job.images.values()]
