"""The intake of pictures: what is kept, and the reason given for what is not."""

import io
import zlib
from collections.abc import Iterator

import pytest
from fixtures.heic_grid import heic_grid
from PIL import Image, ImageChops, ImageCms, ImageStat
from PIL.JpegImagePlugin import get_sampling

from spiff.assets.inspecting import Accepted, inspect_file, intake_pool
from spiff.assets.keeping import take_picture
from spiff.assets.model import proxy_size
from spiff.assets.pictures import PictureRefused, is_undamaged
from spiff.assets.taken import Content, PictureFacts, Taken
from spiff.rendering.pictures.jpeg_header import jpeg_header
from spiff.rendering.processes.pool import RenderPool


def encoded(picture: Image.Image, file_format: str, exif: Image.Exif | None = None, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, file_format, exif=exif or Image.Exif(), **options)
    return file.getvalue()


def with_header_size(png: bytes, width: int, height: int) -> bytes:
    header = png[12:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + png[24:29]
    return png[:12] + header + zlib.crc32(header).to_bytes(4, "big") + png[33:]


def refused(data: bytes) -> str:
    with pytest.raises(PictureRefused) as caught:
        take_picture(data)
    assert caught.value.status == 422
    return caught.value.code


SMALL = Image.effect_noise((120, 80), 50)


def opened(content: Content | None) -> Image.Image:
    assert content is not None
    return Image.open(io.BytesIO(content.data))


def pixels(picture: Image.Image) -> bytes:
    return picture.convert("RGBA").tobytes()


def taken(picture: Image.Image, file_format: str, **options: object) -> Taken:
    file = io.BytesIO()
    picture.save(file, file_format, **options)
    return take_picture(file.getvalue())


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


JFIF = ("jfif", "jfif_version", "jfif_unit", "jfif_density")
LARGE = [((4000, 3000), (1000, 750)), ((1500, 3), (1000, 2)), ((1001, 1), (1000, 1))]
COLORED = Image.merge("RGB", [SMALL, SMALL.rotate(180), Image.new("L", SMALL.size, 128)])


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_keeps_its_pixels(mode: str) -> None:
    original = SMALL.convert("I").convert(mode) if mode == "I;16" else SMALL.convert(mode)

    found = taken(original, "PNG")

    assert found.picture == PictureFacts(120, 80, has_alpha=False)
    assert (opened(found.kept).mode, opened(found.kept).tobytes()) == (mode, original.tobytes())


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0, "quality": 30}])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_plain_jpeg_keeps_its_pixels_and_loses_what_stands_beside_them(mode: str, options: dict[str, object]) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    file = io.BytesIO()
    xmp, comment = b"<x:xmpmeta>a secret place</x:xmpmeta>", b"a secret place"
    COLORED.convert(mode).save(file, "JPEG", exif=exif, xmp=xmp, comment=comment, dpi=(300, 300), **options)
    original = file.getvalue()

    found = take_picture(original)

    assert (b"secret" in original, b"secret" in found.kept.data) == (True, False)
    assert pixels(opened(found.kept)) == pixels(Image.open(io.BytesIO(original)))
    assert set(opened(found.kept).info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert take_picture(found.kept.data).kept == found.kept


def test_a_damaged_jpeg_was_shown_whole_and_printed_black(pool: RenderPool) -> None:
    """Our decoder found its way back behind the damage, those of PDF readers did not: what it saw is what is kept."""
    whole = encoded(SMALL.convert("RGB"), "JPEG", restart_marker_blocks=4)
    photo = whole.replace(b"\xff\xd2", b"\xff\xd3", 1)  # the third of the marks that stand in the data says the fourth
    assert is_undamaged(whole) and not is_undamaged(photo)

    found = inspect_file(pool, "photo.jpg", photo)

    assert isinstance(found, Accepted)
    assert is_undamaged(found.kept.data)
    seen, kept = Image.open(io.BytesIO(photo)).convert("RGB"), opened(found.kept)
    assert max(ImageStat.Stat(ImageChops.difference(seen, kept)).mean) < 4


def test_the_second_picture_and_the_notes_behind_a_photo_are_not_kept() -> None:
    whole = encoded(SMALL, "JPEG")

    assert take_picture(whole + whole + b"secretSEFT").kept == take_picture(whole).kept


def test_a_png_loses_its_notes_and_its_profile_of_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    found = taken(COLORED, "PNG", icc_profile=profile, exif=turned(1))

    assert opened(found.kept).info == {}
    assert pixels(opened(found.kept)) == pixels(COLORED)


def test_a_turned_png_is_coded_by_its_runs_which_is_fast_and_makes_photos_smaller() -> None:
    photo = Image.merge("RGB", [Image.effect_noise((400, 300), sigma) for sigma in (4, 5, 6)])
    by_level = io.BytesIO()
    photo.transpose(Image.Transpose.ROTATE_270).save(by_level, "PNG", compress_level=3)

    found = taken(photo, "PNG", exif=turned(6))

    assert len(found.kept.data) < 0.95 * len(by_level.getvalue())


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [2, 3, 4, 5, 6, 7, 8])
def test_a_photo_of_a_turned_camera_is_kept_upright(file_format: str, orientation: int) -> None:
    upright = Image.new("RGB", (64, 32), "white")
    upright.paste("red", (0, 0, 32, 16))
    flips = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how a camera held that way sees it
    seen = upright.transpose(Image.Transpose(flips[orientation]))

    found = taken(seen, file_format, exif=turned(orientation), quality=100)

    kept = opened(found.kept).convert("RGB")
    assert (kept.size, found.picture) == ((64, 32), PictureFacts(64, 32, has_alpha=False))
    assert kept.getexif() == {}
    green = kept.getchannel("G").tobytes()
    assert [green[at] > 128 for at in (5 * 64 + 10, 5 * 64 + 50, 25 * 64 + 10, 25 * 64 + 50)] == [
        False,
        True,
        True,
        True,
    ]


