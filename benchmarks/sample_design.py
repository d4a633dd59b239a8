"""The sample design of the budgets as a scene, with a photo of six megapixels. Knows no renderer."""

import io
from functools import cache

from fixtures.composing import composed, designs
from PIL import Image

from spiff.composing.scene import ScenePanel

PHOTO = "upload:photo"
PHOTO_SIZE = (3000, 2000)


def sample_design() -> tuple[ScenePanel, dict[str, bytes]]:
    """The panel of fixtures/designs/sample.json, 1000 x 600 pt, and the bytes of its photo."""
    return composed(designs()["sample"]).scene.panels[0], {PHOTO: photo()}


@cache
def photo() -> bytes:
    """A JPEG with gradients and fine texture, about as many bytes as a photo has."""
    across = Image.linear_gradient("L").rotate(90).resize(PHOTO_SIZE)
    down = Image.linear_gradient("L").resize(PHOTO_SIZE)
    texture = Image.radial_gradient("L").resize((60, 40)).resize(PHOTO_SIZE)
    tiles = Image.new("L", PHOTO_SIZE)
    for index in range(600):
        tiles.paste(texture.crop((0, 0, 120, 100)), (120 * (index % 25), 100 * (index // 25)))
    picture = Image.merge("RGB", (Image.blend(across, tiles, 0.5), Image.blend(down, tiles, 0.5), tiles))
    grain = Image.frombytes("L", (300, 200), bytes((at * at * 7919 >> 5) & 0xFF for at in range(60_000)))
    grained = Image.blend(picture, Image.merge("RGB", [grain.resize(PHOTO_SIZE)] * 3), 0.12)
    file = io.BytesIO()
    grained.save(file, "JPEG", quality=90)
    return file.getvalue()
