"""Text set in the selected variant's font and fitted to its regions (docs/composing.md, Text)."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec.structs import replace

from spiff.composing.drawing import Matrix, farthest
from spiff.composing.kinds import Drawing, Drawn, Entry, Found, Kind
from spiff.composing.numbers import turn, write
from spiff.composing.placing import Size, placed, unit
from spiff.composing.profanity import profane_word
from spiff.composing.resources import Resources
from spiff.composing.scene import Element, ImageElement, PathElement
from spiff.composing.selection import Paint, Selection, is_color, paint_of, written_color
from spiff.composing.spelling import cased, cleaned, first_characters, is_blank, shortened
from spiff.composing.templates import PLACEHOLDER, rendered
from spiff.composing.typesetting import SetText, typeset
from spiff.composing.workflow import Region, TextStep, Variant

Choice = Selection[TextStep]

LEAST_TENTHS = 50
"""The smallest size that prints well, in tenths of a point."""
_BLACK = Paint("#000000")


def _draw(selection: Choice, resources: Resources) -> Drawing:
    asset = _font_asset(selection)
    if asset is None:
        return Drawing()
    texts, found = typeset(selection.step, _set_text(selection), resources.font(asset))
    drawn = (Drawn(text.region, element) for text in texts for element in _painted(selection, text.region, text.d))
    return Drawing(tuple(drawn), (*found, *_told(selection, texts)))


def _painted(selection: Choice, region: Region, d: str) -> Iterator[Element]:
    """The outlines filled with a colour over their stroke, or with a picture above it."""
    step, stroke, filling = selection.step, _stroke_paint(selection), _filling(selection)
    painted = PathElement(d, only=step.only)
    if stroke is not None:
        painted = replace(painted, stroke=stroke.color, stroke_width=step.stroke_thickness, stroke_ink=stroke.ink)
    if filling is None:
        paint = _paint(selection)
        yield replace(painted, fill=paint.color, fill_ink=paint.ink)
        return
    if stroke is not None:
        yield painted
    size = _size(selection, region, filling)
    yield ImageElement(filling, _covering(region, d, size, max(step.image_fill_scale, 1.0)), d, step.only)


def _filling(selection: Choice) -> str | None:
    variant = _fill_variant(selection)
    return None if variant is None else variant.asset


def _fill_variant(selection: Choice) -> Variant | None:
    return selection.options.chosen(selection.step.image_fill_option, selection.answer.fill_variant_id)


def _size(selection: Choice, region: Region, asset: str) -> Size:
    """The picture's; one of unknown size is taken to have the region's proportions."""
    picture = selection.workflow.pictures.get(asset)
    return (region.width, region.height) if picture is None else (picture.width_px, picture.height_px)


@lru_cache(64)
def _covering(region: Region, d: str, size: Size, scale: float) -> Matrix:
    """The picture covers the region and all outlines: letters on a curve stand outside, others have swashes."""
    (width, height), (across, down) = size, farthest(d, region)
    least = max(region.width / width, region.height / height, across * 2 / width, down * 2 / height)
    return unit(placed(region, size, least * scale, (0.0, 0.0), turn(0)), size)


def _told(selection: Choice, texts: Iterable[SetText]) -> Iterator[Found]:
    """Of what prints; told here, since an outline does not tell its size."""
    panels = {panel.name for panel in selection.workflow.panels}
    printed = [text for text in texts if text.region.panel in panels and selection.step.only != "screen"]
    least = min((text.tenths for text in printed), default=LEAST_TENTHS)
    if least < LEAST_TENTHS:
        yield Found("text-too-small", "text", write(least / 10))
    straying = next((text for text in printed if text.strays), None)
    if straying is not None:
        yield Found("marks-outside-region", "text", straying.region.panel)


def _text(selection: Choice) -> str:
    """The words as they are rendered, but not yet cut to their length or cased.

    The shopper's stand in place of the placeholder, unless they replace all of the text. Each part is rendered by
    itself: what a shopper types between braces must not keep the merchant's names from being filled in.
    """
    step, words = selection.step, _words(selection)
    if step.user_can_replace_text and selection.answer.customise_all_text:
        return words
    parts = cleaned(step.replaceable_text).split(PLACEHOLDER)
    return words.join(_rendered(selection, part) for part in parts) if len(parts) > 1 else words


def _words(selection: Choice) -> str:
    """What the shopper typed, or what stands there until they do."""
    answered = selection.answer.text
    return _rendered(selection, cleaned(selection.step.default_text if answered is None else answered))


def _rendered(selection: Choice, text: str) -> str:
    return rendered(text, {name: cleaned(value) for name, value in selection.context.recipient.items()})


def _set_text(selection: Choice) -> str:
    """The text as it is set. What is too long is cut, so that no answer can make composing slow."""
    step, text = selection.step, _text(selection)
    cut = text if selection.answer.text is None else shortened(text, step.max_length)
    return cased(cut.replace("\n", " ") if step.curved and step.paths else cut, step.case)


def _font_asset(selection: Choice) -> str | None:
    return selection.variant.asset if selection.variant is not None else None


def _color_variant(selection: Choice) -> Variant | None:
    """The chosen colour; None where another one was picked."""
    if selection.step.color_picker_enabled and is_color(selection.answer.color):
        return None
    return selection.options.chosen(selection.step.color_option, selection.answer.color_variant_id)


def _paint(selection: Choice) -> Paint:
    picked = written_color(selection.answer.color) if selection.step.color_picker_enabled else None
    return Paint(picked) if picked else paint_of(_color_variant(selection)) or _BLACK


def _stroke(selection: Choice) -> Variant | None:
    return selection.options.chosen(selection.step.stroke_option, selection.answer.stroke_variant_id)


def _stroke_paint(selection: Choice) -> Paint | None:
    return paint_of(_stroke(selection)) if selection.step.stroke_thickness > 0 else None


def _options(step: TextStep) -> tuple[tuple[str, str | None], ...]:
    return (
        ("color_variant_id", step.color_option),
        ("stroke_variant_id", step.stroke_option),
        ("fill_variant_id", step.image_fill_option),
    )


def _check(selection: Choice) -> Iterator[Found]:
    """The colour and the text the shopper gave; the default text is the merchant's business."""
    step, given = selection.step, selection.given
    if given.customise_all_text is not None and not step.user_can_replace_text:
        yield Found("field-not-allowed", "customiseAllText")
    if given.color is not None and not (step.color_picker_enabled and is_color(given.color)):
        yield Found("color-not-allowed", "color")
    if selection.answer.text is not None:
        yield from _check_text(selection, _text(selection))


