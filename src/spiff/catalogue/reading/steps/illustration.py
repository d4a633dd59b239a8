"""Reads an `illustration` step: a drawing from a list, whose colours the shopper may change."""

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import read_free_option
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table
from spiff.composing.workflow import IllustrationStep


def _read(reading: Reading, table: Table, common: Common) -> IllustrationStep:
    return IllustrationStep(
        **common,
        color_option=read_free_option(reading, table, "colors"),
        color_picker_enabled=table.flag("colorPicker", False),
        hide_colors_in_cart=table.flag("hideColorsInCart", False),
    )


ILLUSTRATION = StepType(_read, ("illustrations", "Illustration"))
