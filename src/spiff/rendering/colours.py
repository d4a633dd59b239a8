"""Reads the colours of a scene. Knows no drawing library and no file format."""

import re

from spiff.rendering.failures import NotDrawable

_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255, of `#rrggbb`. Raises NotDrawable for anything else."""
    if not _HEX.fullmatch(colour):
        raise NotDrawable(f"a colour is #rrggbb, not {colour[:20]!r}")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
