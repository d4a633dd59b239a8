"""Writes a font anew with something changed in it. Knows no change; runs in a child process with limits."""

import io
from collections.abc import Callable

from fontTools.ttLib import TTFont

from spiff.assets.fonts import FontRefused


def rewritten(data: bytes, change: Callable[[TTFont], None], damaged: str) -> bytes:
    """The font after this change, the rest of it as it was; equal input gives equal bytes.

    Raises FontRefused with the code `font-damaged` and this sentence where it cannot be read, changed or written.
    """
    try:
        with TTFont(io.BytesIO(data), recalcBBoxes=False, recalcTimestamp=False) as font:
            change(font)
            file = io.BytesIO()
            font.save(file, reorderTables=None)
    except MemoryError:
        raise
    except Exception as failure:  # damaged fonts break their reader in ways that no list is complete of
        raise FontRefused("font-damaged", damaged) from failure
    return file.getvalue()
