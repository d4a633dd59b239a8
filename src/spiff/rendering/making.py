"""Does a render job, in this process. Knows no process and no pipe."""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from spiff.rendering.drawn import drawn_on
from spiff.rendering.dxf import to_dxf
from spiff.rendering.failures import NotDrawable
from spiff.rendering.job import RenderJob
from spiff.rendering.pdf import to_pdf
from spiff.rendering.png import to_png
from spiff.rendering.printing import Format
from spiff.rendering.svg import to_print_svg


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


def render_encoded(payload: bytes, *images: bytes) -> bytes:
    """The file for a job that was encoded: what a child process calls."""
    try:
        job, names = msgspec.msgpack.decode(payload, type=tuple[RenderJob, list[str]])
    except msgspec.DecodeError as failure:
        raise NotDrawable(f"not a render job: {failure}") from failure
    return render(replace(job, images=dict(zip(names, images, strict=True))))
