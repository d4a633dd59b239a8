"""Composes and draws designs. Reads the file store and asks render processes; knows no database and no HTTP.

Call it while no transaction is open: what it needs is read before, what it gives is written after.
"""

import asyncio
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec
import structlog

from spiff.assets import operations as assets
from spiff.assets.model import PROXY_SIDE_PX, File
from spiff.catalogue.published import loaded
from spiff.composing.answers import Answers, Finding
from spiff.composing.canonical import canonical_scene
from spiff.composing.compose import compose, needed
from spiff.composing.exported import design_metadata, exported_data
from spiff.composing.pricing import options_cost
from spiff.composing.resources import Context, Resources
from spiff.composing.scene import ImageElement, Scene, ScenePanel
from spiff.composing.workflow import Workflow
from spiff.errors import NotFound
from spiff.rendering.drawn import drawn_assets, drawn_on
from spiff.rendering.failures import RenderFailed
from spiff.rendering.job import RenderJob
from spiff.rendering.processes.pool import RenderPool
from spiff.storage.files import FileStore
from spiff.transactions.answers import preflight_report, refuse_to_finish

PREVIEW_WIDTH_PX = 800
NO_PROXIES: Mapping[str, str] = MappingProxyType({})

log = structlog.get_logger()


class Composed(NamedTuple):
    """What answers give: what is drawn, what is wrong, what it costs beyond the base price."""

    answers: Answers
    scene: Scene
    findings: tuple[Finding, ...]
    options_cost: int
    resources: Resources


class Finished(NamedTuple):
    """Everything of a finished design that is worked out before it is written."""

    options_cost: int
    exported_data: dict[str, Any]
    metadata: dict[str, str]
    preflight: list[dict[str, str]]
    scene: File
    preview: File | None


def compose_answers(files: FileStore, workflow: Workflow, answers: Answers, context: Context) -> Composed:
    """Compose, whatever the findings are."""
    resources = loaded(files, needed(workflow, answers, context), context)
    scene, findings = compose(workflow, answers, resources)
    return Composed(answers, scene, findings, options_cost(workflow, answers), resources)


async def finish_answers(
    files: FileStore,
    rendering: RenderPool,
    workflow: Workflow,
    answers: Answers,
    context: Context,
    proxies: Mapping[str, str] = NO_PROXIES,
) -> Finished:
    """Freeze: compose, refuse what is unfinished, and keep the scene and its preview as files. Raises Invalid.

    `proxies` names the reduced copies of pictures, by digest.

    The wait for a render process holds no thread: while many finish, others go on designing.
    """
    composed = await asyncio.to_thread(compose_answers, files, workflow, answers, context)
    return await finish_composed(files, rendering, workflow, composed, proxies)


async def finish_composed(
    files: FileStore,
    rendering: RenderPool,
    workflow: Workflow,
    composed: Composed,
    proxies: Mapping[str, str] = NO_PROXIES,
) -> Finished:
    """The same with answers that are composed already."""
    finished, picture = await asyncio.to_thread(_frozen, files, workflow, composed, proxies)
    try:
        data = await asyncio.wrap_future(rendering.submit(picture))
    except RenderFailed as failure:
        # A design without a picture in the cart is still a design.
        log.error("preview_failed", code=failure.code)
        return finished
    return finished._replace(preview=await asyncio.to_thread(_keep_preview, files, data))


def _frozen(
    files: FileStore, workflow: Workflow, composed: Composed, proxies: Mapping[str, str]
) -> tuple[Finished, RenderJob]:
    """What is finished but for its preview, and how that is drawn."""
    answers, context = composed.answers, composed.resources.context
    refuse_to_finish(composed.findings, context)
    text = canonical_scene(composed.scene).encode()
    finished = Finished(
        options_cost=composed.options_cost,
        exported_data=dict(exported_data(workflow, answers, composed.resources)),
        metadata=design_metadata(workflow, answers, composed.resources),
        preflight=preflight_report(workflow, composed.findings, context),
        scene=assets.put_file(files, text, kind="scene", mime_type="application/json", name="scene.json"),
        preview=None,
    )
    panel = drawn_on(composed.scene.panels[0], "screen")
    images = {digest: files.get(each) for digest, each in enough_for_screens(panel, proxies).items()}
    return finished, RenderJob(panel, images, "png", width_px=PREVIEW_WIDTH_PX, trim=True, medium="screen")


def enough_for_screens(panel: ScenePanel, proxies: Mapping[str, str]) -> dict[str, str]:
    """By picture, the file to draw a preview from: its reduced copy, unless it is drawn larger than that is."""
    scale = PREVIEW_WIDTH_PX / (panel.width - 2 * panel.bleed)
    return {
        asset: proxies.get(asset, asset) if _longest_side(panel, asset) * scale <= PROXY_SIDE_PX else asset
        for asset in drawn_assets(panel)
    }


def _longest_side(panel: ScenePanel, asset: str) -> float:
    places = [each.matrix for each in panel.elements if isinstance(each, ImageElement) and each.asset == asset]
    return max(max(math.hypot(a, b), math.hypot(c, d)) for a, b, c, d, _, _ in places)


def _keep_preview(files: FileStore, data: bytes) -> File:
    return assets.put_file(files, data, kind="preview", mime_type="image/png", name="preview.png")


def read_scene(files: FileStore, digest: str) -> Scene:
    """The scene that was kept under this digest."""
    return msgspec.json.decode(files.get(digest), type=Scene)


def panel_of(scene: Scene, name: str) -> ScenePanel:
    """The scene's panel with this name. Raises NotFound."""
    for panel in scene.panels:
        if panel.name == name:
            return panel
    raise NotFound(f"the design has no panel {name!r}")
