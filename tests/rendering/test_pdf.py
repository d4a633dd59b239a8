"""Print files by value and by picture, read back by pikepdf, qpdf and pdfium."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from spiff.composing.scene import ImageElement, PathElement, ScenePanel
from spiff.rendering.failures import NotDrawable
from spiff.rendering.pdf import to_pdf
from spiff.rendering.png import to_png
from spiff.rendering.printing import Printing
from spiff.rendering.profiles import srgb
from tests.rendering.panels import GLASS, PHOTO, blend, jpeg, panel, png, quadrants, rectangle, sample, swapped_profile
from tests.rendering.shown import colour_at, pdf_pixels, png_pixels, share_that_differs

RED, GREEN, BLUE, YELLOW, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 255, 255)
UPRIGHT = (160.0, 0.0, 0.0, 80.0, 20.0, 10.0)


SCREEN = Printing(color="rgb")
"""Colours as on a screen, so that a picture of the file shows them by value."""


def opened(file: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(file))


def test_qpdf_finds_nothing_wrong_with_a_print_file() -> None:
    shown, images = sample()

    with opened(to_pdf(shown, images, title="Cup (left) \\ Füße ☂")) as document:
        assert document.check_pdf_syntax() == []
        assert not document.get_warnings()
        assert document.pdf_version == "1.6"


def test_the_boxes_are_the_panel_its_bleed_and_its_trim() -> None:
    file = to_pdf(ScenePanel("front", 612.5, 300, 8.504, None, ()), {}, title="")

    with opened(file) as document:
        page = document.pages[0]
        assert len(document.pages) == 1
        assert [float(value) for value in page.mediabox] == [0, 0, 612.5, 300]
        assert page.obj.BleedBox == page.obj.MediaBox
        assert [float(value) for value in page.obj.TrimBox] == [8.504, 8.504, 603.996, 291.496]


def test_a_print_file_has_no_fonts_and_no_text() -> None:
    shown, images = sample()

    with opened(to_pdf(shown, images, title="x")) as document:
        operators = {str(part.operator) for part in pikepdf.parse_content_stream(document.pages[0])}
        assert "/Font" not in document.pages[0].obj.Resources
        assert operators == {
            "cm",
            "J",
            "j",
            "k",
            "K",
            "w",
            "re",
            "m",
            "l",
            "c",
            "h",
            "f",
            "S",
            "q",
            "Q",
            "W",
            "n",
            "Do",
        }


def test_title_and_producer_stand_in_the_info_and_in_the_metadata() -> None:
    title = "Cup (left) <1> \\ Füße ☂\x07"

    with opened(to_pdf(panel(), {}, title=title)) as document:
        assert str(document.docinfo.Title) == title
        assert str(document.docinfo.Producer) == "Spiff"
        with document.open_metadata() as metadata:
            assert metadata["dc:title"] == title.replace("\x07", " ")
            assert metadata["pdf:Producer"] == "Spiff"


def test_a_jpeg_keeps_its_bytes_and_its_resolution() -> None:
    photo = jpeg(blend(3000, 2000), progressive=True)

    with opened(to_pdf(panel(ImageElement(PHOTO, UPRIGHT)), {PHOTO: photo}, title="")) as document:
        image = document.pages[0].obj.Resources.XObject.I1
        assert image.read_raw_bytes() == photo
        assert (int(image.Width), int(image.Height)) == (3000, 2000)
        assert str(image.Filter) == "/DCTDecode"
        assert image.ColorSpace[1].read_bytes() == srgb()


def test_the_colour_profile_of_a_photo_goes_into_the_print_file() -> None:
    photo = jpeg(quadrants(), icc_profile=swapped_profile())

    with opened(to_pdf(panel(ImageElement(PHOTO, UPRIGHT)), {PHOTO: photo}, title="")) as document:
        space = document.pages[0].obj.Resources.XObject.I1.ColorSpace
        assert document.check_pdf_syntax() == []
        assert str(space[0]) == "/ICCBased"
        assert space[1].read_bytes() == swapped_profile()
        assert (int(space[1].N), str(space[1].Alternate)) == (3, "/DeviceRGB")


def test_a_png_keeps_every_pixel_and_its_transparency() -> None:
    picture = quadrants(61, 43).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((61, 43)))

    with opened(to_pdf(panel(ImageElement(GLASS, UPRIGHT)), {GLASS: png(picture)}, title="")) as document:
        image = document.pages[0].obj.Resources.XObject.I1
        assert image.read_bytes() == picture.convert("RGB").tobytes()
        assert image.SMask.read_bytes() == picture.getchannel("A").tobytes()


def test_an_asset_drawn_many_times_is_embedded_once() -> None:
    elements = [ImageElement(PHOTO, (20, 0, 0, 20, 20.0 * index, 0)) for index in range(5)]

    with opened(to_pdf(panel(*elements), {PHOTO: jpeg(quadrants())}, title="")) as document:
        assert list(document.pages[0].obj.Resources.XObject.keys()) == ["/I1"]


@pytest.mark.parametrize("grey", [0, 77, 128, 255])
def test_a_grey_picture_of_16_bits_is_as_bright_as_it_is(grey: int) -> None:
    """All but the darkest were printed white."""
    shown = panel(ImageElement("scan", (40, 0, 0, 40, 0, 0)))
    scan = {"scan": png(Image.new("I;16", (8, 8), grey * 257))}

    for pixels in (pdf_pixels(to_pdf(shown, scan, title=""), 600, 300), png_pixels(to_png(shown, scan, width_px=600))):
        assert colour_at(pixels, 40, 40) == pytest.approx((grey,) * 3, abs=2)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK"])
def test_pictures_of_every_kind_are_drawn_in_their_colours(mode: str) -> None:
    grey = Image.new("L", (64, 64), 255)
    picture = (
        grey.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else grey.convert(mode)
    )
    data = jpeg(picture) if mode == "CMYK" else png(picture)

    file = to_pdf(panel(ImageElement(PHOTO, UPRIGHT), background="#000000"), {PHOTO: data}, title="")

    assert colour_at(pdf_pixels(file, 200, 200), 100, 50) == WHITE


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_taken_with_a_turned_camera_stands_upright_in_pdf_and_png(orientation: int) -> None:
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what undoes each orientation, as Pillow's Transpose
    stored = quadrants() if orientation == 1 else quadrants().transpose(Image.Transpose(turns[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    shown = panel(ImageElement(PHOTO, UPRIGHT))
    images = {PHOTO: jpeg(stored, exif=exif)}

    for pixels in (
        pdf_pixels(to_pdf(shown, images, title=""), 200, 200),
        png_pixels(to_png(shown, images, width_px=200)),
    ):
        corners = [pixels[y, x].astype(int) for x, y in ((40, 20), (160, 20), (40, 80), (160, 80))]
        for corner, expected in zip(corners, (RED, GREEN, BLUE, YELLOW), strict=True):
            assert abs(corner - expected).max() <= 6, (orientation, corners)


def test_colours_come_out_by_value() -> None:
    file = to_pdf(
        panel(PathElement(rectangle(0, 0, 100, 100), "#1a2B3c"), background="#f0e1d2"), {}, title="", printing=SCREEN
    )

    pixels = pdf_pixels(file, 200, 200)

    # pdfium goes through the embedded profile, which may cost the last bit.
    assert colour_at(pixels, 50, 50) == pytest.approx((0x1A, 0x2B, 0x3C), abs=1)
    assert colour_at(pixels, 150, 50) == pytest.approx((0xF0, 0xE1, 0xD2), abs=1)


def test_the_stroke_lies_under_the_fill() -> None:
    shown = panel(PathElement(rectangle(50, 25, 150, 75), "#00ff00", "#ff0000", 20))

    for pixels in (
        pdf_pixels(to_pdf(shown, {}, title="", printing=SCREEN), 200, 200),
        png_pixels(to_png(shown, {}, width_px=200)),
    ):
        assert colour_at(pixels, 55, 50) == GREEN
        assert colour_at(pixels, 45, 50) == RED
        assert colour_at(pixels, 38, 50) == WHITE
        assert colour_at(pixels, 41, 16) == WHITE  # the corner is round


def test_a_path_with_a_hole_is_filled_by_the_nonzero_rule() -> None:
    outer, same_way = rectangle(20, 10, 100, 90), rectangle(40, 30, 80, 70)
    other_way = "M140 30L140 70L180 70L180 30Z"
    d = outer + same_way + rectangle(120, 10, 200, 90) + other_way

    for pixels in (
        pdf_pixels(to_pdf(panel(PathElement(d, "#0000ff")), {}, title="", printing=SCREEN), 200, 200),
        png_pixels(to_png(panel(PathElement(d, "#0000ff")), {}, width_px=200)),
    ):
        assert colour_at(pixels, 60, 50) == BLUE
        assert colour_at(pixels, 160, 50) == WHITE


def test_a_clip_cuts_the_picture_and_nothing_after_it() -> None:
    photo = ImageElement(PHOTO, UPRIGHT, rectangle(100, 0, 200, 100))
    after = PathElement(rectangle(25, 40, 35, 60), "#0000ff")
    shown = panel(photo, after, ImageElement(PHOTO, UPRIGHT, ""))

    for pixels in (
        pdf_pixels(to_pdf(shown, {PHOTO: png(quadrants())}, title="", printing=SCREEN), 200, 200),
        png_pixels(to_png(shown, {PHOTO: png(quadrants())}, width_px=200)),
    ):
        assert colour_at(pixels, 60, 30) == WHITE
        assert colour_at(pixels, 140, 30) == GREEN
        assert colour_at(pixels, 30, 50) == BLUE


def test_a_picture_turned_by_a_quarter_has_its_top_on_the_right() -> None:
    clockwise = ImageElement(PHOTO, (0.0, 80.0, -80.0, 0.0, 140.0, 10.0))

    for pixels in (
        pdf_pixels(to_pdf(panel(clockwise), {PHOTO: png(quadrants())}, title=""), 200, 200),
        png_pixels(to_png(panel(clockwise), {PHOTO: png(quadrants())}, width_px=200)),
    ):
        assert colour_at(pixels, 130, 20) == RED
        assert colour_at(pixels, 130, 80) == GREEN
        assert colour_at(pixels, 70, 20) == BLUE


def test_print_and_picture_agree() -> None:
    shown, images = sample()

    printed = pdf_pixels(to_pdf(shown, images, title="", printing=SCREEN), 1000, 200)
    pictured = png_pixels(to_png(shown, images, width_px=1000))

    # Edge pixels are blended differently by Skia and pdfium; a misplaced element would show in far more of them.
    assert share_that_differs(printed, pictured, threshold=64) <= 0.001


def test_a_quadratic_curve_becomes_the_same_curve() -> None:
    shown = panel(PathElement("M0 90Q60 -90 120 90Z", "#000000"))

    with opened(to_pdf(shown, {}, title="")) as document:
        parts = pikepdf.parse_content_stream(document.pages[0])
        curves = [list(part.operands) for part in parts if str(part.operator) == "c"]
        assert [int(thousandths) / 1000 for thousandths in curves[0]] == [40, -30, 80, -30, 120, 90]


def test_another_process_with_another_hash_seed_writes_the_same_bytes() -> None:
    shown, images = sample()
    script = (
        "import sys; from tests.rendering.panels import sample; from spiff.rendering.pdf import to_pdf\n"
        "from spiff.rendering.png import to_png; panel, images = sample()\n"
        "sys.stdout.buffer.write(to_pdf(panel, images, title='x') + to_png(panel, images, width_px=300))"
    )
    environment = {"PYTHONPATH": os.pathsep.join(["src", "."])}
    root = Path(__file__).parents[2]

    written = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            cwd=root,
            env={**environment, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    here = to_pdf(shown, images, title="x") + to_png(shown, images, width_px=300)
    assert written == [here, here]


def test_whole_numbers_and_their_float_twins_write_the_same_bytes() -> None:
    whole, floats = ScenePanel("f", 10, 20, 0, None, ()), ScenePanel("f", 10.0, 20.0, 0.0, None, ())

    assert to_pdf(whole, {}, title="") == to_pdf(floats, {}, title="")


def test_other_contents_have_another_identifier() -> None:
    files = [to_pdf(panel(ImageElement(PHOTO, UPRIGHT)), {PHOTO: jpeg(blend(), quality=q)}, title="") for q in (80, 81)]

    identifiers = {bytes(opened(file).trailer.ID[0]) for file in files}

    assert len(identifiers) == 2


@pytest.mark.parametrize(
    "element",
    [
        PathElement("M0 0 L10 10", "#000000"),
        PathElement("m0 0l1 1", "#000000"),
        PathElement("L1 1", "#000000"),
        PathElement("M0 0A1 1 0 0 0 2 2", "#000000"),
        PathElement("M1e9 0", "#000000"),
        PathElement("M0 0) Tj (", "#000000"),
        PathElement("M0 0L1 1", "red"),
        PathElement("M0 0L1 1", None, "#12345g", 1),
        ImageElement("c" * 64, UPRIGHT),
        ImageElement(PHOTO, UPRIGHT, "M0"),
    ],
)
def test_what_the_composer_never_writes_is_refused(element: PathElement | ImageElement) -> None:
    images = {PHOTO: png(quadrants(4, 4))}

    with pytest.raises(NotDrawable):
        to_pdf(panel(element), images, title="")
    with pytest.raises(NotDrawable):
        to_png(panel(element), images, width_px=10)


@pytest.mark.parametrize("width", [0.0, -1.0, 14_401.0, float("nan"), float("inf")])
def test_a_page_that_readers_cannot_show_is_refused(width: float) -> None:
    with pytest.raises(NotDrawable, match="sides"):
        to_pdf(ScenePanel("f", width, 10, 0, None, ()), {}, title="")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0\x00\x10JFIF",
        b"\xff\xd8\xff\xd9",
        b"\x89PNG\r\n\x1a\n",
        png(blend())[:-300],
    ],
)
def test_damaged_and_foreign_pictures_are_refused(data: bytes) -> None:
    with pytest.raises(NotDrawable):
        to_pdf(panel(ImageElement(PHOTO, UPRIGHT)), {PHOTO: data}, title="")
    with pytest.raises(NotDrawable):
        to_png(panel(ImageElement(PHOTO, UPRIGHT)), {PHOTO: data}, width_px=100)


def test_an_arithmetic_jpeg_is_refused_by_name() -> None:
    data = jpeg(blend()).replace(b"\xff\xc0", b"\xff\xc9", 1)

    with pytest.raises(NotDrawable, match="baseline"):
        to_pdf(panel(ImageElement(PHOTO, UPRIGHT)), {PHOTO: data}, title="")
