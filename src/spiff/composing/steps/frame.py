"""An upload in the shape of a frame, moved, enlarged and turned by the shopper (docs/composing.md, Frame)."""

from collections.abc import Iterable, Iterator

from spiff.composing.answers import Placement
from spiff.composing.drawing import rectangle
from spiff.composing.kinds import Drawing, Drawn, Entry, Found, Kind
from spiff.composing.numbers import turn
from spiff.composing.placing import Size, covering, drawn_paths, frame_outline, placed, stretched, unit
from spiff.composing.resources import Resources
from spiff.composing.scene import Element, ImageElement
from spiff.composing.selection import Selection
from spiff.composing.workflow import FrameStep, Picture, Region

Choice = Selection[FrameStep]

_PICTURES = frozenset((".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"))
_FARTHEST, _LEAST_ZOOM, _MOST_ZOOM, _MOST_DEGREES = 5.0, 0.05, 20.0, 3600.0


def _draw(selection: Choice, resources: Resources) -> Drawing:
    drawn = (
        Drawn(region, element)
        for region in selection.step.regions
        for element in _elements(selection, resources, region)
    )
    return Drawing(tuple(drawn), tuple(_too_many_colors(selection, resources)))


def _elements(selection: Choice, resources: Resources, region: Region) -> Iterator[Element]:
    step, upload = selection.step, _upload(selection)
    clip = _outline(selection, resources, region)
    if upload is not None:
        yield from _filled(selection, resources, region, upload, clip)
    elif step.placeholder is not None:
        yield from _stretched(selection, resources, region, step.placeholder, clip)
    if step.overlay is not None:
        yield from _stretched(selection, resources, region, step.overlay, None)


def _filled(selection: Choice, resources: Resources, region: Region, upload: str, clip: str) -> Iterable[Element]:
    step, picture = selection.step, selection.context.pictures.get(upload)
    if picture is not None:
        matrix = unit(_placement(selection, region, _size(picture)), _size(picture))
        return (ImageElement(upload, matrix, clip, step.only),)
    drawing = resources.drawing(upload)
    matrix = _placement(selection, region, (drawing.width, drawing.height))
    return drawn_paths(drawing, matrix, {}, clip, step.only)


def _placement(selection: Choice, region: Region, size: Size) -> tuple[float, float, float, float, float, float]:
    """Where the upload lies: within bounds, and where the step wants that, covering all of the region."""
    step, wanted = selection.step, selection.answer.placement or Placement()
    zoom = _bounded(step.initial_zoom_level if wanted.zoom is None else wanted.zoom, _LEAST_ZOOM, _MOST_ZOOM)
    by = turn(_bounded(wanted.rotation, -_MOST_DEGREES, _MOST_DEGREES))
    x = _bounded(wanted.x, -_FARTHEST, _FARTHEST) * region.width
    y = _bounded(wanted.y, -_FARTHEST, _FARTHEST) * region.height
    k = max(region.width / size[0], region.height / size[1]) * zoom
    if step.force_image_cover:
        least, reach = covering(region, size, by)
        k = max(k, least)
        across, down = x * by[0] + y * by[1], y * by[0] - x * by[1]
        across = _bounded(across, reach[0] - size[0] * k / 2, size[0] * k / 2 - reach[0])
        down = _bounded(down, reach[1] - size[1] * k / 2, size[1] * k / 2 - reach[1])
        x, y = across * by[0] - down * by[1], across * by[1] + down * by[0]
    return placed(region, size, k, (x, y), by)


def _stretched(
    selection: Choice, resources: Resources, region: Region, asset: str, clip: str | None
) -> Iterable[Element]:
    """A placeholder, which never prints, or an overlay, which has no clip."""
    only = "screen" if clip is not None else selection.step.only
    picture = selection.workflow.pictures.get(asset)
    if picture is not None:
        return (ImageElement(asset, unit(stretched(region, _size(picture)), _size(picture)), clip, only),)
    drawing = resources.drawing(asset)
    return drawn_paths(drawing, stretched(region, (drawing.width, drawing.height)), {}, clip, only)


def _outline(selection: Choice, resources: Resources, region: Region) -> str:
    variant = selection.variant
    if variant is None or variant.asset is None:
        return rectangle(region)
    return frame_outline(region, resources.drawing(variant.asset))


def _upload(selection: Choice) -> str | None:
    """The upload, where the transaction has it and the step takes it."""
    upload = selection.answer.upload
    return upload if upload is not None and _is_known(selection, upload) and _is_taken(selection, upload) else None


def _is_known(selection: Choice, upload: str) -> bool:
    return upload in selection.context.pictures or upload in selection.context.drawings


def _is_taken(selection: Choice, upload: str) -> bool:
    wanted = {each.lower() for each in selection.step.whitelisted_extensions}
    if not wanted:
        return True
    return bool(wanted & _PICTURES) if upload in selection.context.pictures else ".svg" in wanted


def _too_many_colors(selection: Choice, resources: Resources) -> Iterator[Found]:
    upload, most = _upload(selection), selection.step.max_colors
    if upload in selection.context.drawings and most and len(resources.drawing(upload).slots) > most:
        yield Found("too-many-colors", "upload", str(most))


def _check(selection: Choice) -> Iterator[Found]:
    upload, placement = selection.given.upload, selection.given.placement
    if upload is not None and not _is_known(selection, upload):
        yield Found("unknown-upload", "upload", upload)
    elif upload is not None and not _is_taken(selection, upload):
        yield Found("upload-not-allowed", "upload")
    if placement is not None and not _is_within_bounds(placement):
        yield Found("placement-out-of-range", "placement")


def _is_within_bounds(placement: Placement) -> bool:
    zoom = 1.0 if placement.zoom is None else placement.zoom
    near = abs(placement.x) <= _FARTHEST and abs(placement.y) <= _FARTHEST
    return near and _LEAST_ZOOM <= zoom <= _MOST_ZOOM and abs(placement.rotation) <= _MOST_DEGREES


def _lacking(selection: Choice) -> str | None:
    if selection.step.option is not None and selection.variant is None:
        return "variantId"
    return "upload" if _upload(selection) is None else None


def _entries(selection: Choice, _resources: Resources) -> Iterator[Entry]:
    """The upload's digest; the server makes an address of it."""
    upload = _upload(selection)
    if upload is not None:
        yield Entry("image", upload, selection.step.hide_image_in_cart)


def _drawings(selection: Choice) -> Iterator[str]:
    step, upload = selection.step, _upload(selection)
    if selection.variant is not None and selection.variant.asset is not None:
        yield selection.variant.asset
    if upload is not None and upload not in selection.context.pictures:
        yield upload
    for asset in (step.placeholder if upload is None else None, step.overlay):
        if asset is not None and asset not in selection.workflow.pictures:
            yield asset


def _size(picture: Picture) -> Size:
    return picture.width_px, picture.height_px


def _bounded(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


FRAME: Kind[FrameStep] = Kind(
    fields=("variant_id", "upload", "placement"),
    draw=_draw,
    check=_check,
    lacking=_lacking,
    entries=_entries,
    drawings=_drawings,
)
