"""The one place that says how a colour is written in a PDF. Knows no elements and no pages.

Today every colour is DeviceRGB. Process and spot inks (Separation) will change these functions and add resources.
"""

import re

from spiff.rendering.failures import NotDrawable
from spiff.rendering.paths import number

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of `#rrggbb`. Raises NotDrawable for anything else."""
    if not _HEX.fullmatch(colour):
        raise NotDrawable(f"a colour is #rrggbb, not {colour[:20]!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def fill_colour(colour: str) -> str:
    """The operator that sets the colour of what is filled next."""
    return _device_rgb(colour) + " rg\n"


def stroke_colour(colour: str) -> str:
    """The operator that sets the colour of what is stroked next."""
    return _device_rgb(colour) + " RG\n"


def _device_rgb(colour: str) -> str:
    return " ".join([number(channel / 255) for channel in channels(colour)])
