"""The base of all documents that composing reads and writes. Knows none of them.

JSON is camelCase (docs/composing.md). Lengths are points (1/72 inch), y grows downwards, rotation is clockwise degrees.
"""

from typing import Literal

import msgspec


class Document(msgspec.Struct, rename="camel", frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of everything that is stored or sent as camelCase JSON and never changed in place."""


Cmyk = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black in percent."""

Medium = Literal["screen", "print"]
"""Where something is drawn when it is not drawn everywhere: a placeholder never prints, a cut line is never shown."""


class Ink(Document, frozen=True):
    """How a colour is printed where its `#rrggbb` is not simply converted: as CMYK, or as the spot colour `spot`."""

    cmyk: Cmyk | None = None
    spot: str | None = None
    overprint: bool = False
