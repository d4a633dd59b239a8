"""Reads an `upload` step: the shopper's own picture or drawing, in the shape of a frame."""

import yaml

from spiff.catalogue.mistakes import did_you_mean
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import digest_named
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table, scalar
from spiff.composing.workflow import FrameStep

EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".svg")
"""What the intake takes as pictures and drawings (docs/assets.md)."""


def _read(reading: Reading, table: Table, common: Common) -> FrameStep:
    return FrameStep(
        **common,
        whitelisted_extensions=tuple(_extension(table, each) for each in table.items("extensions")),
        max_colors=table.whole("maxColors", 0, most=100),
        force_image_cover=table.flag("cover", False),
        initial_zoom_level=table.number("zoom", 1.0, least=0.05, most=20.0),
        placeholder=digest_named(reading, table, "placeholder", "picture", "drawing"),
        overlay=digest_named(reading, table, "overlay", "picture", "drawing"),
        hide_image_in_cart=table.flag("hideImageInCart", False),
    )


def _extension(table: Table, node: yaml.Node) -> str:
    written = scalar(node, "an extension", table.mistakes)
    if written is None:
        return ""
    if written.value not in EXTENSIONS:
        table.mistakes.add(node, f'"{written.value}" cannot be uploaded{did_you_mean(written.value, EXTENSIONS)}')
    return str(written.value)


FRAME = StepType(_read, ("frames", "Frame"), needs_choice=False)
