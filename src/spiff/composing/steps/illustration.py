"""The selected variant's drawing, its colours replaced (docs/composing.md, Illustration)."""

from collections.abc import Iterable, Iterator

from spiff.composing.kinds import Drawing, Drawn, Entry, Found, Kind
from spiff.composing.placing import contained, drawn_paths
from spiff.composing.resources import Drawing as Illustration
from spiff.composing.resources import Resources
from spiff.composing.selection import Paint, Selection, is_color, paint_of, written_color
from spiff.composing.workflow import IllustrationStep, Variant

Choice = Selection[IllustrationStep]


def _draw(selection: Choice, resources: Resources) -> Drawing:
    asset = _asset(selection)
    if asset is None:
        return Drawing()
    drawing, step = resources.drawing(asset), selection.step
    paints = _own_paints(selection, drawing) | _paints(selection)
    size = (drawing.width, drawing.height)
    drawn = (
        Drawn(region, path)
        for region in step.regions
        for path in drawn_paths(drawing, contained(region, size), paints, only=step.only)
    )
    return Drawing(tuple(drawn), tuple(_unknown_slots(selection, drawing)))


def _asset(selection: Choice) -> str | None:
    return selection.variant.asset if selection.variant is not None else None


def _own_paints(selection: Choice, drawing: Illustration) -> dict[str, Paint]:
    """By slot, the offered variant of the drawing's own colour: what nobody changed is printed with the same ink."""
    offered = [paint for each in selection.options.variants(selection.step.color_option) if (paint := paint_of(each))]
    by_color = {paint.color: paint for paint in reversed(offered)}
    return {slot.id: by_color[slot.color] for slot in drawing.slots if slot.color in by_color}


def _paints(selection: Choice) -> dict[str, Paint]:
    """By slot, what was chosen and may be."""
    wanted = selection.answer.colors or {}
    found = {slot: _paint(selection, color) for slot, color in wanted.items()}
    return {slot: paint for slot, paint in found.items() if paint is not None}


def _paint(selection: Choice, wanted: str) -> Paint | None:
    if not wanted.startswith("#"):
        return paint_of(_variant(selection, wanted))
    picked = written_color(wanted) if selection.step.color_picker_enabled else None
    return None if picked is None else Paint(picked)


def _variant(selection: Choice, wanted: str) -> Variant | None:
    return selection.options.named(selection.step.color_option, wanted)


def _unknown_slots(selection: Choice, drawing: Illustration) -> Iterator[Found]:
    known = {slot.id for slot in drawing.slots}
    return (
        Found("unknown-slot", "colors", slot) for slot in sorted(selection.answer.colors or {}) if slot not in known
    )


def _check(selection: Choice) -> Iterator[Found]:
    for _, wanted in sorted((selection.given.colors or {}).items()):
        if not wanted.startswith("#"):
            if _variant(selection, wanted) is None:
                yield Found("unknown-variant", "colors", wanted)
        elif not (selection.step.color_picker_enabled and is_color(wanted)):
            yield Found("color-not-allowed", "colors", wanted)


def _entries(selection: Choice, resources: Resources) -> Iterator[Entry]:
    """All colours in the order of the slots: names where there are any, otherwise hexadecimal in upper case."""
    asset = _asset(selection)
    if asset is None:
        return
    names = (_color_name(selection, slot.id, slot.color) for slot in resources.drawing(asset).slots)
    yield Entry("colors", ", ".join(names), selection.step.hide_colors_in_cart)


def _color_name(selection: Choice, slot: str, own: str) -> str:
    wanted = (selection.answer.colors or {}).get(slot, "")
    chosen = _variant(selection, wanted)
    if chosen is not None and paint_of(chosen) is not None:
        return chosen.name
    paint = _paint(selection, wanted)
    color = paint.color if paint is not None else own
    offered = selection.options.variants(selection.step.color_option)
    return next((each.name for each in offered if written_color(each.color) == color), color.upper())


def _drawings(selection: Choice) -> Iterable[str]:
    asset = _asset(selection)
    return () if asset is None else (asset,)


ILLUSTRATION: Kind[IllustrationStep] = Kind(
    fields=("variant_id", "colors"), draw=_draw, check=_check, entries=_entries, drawings=_drawings
)
