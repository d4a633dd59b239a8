"""Reads the `regions` of a step: rectangles that lie wholly on a panel. Knows no type of step."""

import math
from collections.abc import Mapping

import yaml

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.tables import Table
from spiff.composing.workflow import Panel, Region

_TOLERANCE_PT = 0.01


def read_region(reading: Reading, panels: Mapping[str, Panel], node: yaml.Node, step: Table) -> Region:
    """One region of a step."""
    table = reading.table(node, f"a region of {step.what}", "region")
    if not table.has("panel"):
        reading.mistakes.add(node, f'{table.what} needs "panel"')
    panel = table.reference("panel", dict(panels), "panel")
    region = Region(
        panel=panel.name if panel else "",
        left=table.number("left", least=-20_000.0),
        top=table.number("top", least=-20_000.0),
        width=table.number("width", least=0.1),
        height=table.number("height", least=0.1),
        rotation=table.number("rotation", 0.0, least=-360.0, most=360.0),
        layer=table.whole("layer", 0, most=1000),
        layer_index=table.whole("layerIndex", 0, most=1000),
    )
    if panel is not None and _has_size(panel) and not _lies_inside(region, panel):
        sentence = f'this region reaches outside the panel "{panel.name}" of {panel.width:g} x {panel.height:g} points'
        reading.mistakes.add(node, sentence)
    return region


def _has_size(panel: Panel) -> bool:
    """Not where its size is a mistake, which is told already."""
    return panel.width > 0 and panel.height > 0


def _lies_inside(region: Region, panel: Panel) -> bool:
    angle = math.radians(region.rotation)
    across, down = region.width / 2, region.height / 2
    reach_x = abs(across * math.cos(angle)) + abs(down * math.sin(angle)) - _TOLERANCE_PT
    reach_y = abs(across * math.sin(angle)) + abs(down * math.cos(angle)) - _TOLERANCE_PT
    x, y = region.left + across, region.top + down
    return reach_x <= x <= panel.width - reach_x and reach_y <= y <= panel.height - reach_y
