"""The colour profiles print files carry, and colours converted through them. Knows no file format.

The two files beside this one are made by scripts/make_print_profile and never change: a profile carries a date.
"""

from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

from spiff.composing.document import Cmyk
from spiff.rendering.colours import channels
from spiff.rendering.failures import NotDrawable


@lru_cache(1)
def coated() -> bytes:
    """Offset print on coated paper: the printing condition where a merchant names no other."""
    return files(__name__).joinpath("coated.icc").read_bytes()


@lru_cache(1)
def srgb() -> bytes:
    """What every `#rrggbb` means."""
    return files(__name__).joinpath("srgb.icc").read_bytes()


class Conversion:
    """Colours of screens as inks of one printing condition, relative colorimetric with black point compensation."""

    def __init__(self, profile: bytes) -> None:
        try:
            press = ImageCms.ImageCmsProfile(BytesIO(profile))
            self.name: str = ImageCms.getProfileDescription(press).strip()
            self._transform: Any = ImageCms.buildTransform(
                ImageCms.ImageCmsProfile(BytesIO(srgb())),
                press,
                "RGB",
                "CMYK",
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        except (ImageCms.PyCMSError, OSError, TypeError) as failure:
            raise NotDrawable("the colour profile is no profile of a printing condition in CMYK") from failure
        self._known: dict[str, Cmyk] = {}

    def cmyk(self, colour: str) -> Cmyk:
        """The inks of `#rrggbb` in percent. Black is black ink alone: text must not depend on four plates."""
        found = self._known.get(colour)
        if found is None:
            found = self._known[colour] = self._converted(colour)
        return found

    def _converted(self, colour: str) -> Cmyk:
        if channels(colour) == (0, 0, 0):
            return 0.0, 0.0, 0.0, 100.0
        pixel = Image.new("RGB", (1, 1), channels(colour))
        converted: Any = ImageCms.applyTransform(pixel, self._transform)
        c, m, y, k = (round(share / 2.55, 2) for share in converted.getpixel((0, 0)))
        return c, m, y, k


@lru_cache(16)
def conversion(profile: bytes) -> Conversion:
    """The conversion through a profile, made once a process. Raises NotDrawable."""
    return Conversion(profile)
