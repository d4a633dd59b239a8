"""What a render job is, and how a child process does it. Knows no process and no pipe."""

from typing import Literal

import msgspec

from spiff.composing.scene import ScenePanel
from spiff.rendering.failures import NotDrawable
from spiff.rendering.pdf import to_pdf
from spiff.rendering.png import to_png


class RenderJob(msgspec.Struct, frozen=True):
    """One file to be made. `images` holds the bytes of every asset drawn; `width_px` and `trim` are for PNG."""

    panel: ScenePanel
    images: dict[str, bytes]
    format: Literal["pdf", "png"]
    title: str = ""
    width_px: int = 1000
    trim: bool = False


def render(job: RenderJob) -> bytes:
    """The file, in this process and without limits. Raises NotDrawable."""
    if job.format == "pdf":
        return to_pdf(job.panel, job.images, title=job.title)
    return to_png(job.panel, job.images, width_px=job.width_px, trim=job.trim)


def render_encoded(payload: bytes) -> bytes:
    """The file for a job encoded as MessagePack: what a child process calls."""
    try:
        job = msgspec.msgpack.decode(payload, type=RenderJob)
    except msgspec.DecodeError as failure:
        raise NotDrawable(f"not a render job: {failure}") from failure
    return render(job)
