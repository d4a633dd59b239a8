"""Cart pictures by value, read back by Pillow."""

import io
import zlib

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image, ImageCms

from spiff.composing.document import Ink
from spiff.composing.scene import ImageElement, PathElement
from spiff.rendering.failures import NotDrawable
from spiff.rendering.pictures.decoding import decoded
from spiff.rendering.png import to_png
from spiff.rendering.png.file import png_file
from tests.rendering.panels import GLASS, PHOTO, jpeg, panel, png, quadrants, rectangle, sample, swapped_profile
from tests.rendering.shown import colour_at, png_pixels


def test_a_picture_is_as_wide_as_asked_and_keeps_its_proportions() -> None:
    shown, images = sample()

    with Image.open(io.BytesIO(to_png(shown, images, width_px=333))) as picture:
        assert (picture.size, picture.mode) == ((333, 167), "RGB")


def test_with_trim_the_bleed_is_cut_off() -> None:
    frame = PathElement(rectangle(0, 0, 200, 100) + "M10 10L10 90L190 90L190 10Z", "#ff0000")

    pixels = png_pixels(to_png(panel(frame, bleed=10), {}, width_px=180, trim=True))

    assert pixels.shape == (80, 180, 3)
    assert (pixels == 255).all()


def test_a_panel_without_background_is_transparent() -> None:
    glass = ImageElement(GLASS, (100, 0, 0, 100, 100, 0))
    images = {GLASS: png(Image.new("RGBA", (4, 4), (200, 100, 50, 128)))}
    shown = panel(PathElement(rectangle(0, 0, 50, 100), "#102030"), glass, background=None)

    pixels = png_pixels(to_png(shown, images, width_px=200), "RGBA")

    assert colour_at(pixels, 25, 50) == (0x10, 0x20, 0x30, 255)
    assert colour_at(pixels, 75, 50) == (0, 0, 0, 0)
    red, green, blue, alpha = colour_at(pixels, 150, 50)
    assert alpha == 128
    assert max(abs(red - 200), abs(green - 100), abs(blue - 50)) <= 1


def test_half_transparent_glass_blends_with_what_is_under_it() -> None:
    images = {GLASS: png(Image.new("RGBA", (4, 4), (255, 255, 255, 128)))}
    shown = panel(ImageElement(GLASS, (200, 0, 0, 100, 0, 0)), background="#000000")

    assert colour_at(png_pixels(to_png(shown, images, width_px=100)), 50, 25) == (128, 128, 128)


def test_a_layer_of_white_that_is_only_printed_lets_the_colours_through() -> None:
    red = PathElement(rectangle(0, 0, 200, 100), "#ff0000")
    white = PathElement(rectangle(0, 0, 100, 100), "#d9d9d9", fill_ink=Ink(spot="White", overprint=True), only="print")
    seen = replace(white, only=None)

    assert colour_at(png_pixels(to_png(panel(red, white), {}, width_px=200)), 50, 50) == (0xD9, 0, 0)
    assert colour_at(png_pixels(to_png(panel(red, seen), {}, width_px=200)), 50, 50) == (0xD9, 0xD9, 0xD9)


def test_a_transparent_picture_drawn_smaller_has_no_dark_fringes() -> None:
    """Scaling mixed the black that most files keep under transparent pixels into the edges of what is seen."""
    picture = Image.new("RGBA", (256, 256), (0, 0, 0, 0))
    picture.paste((255, 255, 255, 255), (37, 37, 219, 219))
    shown = panel(ImageElement(GLASS, (60, 0, 0, 60, 10.3, 10.3)), background="#ffffff")

    pixels = png_pixels(to_png(shown, {GLASS: png(picture)}, width_px=200))

    assert pixels.min() >= 254


@pytest.mark.parametrize("width", [20, 51, 55, 60, 66])
def test_a_fine_pattern_drawn_smaller_becomes_even(width: int) -> None:
    checkered = Image.fromarray((numpy.indices((100, 100)).sum(axis=0) % 2 * 255).astype(numpy.uint8))
    shown = panel(ImageElement(PHOTO, (width, 0, 0, width, 10, 10)))

    pixels = png_pixels(to_png(shown, {PHOTO: png(checkered)}, width_px=200))

    inside = pixels[12 : 8 + width, 12 : 8 + width].astype(int)
    assert abs(inside - 127).max() <= 20


def test_a_flat_picture_and_a_photo_come_out_pixel_by_pixel() -> None:
    flat, photo = numpy.full((8, 64, 3), 7, dtype=numpy.uint8), numpy.asarray(quadrants(64, 8).resize((64, 8)))
    noise = (numpy.arange(8 * 64 * 3) * 7919 % 251).astype(numpy.uint8).reshape(8, 64, 3)
    pixels = numpy.concatenate([flat, noise, photo, noise[:1], flat[:1]])

    assert (png_pixels(png_file(pixels)) == pixels).all()


def test_the_colour_profile_of_a_photo_is_respected() -> None:
    red = jpeg(Image.new("RGB", (8, 8), "#ff0000"), icc_profile=swapped_profile())

    shown = decoded(red).getpixel((4, 4))

    assert isinstance(shown, tuple)
    assert shown[1] > 250
    assert max(shown[0], shown[2]) < 10


def test_a_profile_that_does_not_fit_its_picture_is_left_aside() -> None:
    lab = io.BytesIO(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes())
    wide = Image.new("RGB", (8, 8), (128, 128, 128))
    unfit = jpeg(wide, icc_profile=lab.getvalue())

    assert decoded(unfit).getpixel((4, 4)) == (128, 128, 128)


def test_a_big_photo_is_decoded_no_larger_than_it_is_drawn() -> None:
    photo = jpeg(quadrants(3000, 2000))

    assert decoded(photo, at_least_px=(700, 700)).size == (1500, 1000)
    assert decoded(photo).size == (3000, 2000)


@pytest.mark.parametrize("width_px", [0, -5, 8001])
def test_a_picture_of_silly_size_is_refused(width_px: int) -> None:
    with pytest.raises(NotDrawable, match="wide"):
        to_png(panel(), {}, width_px=width_px)


def test_a_png_bomb_is_refused_by_its_header() -> None:
    bomb = bytearray(png(Image.new("1", (16, 16))))
    bomb[16:24] = (20_000).to_bytes(4, "big") * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")

    with pytest.raises(NotDrawable):
        decoded(bytes(bomb))


coordinates = st.integers(-1_000_000, 1_000_000).map(
    lambda thousandths: f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")
)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("MLQC"), st.lists(coordinates, min_size=6, max_size=6)), max_size=12))
def test_any_path_the_composer_may_write_is_drawn(parts: list[tuple[str, list[str]]]) -> None:
    counts = {"M": 2, "L": 2, "Q": 4, "C": 6}
    d = "M0 0" + "".join(letter + " ".join(numbers[: counts[letter]]) for letter, numbers in parts) + "Z"

    assert to_png(panel(PathElement(d, "#123456", "#654321", 2)), {}, width_px=20)


def test_an_image_is_clipped_with_smooth_edges() -> None:
    shown = panel(ImageElement(PHOTO, (200, 0, 0, 100, 0, 0), "M0 0L200 0L0 100Z"))
    images = {PHOTO: png(Image.new("RGB", (4, 4), "#000000"))}

    pixels = png_pixels(to_png(shown, images, width_px=200))

    assert len(set(pixels[:, :, 0].flatten().tolist())) > 2