def test_colours_of_a_wide_profile_are_converted() -> None:
    wide = io.BytesIO()
    green = Image.new("RGB", (20, 20), (120, 200, 80))
    green.save(wide, "JPEG", icc_profile=_swapped_profile())

    found = take_picture(wide.getvalue())

    kept = opened(found.kept)
    assert "icc_profile" not in kept.info
    assert kept.getpixel((10, 10)) != pytest.approx((120, 200, 80), abs=20)


def _swapped_profile() -> bytes:
    """sRGB with red and green exchanged: wider gamuts need files that are not ours."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"____").replace(b"gXYZ", b"rXYZ").replace(b"____", b"gXYZ")
    return swapped.replace("sRGB".encode("utf-16-be"), "gRBs".encode("utf-16-be"))


def test_a_broken_profile_is_passed_over() -> None:
    assert pixels(opened(taken(COLORED, "PNG", icc_profile=b"no profile").kept)) == pixels(COLORED)


def test_a_cmyk_jpeg_becomes_rgb() -> None:
    found = taken(Image.new("CMYK", (30, 20), (0, 255, 255, 0)), "JPEG")

    kept = opened(found.kept)
    assert (kept.mode, kept.format) == ("RGB", "JPEG")
    assert kept.getpixel((10, 10)) == pytest.approx((254, 0, 0), abs=3)


@pytest.mark.parametrize(("options", "kept_as"), [({"lossless": True}, "PNG"), ({"quality": 80}, "JPEG")])
def test_a_webp_is_kept_as_what_printers_read(options: dict[str, object], kept_as: str) -> None:
    found = taken(COLORED, "WEBP", **options)

    assert (opened(found.kept).format, opened(found.kept).size) == (kept_as, (120, 80))


@pytest.mark.parametrize("file_format", ["PNG", "WEBP"])
def test_what_shines_through_is_known_and_kept(file_format: str) -> None:
    glass = COLORED.convert("RGBA")
    glass.putalpha(Image.linear_gradient("L").resize(COLORED.size))

    found = taken(glass, file_format, **({"lossless": True, "exact": True} if file_format == "WEBP" else {}))

    assert found.picture == PictureFacts(120, 80, has_alpha=True)
    assert pixels(opened(found.kept)) == pixels(glass)


def test_a_palette_with_a_clear_colour_shines_through() -> None:
    assert taken(SMALL.convert("P"), "PNG", transparency=0).picture == PictureFacts(120, 80, has_alpha=True)


@pytest.mark.parametrize(
    ("size", "proxy"),
    [((4000, 3000), (1000, 750)), ((1001, 563), (1000, 562)), ((1000, 4000), (500, 2000)), ((5000, 10), (4000, 8))],
)
@pytest.mark.parametrize("mode", ["1", "L", "RGB", "RGBA", "P", "I;16"])
def test_a_large_picture_has_a_proxy_for_screens(size: tuple[int, int], proxy: tuple[int, int], mode: str) -> None:
    found = taken(Image.new(mode, size), "PNG")

    assert opened(found.proxy).size == proxy
    assert opened(found.proxy).format == ("PNG" if mode == "RGBA" else "JPEG")


@pytest.mark.parametrize("size", [(8000, 2000), (2000, 8000), (12_000, 1500), (30_000, 300)])
def test_a_panorama_is_not_reduced_to_a_thin_strip_for_screens(size: tuple[int, int]) -> None:
    """Its proxy was 1000 px wide, so that what a screen shows of it was blurred."""
    width, height = proxy_size(*size)

    assert width / height == pytest.approx(size[0] / size[1], rel=0.01)
    assert 1500 <= max(width, height) <= 4000
    assert width * height <= 1_005_000


@pytest.mark.parametrize("size", [(1000, 1000), (1, 1), (1001, 1), (1000, 562), (2000, 500)])
def test_nothing_is_enlarged_for_screens(size: tuple[int, int]) -> None:
    assert proxy_size(*size) == size


def test_a_proxy_of_16_bits_is_as_bright_as_its_picture() -> None:
    found = taken(Image.new("I;16", (2000, 1000), 0x8000), "PNG")

    assert opened(found.proxy).getpixel((500, 2)) == pytest.approx(128, abs=2)


def test_a_small_picture_is_its_own_proxy() -> None:
    assert taken(Image.new("RGB", (1000, 1000)), "PNG").proxy is None


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = encoded(COLORED.resize((1200, 900)), "JPEG", turned(6))

    assert take_picture(data) == take_picture(data)


@pytest.mark.parametrize("file_format", ["GIF", "BMP", "TIFF", "PDF", "AVIF"])
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


@pytest.mark.parametrize("size", [(10_000, 5_101), (20_000, 20_000), (2**31 - 1, 2**31 - 1)])
def test_too_many_pixels_are_refused_by_the_header_alone(size: tuple[int, int]) -> None:
    bomb = with_header_size(encoded(SMALL, "PNG"), *size)

    assert refused(bomb) == "picture-too-large"


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with intake_pool() as one:
        yield one


@pytest.mark.parametrize(
    ("size", "orientation", "progressive", "kept"),
    [
        ((8064, 6048), 6, False, (6048, 8064)),
        ((8064, 6048), 6, True, (6048, 8064)),
        ((12_000, 9_000), 8, False, (4_500, 6_000)),
        ((16_384, 12_288), 1, False, (16_384, 12_288)),
    ],
)
def test_photos_of_phones_with_many_pixels_are_accepted(
    pool: RenderPool, size: tuple[int, int], orientation: int, progressive: bool, kept: tuple[int, int]
) -> None:
    """Turned ones were refused for memory, and for time on busy machines; progressive ones came at half their size."""
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, "JPEG", exif=turned(orientation), progressive=progressive)

    found = inspect_file(pool, "photo.jpg", file.getvalue())

    assert isinstance(found, Accepted), found
    assert found.picture == PictureFacts(*kept, has_alpha=False)
    assert (jpeg_header(found.kept.data).width_px, jpeg_header(found.kept.data).height_px) == kept
    assert max(opened(found.proxy).size) == 1000


def test_a_turned_heic_of_a_phone_with_50_megapixels_is_accepted(pool: RenderPool) -> None:
    """Those of more than 24 were refused: threads of its decoder took the address space, and the time was a JPEG's."""
    found = inspect_file(pool, "photo.heic", heic_grid(8192, 6144, quarter_turns=3, more_bytes=3_000_000))

    assert isinstance(found, Accepted), found
    assert found.picture == PictureFacts(6144, 8192, has_alpha=False)
    assert opened(found.proxy).getpixel((300, 900)) == pytest.approx((0, 128, 128), abs=3)