def _check_text(selection: Choice, text: str) -> Iterator[Found]:
    step = selection.step
    if "\n" in text and not step.allow_newlines:
        yield Found("line-break-not-allowed", "text")
    if not is_blank(text) and len(first_characters(text, step.min_length)) < step.min_length:
        yield Found("text-too-short", "text", str(step.min_length))
    cut = shortened(text, step.max_length)
    if cut != text:
        yield Found("text-too-long", "text", str(step.max_length))
    word = profane_word(cut, selection.context.profanities)
    if word is not None:
        yield Found("profanity", "text", word)


def _lacking(selection: Choice) -> str | None:
    if selection.variant is None:
        return "variantId"
    return "text" if is_blank(_words(selection)) else None


def _entries(selection: Choice, _resources: Resources) -> Iterator[Entry]:
    """The cart never shows a stroke or a filling."""
    step = selection.step
    yield Entry("text", _text(selection), step.hide_text_in_cart)
    if (color := _color_name(selection)) is not None:
        yield Entry("color", color, step.hide_color_in_cart)
    if (stroke := _stroke(selection)) is not None:
        yield Entry("stroke", stroke.name, True)
    if (filling := _fill_variant(selection)) is not None:
        yield Entry("fillImage", filling.name, True)


def _color_name(selection: Choice) -> str | None:
    """The variant's name, or the picked colour; None where there was nothing to choose from."""
    if (chosen := _color_variant(selection)) is not None:
        return chosen.name
    return _paint(selection).color if selection.step.color_picker_enabled else None


def _fonts(selection: Choice) -> Iterable[str]:
    asset = _font_asset(selection)
    return () if asset is None else (asset,)


TEXT: Kind[TextStep] = Kind(
    fields=(
        "variant_id",
        "text",
        "customise_all_text",
        "color_variant_id",
        "color",
        "stroke_variant_id",
        "fill_variant_id",
    ),
    options=_options,
    draw=_draw,
    check=_check,
    lacking=_lacking,
    entries=_entries,
    fonts=_fonts,
)
