"""What a render job is, and how a child process does it. Knows no process and no pipe."""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from spiff.composing.document import Medium
from spiff.composing.scene import ScenePanel
from spiff.rendering.drawn import drawn_on
from spiff.rendering.dxf import to_dxf
from spiff.rendering.failures import NotDrawable
from spiff.rendering.pdf import to_pdf
from spiff.rendering.pdf.page import DEFAULT
from spiff.rendering.png import to_png
from spiff.rendering.printing import Format, Printing
from spiff.rendering.svg import to_print_svg


class RenderJob(msgspec.Struct, frozen=True):
    """One file to be made. `images` holds the bytes of every asset drawn; `width_px` and `trim` are for PNG."""

    panel: ScenePanel
    images: dict[str, bytes]
    format: Format
    title: str = ""
    width_px: int = 1000
    trim: bool = False
    medium: Medium = "print"
    printing: Printing = DEFAULT


def render(job: RenderJob) -> bytes:
    """The file, in this process and without limits. Raises NotDrawable."""
    panel = drawn_on(job.panel, job.medium)
    makers: dict[Format, Callable[[], bytes]] = {
        "pdf": lambda: to_pdf(panel, job.images, title=job.title, printing=job.printing),
        "png": lambda: to_png(panel, job.images, width_px=job.width_px, trim=job.trim),
        "svg": lambda: to_print_svg(panel, job.images).encode(),
        "dxf": lambda: to_dxf(panel),
    }
    return makers[job.format]()


def encoded(job: RenderJob) -> list[bytes]:
    """The job as frames for a child process: MessagePack, then its images as they are."""
    return [msgspec.msgpack.encode((replace(job, images={}), list(job.images))), *job.images.values()]


def render_encoded(payload: bytes, *images: bytes) -> bytes:
    """The file for a job that was encoded: what a child process calls."""
    try:
        job, names = msgspec.msgpack.decode(payload, type=tuple[RenderJob, list[str]])
    except msgspec.DecodeError as failure:
        raise NotDrawable(f"not a render job: {failure}") from failure
    return render(replace(job, images=dict(zip(names, images, strict=True))))
