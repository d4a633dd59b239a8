"""JPEGs that are written strip by strip are those that are written at once."""

import io

import pytest
from PIL import Image

from spiff.assets.strips import jpeg_of_strips

NOISE = Image.merge("RGB", [Image.effect_noise((517, 700), spread) for spread in (20, 60, 90)])


def at_once(picture: Image.Image, subsampling: str) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90, subsampling=subsampling)
    return Image.open(file)


@pytest.mark.parametrize(("mode", "subsampling"), [("RGB", "4:2:0"), ("RGB", "4:4:4"), ("L", "4:4:4")])
@pytest.mark.parametrize("height", [1, 16, 255, 256, 257, 700])
def test_strips_give_the_pixels_of_the_whole(mode: str, subsampling: str, height: int) -> None:
    picture = NOISE.convert(mode).crop((0, 0, 517, height))

    made = Image.open(io.BytesIO(jpeg_of_strips(picture.size, picture.crop, 90, subsampling)))

    assert (made.size, made.mode) == (picture.size, mode)
    assert made.tobytes() == at_once(picture, subsampling).tobytes()


def test_a_picture_so_wide_that_a_strip_is_a_row_of_blocks() -> None:
    picture = Image.linear_gradient("L").resize((65_000, 40))

    made = Image.open(io.BytesIO(jpeg_of_strips(picture.size, picture.crop, 90, "4:4:4")))

    assert made.tobytes() == at_once(picture, "4:4:4").tobytes()
