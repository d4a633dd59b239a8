"""The one place that says how a colour is written in a PDF. Knows no elements and no pages.

Today every colour is DeviceRGB. Process and spot inks (Separation) will change these functions and add resources.
"""

from spiff.rendering.colours import channels
from spiff.rendering.pdf.numbers import number

_SHARES = tuple(number(channel / 255).encode() for channel in range(256))


def fill_colour(colour: str) -> bytes:
    """The operator that sets the colour of what is filled next."""
    return _device_rgb(colour) + b" rg\n"


def stroke_colour(colour: str) -> bytes:
    """The operator that sets the colour of what is stroked next."""
    return _device_rgb(colour) + b" RG\n"


def _device_rgb(colour: str) -> bytes:
    return b" ".join([_SHARES[channel] for channel in channels(colour)])
