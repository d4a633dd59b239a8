"""A text whose letters are drawings: a bespoke font (docs/composing.md, Module)."""

from collections.abc import Iterable, Iterator

from spiff.composing.kinds import Drawing, Drawn, Entry, Found, Kind
from spiff.composing.numbers import total, turn
from spiff.composing.placing import drawn_paths, inked, placed
from spiff.composing.profanity import profane_word
from spiff.composing.resources import Drawing as Glyph
from spiff.composing.resources import Resources
from spiff.composing.scene import PathElement
from spiff.composing.selection import Selection
from spiff.composing.spelling import cased, cleaned, is_blank, letters, shortened
from spiff.composing.workflow import ModuleStep, Region

Choice = Selection[ModuleStep]

_SPACE_WIDTH = 0.5
_ALONG = {"left": 0.0, "center": 0.5, "right": 1.0}


def _draw(selection: Choice, resources: Resources) -> Drawing:
    assets = _assets(selection)
    row = [resources.drawing(assets[each]) if each in assets else None for each in _letters(selection)]
    if not any(row):
        return Drawing()
    drawn = (Drawn(region, path) for region in selection.step.regions for path in _row(selection.step, region, row))
    return Drawing(tuple(drawn))


def _row(step: ModuleStep, region: Region, row: list[Glyph | None]) -> Iterator[PathElement]:
    """The letters side by side, as high as the region allows; None is a space."""
    widths = [_SPACE_WIDTH if glyph is None else glyph.width / glyph.height for glyph in row]
    length = total(widths) + step.spacing * (len(row) - 1)
    height = min(region.height, region.width / length) if length > 0 else region.height
    x = (region.width - length * height) * _ALONG[step.text_align] - region.width / 2
    for glyph, width in zip(row, widths, strict=True):
        if glyph is not None:
            middle = (x + width * height / 2, 0.0)
            size = (glyph.width, glyph.height)
            yield from drawn_paths(
                glyph,
                placed(region, size, height / glyph.height, middle, turn(0)),
                inked(glyph, step.inks),
                only=step.only,
            )
        x += (width + step.spacing) * height


def _text(selection: Choice) -> str:
    answered = selection.answer.text
    return cleaned(selection.step.default_text if answered is None else answered)


def _letters(selection: Choice) -> list[str]:
    """The characters as they are set. The other case of one may be several."""
    step, text = selection.step, _text(selection)
    cut = text if selection.answer.text is None else shortened(text, step.max_length)
    return letters(cased(cut, step.case))


def _assets(selection: Choice) -> dict[str, str]:
    return {"".join(letters(glyph.character)): glyph.asset for glyph in selection.step.glyphs}


def _check(selection: Choice) -> Iterator[Found]:
    if selection.answer.text is None:
        return
    text, assets = _text(selection), _assets(selection)
    unknown = dict.fromkeys(each for each in _letters(selection) if each != " " and each not in assets)
    if unknown:
        yield Found("characters-not-allowed", "text", "".join(unknown))
    cut = shortened(text, selection.step.max_length)
    if cut != text:
        yield Found("text-too-long", "text", str(selection.step.max_length))
    word = profane_word(cut, selection.context.profanities)
    if word is not None:
        yield Found("profanity", "text", word)


def _lacking(selection: Choice) -> str | None:
    return "text" if is_blank(_text(selection)) else None


def _entries(selection: Choice, _resources: Resources) -> Iterator[Entry]:
    yield Entry("text", _text(selection), selection.step.hide_text_in_cart)


def _drawings(selection: Choice) -> Iterable[str]:
    assets = _assets(selection)
    return dict.fromkeys(assets[each] for each in _letters(selection) if each in assets)


MODULE: Kind[ModuleStep] = Kind(
    fields=("text",), draw=_draw, check=_check, lacking=_lacking, entries=_entries, drawings=_drawings
)
