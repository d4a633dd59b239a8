"""What a merchant may say about how files are printed (docs/printing.md). Knows no file format."""

from typing import Literal

import msgspec

from spiff.composing.document import Cmyk

Format = Literal["pdf", "png", "svg", "dxf"]
"""What may be made of a panel: for presses, for eyes and simple printers, for vector tools, for cutters."""


class Printing(msgspec.Struct, rename="camel", frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How a panel is printed. `profile` is the digest of the press's own profile, among the job's files.

    `color` is what colours without an ink become: `cmyk` through the profile, or `rgb` as they are. `rich_black` is
    what large black areas are printed with instead of black ink alone. `png_dpi` is of the whole panel.
    """

    formats: tuple[Format, ...] = ("pdf", "png")
    profile: str | None = None
    color: Literal["cmyk", "rgb"] = "cmyk"
    crop_marks: bool = False
    rich_black: Cmyk | None = None
    png_dpi: int = 150