def test_a_heic_keeps_how_fine_its_colours_are() -> None:
    found = take_picture(heic_grid(700, 600))

    assert (opened(found.kept).size, get_sampling(opened(found.kept))) == ((700, 600), 2)


@pytest.mark.parametrize(("size", "progressive"), [((16_384, 12_400), False), ((16_384, 12_288), True)])
def test_a_jpeg_beyond_memory_is_refused_before_it_is_decoded(size: tuple[int, int], progressive: bool) -> None:
    small = encoded(COLORED, "JPEG") if not progressive else _progressive()
    frame = small.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    claimed = size[1].to_bytes(2, "big") + size[0].to_bytes(2, "big")

    assert refused(small[: frame + 5] + claimed + small[frame + 9 :] + b"\xff\xd9" + b"\0" * 400_000) == (
        "picture-too-large"
    )


def _progressive() -> bytes:
    file = io.BytesIO()
    COLORED.save(file, "JPEG", progressive=True, subsampling="4:4:4")
    return file.getvalue()


def test_the_orientation_behind_the_pixels_of_a_png_counts() -> None:
    whole = encoded(COLORED, "PNG", turned(6))
    begin = whole.index(b"eXIf") - 4
    end = begin + 12 + int.from_bytes(whole[begin : begin + 4], "big")
    moved = whole[:begin] + whole[end:-12] + whole[begin:end] + whole[-12:]

    assert take_picture(moved).picture == PictureFacts(80, 120, has_alpha=False)


@pytest.mark.parametrize(("subsampling", "sampling"), [("4:2:0", 2), ("4:4:4", 0), ("4:2:2", 0)])
def test_a_turned_photo_keeps_how_fine_its_colours_are(subsampling: str, sampling: int) -> None:
    found = taken(COLORED, "JPEG", exif=turned(6), subsampling=subsampling)

    assert get_sampling(opened(found.kept)) == sampling
