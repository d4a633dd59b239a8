"""Text set in the selected variant's font and fitted to its regions (docs/composing.md, Text)."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from spiff.composing.drawing import text_outlines
from spiff.composing.fonts import Font
from spiff.composing.kinds import Drawing, Drawn, Entry, Found, Kind
from spiff.composing.layout import Fitting, Layout
from spiff.composing.resources import Resources
from spiff.composing.scene import PathElement
from spiff.composing.selection import Paint, Selection, is_color, paint_of, written_color
from spiff.composing.spelling import capitals, cleaned, is_blank
from spiff.composing.workflow import Region, TextStep, Variant

_BLACK = Paint("#000000")


def _draw(selection: Selection[TextStep], resources: Resources) -> Drawing:
    asset = _font_asset(selection)
    if asset is None:
        return Drawing()
    step = selection.step
    paths, found = _typeset(step, _set_text(selection), resources.font(asset))
    paint, stroke = _paint(selection), _stroke_paint(selection)
    drawn = (Drawn(region, _painted(step, d, paint, stroke)) for region, d in paths)
    return Drawing(tuple(drawn), found)


def _painted(step: TextStep, d: str, paint: Paint, stroke: Paint | None) -> PathElement:
    if stroke is None:
        return PathElement(d, paint.color, fill_ink=paint.ink, only=step.only)
    return PathElement(
        d, paint.color, stroke.color, step.stroke_thickness, fill_ink=paint.ink, stroke_ink=stroke.ink, only=step.only
    )


@lru_cache(64)
def _typeset(step: TextStep, text: str, font: Font) -> tuple[tuple[tuple[Region, str], ...], tuple[Found, ...]]:
    """The paths of a step's text. Remembered: from one revision of a design to the next, one step changes."""
    fitting = Fitting(step, text, font)
    layouts = [(region, fitting.into(region)) for region in step.regions]
    paths = ((region, text_outlines(step, region, layout, font)) for region, layout in layouts)
    found = tuple(_seen([layout for _, layout in layouts]))
    return tuple((region, d) for region, d in paths if d), found


def _seen(layouts: list[Layout]) -> Iterator[Found]:
    missing = dict.fromkeys(code for layout in layouts for line in layout.lines for code in line.missing)
    if missing:
        yield Found("glyph-missing", "text", "".join(map(chr, missing)))
    if not all(layout.fits for layout in layouts):
        yield Found("text-does-not-fit", "text")


def _text(selection: Selection[TextStep]) -> str:
    """Cleaned, but not yet cut to its length or set in capitals."""
    answered = selection.answer.text
    return cleaned(selection.step.default_text if answered is None else answered)


def _set_text(selection: Selection[TextStep]) -> str:
    """The text as it is set. What is too long is cut, so that no answer can make composing slow."""
    step, text = selection.step, _text(selection)
    cut = text if selection.answer.text is None else text[: step.max_length]
    return capitals(cut) if step.case == "upper" else cut


def _font_asset(selection: Selection[TextStep]) -> str | None:
    return selection.variant.asset if selection.variant is not None else None


def _color_variant(selection: Selection[TextStep]) -> Variant | None:
    """The chosen colour; None where another one was picked."""
    if selection.step.color_picker_enabled and is_color(selection.answer.color):
        return None
    return selection.options.chosen(selection.step.color_option, selection.answer.color_variant_id)


def _paint(selection: Selection[TextStep]) -> Paint:
    picked = written_color(selection.answer.color) if selection.step.color_picker_enabled else None
    return Paint(picked) if picked else paint_of(_color_variant(selection)) or _BLACK


def _stroke(selection: Selection[TextStep]) -> Variant | None:
    return selection.options.chosen(selection.step.stroke_option, selection.answer.stroke_variant_id)


def _stroke_paint(selection: Selection[TextStep]) -> Paint | None:
    return paint_of(_stroke(selection)) if selection.step.stroke_thickness > 0 else None


def _options(step: TextStep) -> tuple[tuple[str, str | None], ...]:
    return ("color_variant_id", step.color_option), ("stroke_variant_id", step.stroke_option)


def _check(selection: Selection[TextStep]) -> Iterator[Found]:
    """The colour and the text the shopper gave; the default text is the merchant's business."""
    step, given, text = selection.step, selection.given, _text(selection)
    if given.color is not None and not (step.color_picker_enabled and is_color(given.color)):
        yield Found("color-not-allowed", "color")
    if selection.answer.text is None:
        return
    if "\n" in text and not step.allow_newlines:
        yield Found("line-break-not-allowed", "text")
    if len(text) > step.max_length:
        yield Found("text-too-long", "text", str(step.max_length))


def _lacking(selection: Selection[TextStep]) -> str | None:
    if selection.variant is None:
        return "variantId"
    return "text" if is_blank(_text(selection)) else None


def _entries(selection: Selection[TextStep], _resources: Resources) -> Iterator[Entry]:
    """The cart never shows a stroke."""
    step = selection.step
    yield Entry("text", _text(selection), step.hide_text_in_cart)
    if (color := _color_name(selection)) is not None:
        yield Entry("color", color, step.hide_color_in_cart)
    if (stroke := _stroke(selection)) is not None:
        yield Entry("stroke", stroke.name, True)


def _color_name(selection: Selection[TextStep]) -> str | None:
    """The variant's name, or the picked colour; None where there was nothing to choose from."""
    if (chosen := _color_variant(selection)) is not None:
        return chosen.name
    return _paint(selection).color if selection.step.color_picker_enabled else None


def _fonts(selection: Selection[TextStep]) -> Iterable[str]:
    asset = _font_asset(selection)
    return () if asset is None else (asset,)


TEXT: Kind[TextStep] = Kind(
    fields=("variant_id", "text", "color_variant_id", "color", "stroke_variant_id"),
    options=_options,
    draw=_draw,
    check=_check,
    lacking=_lacking,
    entries=_entries,
    fonts=_fonts,
)
