"""Photos decoded straight into what Skia draws: the very pixels that Pillow gives, or none."""

import numpy
import pytest
from PIL import Image, ImageCms

from spiff.rendering.pictures.decoding import decoded
from spiff.rendering.pictures.photos import photo_pixels
from tests.rendering.panels import blend, jpeg, png, quadrants, swapped_profile

ALL = (601, 399)
"""Odd sides: a reduced picture rounds them up."""


@pytest.mark.parametrize("at_least_px", [ALL, (302, 200), (300, 199), (151, 100), (70, 40), (1, 1), (2000, 2000)])
@pytest.mark.parametrize(
    "options",
    [{}, {"subsampling": 2}, {"quality": 40, "subsampling": 1}, {"progressive": True}, {"restart_marker_rows": 3}],
    ids=["4:4:4", "4:2:0", "4:2:2", "progressive", "restarted"],
)
def test_a_photo_has_the_pixels_that_pillow_gives(at_least_px: tuple[int, int], options: dict[str, object]) -> None:
    data = jpeg(blend(*ALL), **options)

    pixels = photo_pixels(data, at_least_px=at_least_px)

    assert pixels is not None
    assert (pixels[:, :, 3] == 255).all()
    assert numpy.array_equal(pixels[:, :, :3], numpy.asarray(decoded(data, at_least_px=at_least_px)))


def test_a_profile_that_is_srgb_changes_nothing() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain, with_profile = jpeg(blend()), jpeg(blend(), icc_profile=srgb)

    pixels = photo_pixels(with_profile, at_least_px=ALL)

    assert pixels is not None
    assert numpy.array_equal(pixels[:, :, :3], numpy.asarray(decoded(plain)))


@pytest.mark.parametrize(
    "data",
    [
        png(quadrants()),
        jpeg(quadrants(), exif=b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0"),
        jpeg(quadrants(), icc_profile=swapped_profile()),
        jpeg(quadrants().convert("L")),
        jpeg(Image.new("CMYK", (40, 30), (0, 255, 0, 0))),
        jpeg(blend())[:-2000],
        jpeg(blend())[:200],
        b"\xff\xd8 no picture",
        b"",
    ],
    ids=["png", "turned", "other profile", "grey", "cmyk", "cut short", "cut in its header", "not a jpeg", "empty"],
)
def test_what_needs_more_than_decoding_is_left_to_others(data: bytes) -> None:
    assert photo_pixels(data, at_least_px=ALL) is None
