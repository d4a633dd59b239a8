"""The worker's door of orders: makes print files. Knows the file store and the renderer, no SQL.

A job may run twice, or be cut off anywhere: files are named by their content and put once, the same design gives the
same bytes, and only whoever moves the item to ready records its files.
"""

from spiff.assets import operations as assets
from spiff.assets.model import File
from spiff.auth.caller import Caller
from spiff.composing.scene import Scene, ScenePanel
from spiff.errors import SpiffError
from spiff.fulfilment.model import PrintFile
from spiff.jobs.handlers import Handler, JobFailed
from spiff.orders import operations
from spiff.orders.jobs import RENDER_PRINT_FILES
from spiff.orders.model import PrintSpec
from spiff.rendering.drawn import drawn_assets, drawn_on
from spiff.rendering.failures import RenderFailed
from spiff.rendering.job import RenderJob
from spiff.rendering.printing import Format
from spiff.storage.work import Work
from spiff.transactions.designing import read_scene
from spiff.web.routing import Services

_MOST_PNG_WIDTH_PX = 8_000
_MOST_PNG_PIXELS = 50_000_000
_MIME_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "dxf": "image/vnd.dxf",
}


def on_render_print_files(services: Services, caller: Caller, *, item_id: str, turn: str) -> None:
    """Make every panel of an item in every format its design names. No transaction is open while rendering."""
    spec = services.database.write_now(lambda work: operations.begin_rendering(caller, work, item_id, int(turn)))
    if spec is None:
        return
    scene = read_scene(services.files, spec.scene_digest)
    wanted = [(place, format_) for place in range(len(scene.panels)) for format_ in spec.printing.formats]
    made = [_make(services, spec, scene, place, format_) for place, format_ in wanted]
    services.database.write_now(lambda work: operations.attach_print_files(caller, work, item_id, made, int(turn)))


def on_given_up(caller: Caller, work: Work, *, reason: str, item_id: str, turn: str) -> None:
    """The print files cannot be made: the item says so, and why."""
    operations.fail_item(caller, work, item_id, reason, int(turn))


handlers = {RENDER_PRINT_FILES: Handler(on_render_print_files, on_given_up)}
"""The jobs of this domain, by name."""


def _make(services: Services, spec: PrintSpec, scene: Scene, position: int, format_: Format) -> tuple[PrintFile, File]:
    panel = drawn_on(scene.panels[position], "print")
    images = {digest: services.files.get(digest) for digest in drawn_assets(panel)}
    if spec.printing.profile is not None:
        images[spec.printing.profile] = services.files.get(spec.printing.profile)
    width_px = _width_px(panel, spec.printing.png_dpi)
    job = RenderJob(panel, images, format_, title=spec.title, width_px=width_px, printing=spec.printing)
    try:
        data = services.rendering.render(job)
    except RenderFailed as failure:
        said = f"panel {panel.name!r} could not be made as {format_}: {failure}"
        raise (JobFailed(said) if failure.final else SpiffError(said)) from failure
    name = f"{panel.name}.{format_}"
    file = assets.put_file(services.files, data, kind="print", mime_type=_MIME_TYPES[format_], name=name)
    return PrintFile(spec.item_id, position, panel.name, format_, file.sha256, file.bytes), file


def _width_px(panel: ScenePanel, dpi: int) -> int:
    """As wide as so many dots per inch ask for, or less where the picture would be larger than the renderer draws."""
    wanted = panel.width / 72 * dpi
    most = min(_MOST_PNG_WIDTH_PX, (_MOST_PNG_PIXELS * 0.99 * panel.width / panel.height) ** 0.5)
    return max(1, int(min(wanted, most) + 0.5))
