"""The intake of pictures: what is accepted, and the reason given for what is not."""

import io
import time
import zlib

import msgspec
import pytest
from PIL import Image

from spiff.assets.pictures import Picture, PictureRefused, inspect_picture, inspect_picture_encoded


def encoded(picture: Image.Image, file_format: str, exif: Image.Exif | None = None) -> bytes:
    file = io.BytesIO()
    picture.save(file, file_format, exif=exif or Image.Exif())
    return file.getvalue()


def with_header_size(png: bytes, width: int, height: int) -> bytes:
    header = png[12:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + png[24:29]
    return png[:12] + header + zlib.crc32(header).to_bytes(4, "big") + png[33:]


def refused(data: bytes) -> str:
    with pytest.raises(PictureRefused) as caught:
        inspect_picture(data)
    assert caught.value.status == 422
    return caught.value.code


SMALL = Image.effect_noise((120, 80), 50)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA"])
def test_a_png_of_any_kind_is_accepted(mode: str) -> None:
    assert inspect_picture(encoded(SMALL.convert(mode), "PNG")) == Picture("image/png", 120, 80)


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_of_any_kind_is_accepted(mode: str) -> None:
    assert inspect_picture(encoded(SMALL.convert(mode), "JPEG")) == Picture("image/jpeg", 120, 80)


def test_a_photo_of_a_turned_camera_has_the_size_it_is_shown_with() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6

    assert inspect_picture(encoded(SMALL, "JPEG", exif)) == Picture("image/jpeg", 80, 120)


@pytest.mark.parametrize("file_format", ["GIF", "BMP", "TIFF", "WEBP", "PDF"])
def test_other_formats_are_refused(file_format: str) -> None:
    assert refused(encoded(SMALL, file_format)) == "picture-format"


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"<svg xmlns='http://www.w3.org/2000/svg'/>"]
)
def test_what_only_begins_like_a_picture_is_refused(data: bytes) -> None:
    assert refused(data) == "picture-format"


@pytest.mark.parametrize("file_format", ["PNG", "JPEG"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_picture_that_is_cut_off_is_refused(file_format: str, share: float) -> None:
    whole = encoded(SMALL, file_format)

    assert refused(whole[: int(len(whole) * share)]) in {"picture-damaged", "picture-format"}


def test_a_damaged_checksum_is_refused() -> None:
    data = bytearray(encoded(SMALL, "PNG"))
    data[len(data) // 2] ^= 0xFF

    assert refused(bytes(data)) == "picture-damaged"


@pytest.mark.parametrize("size", [(10_000, 5_001), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_by_the_header_alone(size: tuple[int, int]) -> None:
    bomb = with_header_size(encoded(SMALL, "PNG"), *size)
    begun = time.monotonic()

    code = refused(bomb)

    assert code == "picture-too-large"
    assert time.monotonic() - begun < 0.5


def test_the_child_process_answers_with_the_same_facts() -> None:
    data = encoded(SMALL, "PNG")

    assert msgspec.msgpack.decode(inspect_picture_encoded(data), type=Picture) == inspect_picture(data)
