"""Reads an `artwork` step: a fixed drawing or picture, such as a logo, a cut line or a layer of white."""

from spiff.catalogue.reading.inks import read_inks
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import read_asset_name
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table
from spiff.composing.workflow import SilentIllustrationStep


def _read(reading: Reading, table: Table, common: Common) -> SilentIllustrationStep:
    asset = read_asset_name(reading, table, "asset", "drawing", "picture")
    if not table.has("asset"):
        table.mistakes.add(table.node, f'{table.what} needs "asset", a drawing or a picture')
    if asset is not None and asset.kind == "picture" and table.has("inks"):
        table.mistakes.add(table.place("inks"), 'a picture has no colour slots; "inks" needs a drawing')
    inks = read_inks(reading, table, [asset] if asset is not None else [])
    return SilentIllustrationStep(**common, asset=asset.sha256 if asset else "", inks=inks)


SILENT_ILLUSTRATION = StepType(_read)
