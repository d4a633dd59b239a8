"""Reads an `artwork` step: a fixed drawing or picture, such as a logo, a cut line or a layer of white."""

from collections.abc import Iterator

from spiff.catalogue.compiled import CompiledFile
from spiff.catalogue.mistakes import did_you_mean
from spiff.catalogue.reading.colors import read_ink
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import read_asset_name, slot_names
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table, pairs
from spiff.composing.workflow import SilentIllustrationStep, SlotInk


def _read(reading: Reading, table: Table, common: Common) -> SilentIllustrationStep:
    asset = read_asset_name(reading, table, "asset", "drawing", "picture")
    if not table.has("asset"):
        table.mistakes.add(table.node, f'{table.what} needs "asset", a drawing or a picture')
    inks = tuple(_inks(reading, table, asset)) if table.has("inks") else ()
    return SilentIllustrationStep(**common, asset=asset.sha256 if asset else "", inks=inks)


def _inks(reading: Reading, table: Table, asset: CompiledFile | None) -> Iterator[SlotInk]:
    slots = slot_names(asset)
    if asset is not None and asset.kind == "picture":
        table.mistakes.add(table.place("inks"), 'a picture has no colour slots; "inks" needs a drawing')
    for slot, (place, node) in pairs(table.place("inks"), '"inks"', reading.mistakes):
        within = reading.table(node, f'the ink of "{slot}"', "ink")
        if slots and slot not in slots:
            table.mistakes.add(place, f'the drawing has no colour slot "{slot}"{did_you_mean(slot, slots)}')
        yield SlotInk(slot, within.color("color"), read_ink(within))


SILENT_ILLUSTRATION = StepType(_read)
