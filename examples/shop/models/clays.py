"""Pictures of clays, which the mug's clay can be made of. They repeat without a seam."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

SIDE = 512
CLAYS = {
    "white": ((244, 241, 235), (232, 227, 218), 0),
    "speckled": ((226, 214, 196), (96, 74, 58), 900),
    "charcoal": ((62, 62, 66), (84, 84, 90), 1400),
}
"""Ground, specks and how many of these."""


def draw_all(folder: Path) -> None:
    """Draw every clay into the folder."""
    for name, (ground, speck, count) in CLAYS.items():
        _drawn(ground, speck, count).save(folder / f"clay-{name}.png", optimize=True)


def _drawn(ground: tuple[int, ...], speck: tuple[int, ...], count: int) -> Image.Image:
    """Specks at places that are spread by the plastic number (R2 sequence), so that none lie in heaps."""
    steps = np.arange(1, count + 1)[:, None] * np.array([0.7548776662466927, 0.5698402909980532])
    mask = np.zeros((SIDE, SIDE), np.uint8)
    for index, (x, y) in enumerate((steps % 1) * SIDE):
        size = 1 + index * 7 % 4
        rows, columns = (np.arange(int(at), int(at) + size) % SIDE for at in (y, x))
        mask[np.ix_(rows, columns)] = 120 + index * 31 % 130
    soft = Image.fromarray(mask).filter(ImageFilter.GaussianBlur(0.7))
    return Image.composite(Image.new("RGB", mask.shape, speck), Image.new("RGB", mask.shape, ground), soft)
