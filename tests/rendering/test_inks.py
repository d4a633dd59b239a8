"""What is printed with which ink, read from the operators of print files."""

import io

import pikepdf
import pytest
from PIL import Image, ImageCms

from spiff.composing.document import Ink
from spiff.composing.scene import PathElement, ScenePanel
from spiff.rendering.failures import NotDrawable
from spiff.rendering.pdf import to_pdf
from spiff.rendering.printing import Printing
from spiff.rendering.profiles import coated, srgb
from tests.rendering.panels import panel, rectangle
from tests.rendering.shown import pdf_pixels

DEFAULT = Printing()
SMALL, LARGE = rectangle(10, 10, 20, 20), rectangle(0, 0, 100, 80)


def operators(shown: ScenePanel, printing: Printing = DEFAULT) -> list[tuple[str, list[float | str]]]:
    """The page's operators with their operands."""
    made = to_pdf(shown, {}, title="", printing=printing)
    with pikepdf.Pdf.open(io.BytesIO(made)) as document:
        return [
            (
                str(part.operator),
                [str(each) if isinstance(each, pikepdf.Name) else float(each) for each in part.operands],
            )
            for part in pikepdf.parse_content_stream(document.pages[0])
        ]


def fills(*elements: PathElement, printing: Printing = DEFAULT) -> list[list[float | str]]:
    """The inks of what is filled, but for the background."""
    found = operators(panel(*elements, background=None), printing)
    return [operands for operator, operands in found if operator in {"k", "scn"}]


@pytest.mark.parametrize("colour", ["#ff0000", "#1d3557", "#808080", "#f7f3ea"])
def test_a_colour_is_converted_through_the_profile(colour: str) -> None:
    through = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(srgb())),
        ImageCms.ImageCmsProfile(io.BytesIO(coated())),
        "RGB",
        "CMYK",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    expected = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), through)
    assert expected is not None

    (found,) = fills(PathElement(SMALL, colour))

    inks = expected.getpixel((0, 0))
    assert isinstance(inks, tuple)
    assert found == pytest.approx([ink / 255 for ink in inks], abs=0.0002)


def test_white_is_no_ink_and_black_is_black_ink_alone() -> None:
    assert fills(PathElement(SMALL, "#ffffff"), PathElement(SMALL, "#000000")) == [[0, 0, 0, 0], [0, 0, 0, 1]]


def test_the_inks_that_a_variant_gives_are_printed_unchanged() -> None:
    given = Ink(cmyk=(12.5, 30, 85, 5))

    assert fills(PathElement(SMALL, "#d4af37", fill_ink=given)) == [[0.125, 0.3, 0.85, 0.05]]


def test_a_spot_colour_is_a_separation_with_its_name() -> None:
    spot = PathElement(SMALL, "#c8102e", fill_ink=Ink(cmyk=(2, 100, 85, 6), spot="PANTONE 186 C"))
    cut = PathElement(LARGE, None, "#ec008c", 1, stroke_ink=Ink(spot="Schnittlinie ü"))

    with pikepdf.Pdf.open(io.BytesIO(to_pdf(panel(spot, cut, spot), {}, title=""))) as document:
        spaces = document.pages[0].obj.Resources.ColorSpace

        assert [str(spaces[name][1]) for name in sorted(spaces.keys())] == ["/PANTONE 186 C", "/Schnittlinie ü"]
        tint = spaces.Spot1[3]
        assert (str(spaces.Spot1[2]), int(tint.FunctionType)) == ("/DeviceCMYK", 2)
        assert [float(share) for share in tint.C1] == [0.02, 1, 0.85, 0.06]
        assert [float(share) for share in tint.C0] == [0, 0, 0, 0]


def test_overprint_is_switched_on_for_what_asks_for_it_and_off_again() -> None:
    over = PathElement(SMALL, "#000000", fill_ink=Ink(overprint=True))
    plain = PathElement(SMALL, "#ff0000")

    found = operators(panel(plain, over, plain, background=None))

    assert [operands for operator, operands in found if operator == "gs"] == [["/Over"], ["/Knock"]]
    with pikepdf.Pdf.open(io.BytesIO(to_pdf(panel(over), {}, title=""))) as document:
        state = document.pages[0].obj.Resources.ExtGState.Over
        assert (bool(state.OP), bool(state.op), int(state.OPM)) == (True, True, 1)


def test_large_black_areas_are_rich_where_asked_and_letters_never() -> None:
    rich: tuple[float, float, float, float] = (60, 40, 40, 100)
    letter = PathElement(f"{LARGE}M1 1L2 2L3 3Z", "#000000")
    shown = (PathElement(LARGE, "#000000"), PathElement(SMALL, "#000000"), letter)

    assert fills(*shown, printing=Printing(rich_black=rich)) == [[0.6, 0.4, 0.4, 1], [0, 0, 0, 1], [0, 0, 0, 1]]
    assert fills(*shown) == [[0, 0, 0, 1]] * 3
    own = PathElement(LARGE, "#000000", fill_ink=Ink(cmyk=(0, 0, 0, 100)))
    assert fills(own, printing=Printing(rich_black=rich)) == [[0, 0, 0, 1]]


def test_crop_marks_stand_outside_the_bleed_on_every_plate() -> None:
    shown = ScenePanel("front", 200, 100, 10, "#ff0000", ())

    made = to_pdf(shown, {}, title="", printing=Printing(crop_marks=True))

    with pikepdf.Pdf.open(io.BytesIO(made)) as document:
        page = document.pages[0].obj
        assert [float(each) for each in page.MediaBox] == [0, 0, 242, 142]
        assert [float(each) for each in page.BleedBox] == [21, 21, 221, 121]
        assert [float(each) for each in page.TrimBox] == [31, 31, 211, 111]
        assert str(page.Resources.ColorSpace.Spot1[1]) == "/All"
    pixels = pdf_pixels(made, 968, 242)
    assert tuple(pixels[4 * 31, 4 * 10]) < (200, 200, 200)
    assert tuple(pixels[4 * 31, 4 * 19 + 2]) == (255, 255, 255)
    assert tuple(pixels[4 * 50, 4 * 10]) == (255, 255, 255)


def test_a_printers_own_profile_is_used_and_embedded() -> None:
    own = coated().replace(b"Coated", b"Coatet", 1)
    printing = Printing(profile="press")

    with pikepdf.Pdf.open(io.BytesIO(to_pdf(panel(), {"press": own}, title="", printing=printing))) as document:
        assert document.Root.OutputIntents[0].DestOutputProfile.read_bytes() == own


def test_what_is_no_profile_of_a_press_is_refused() -> None:
    for data in (b"", b"not a profile", srgb()):
        with pytest.raises(NotDrawable, match="profile"):
            to_pdf(panel(), {"press": data}, title="", printing=Printing(profile="press"))
