"""Every print file has the structure of PDF/X-4, and the checks find what has not."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from spiff.composing.document import Ink
from spiff.composing.scene import ImageElement, PathElement, ScenePanel
from spiff.rendering.drawn import drawn_on
from spiff.rendering.pdf import to_pdf
from spiff.rendering.printing import Printing
from tests.rendering.fixture_files import panels
from tests.rendering.panels import GLASS, PHOTO, jpeg, panel, png, quadrants, rectangle, sample
from tests.rendering.pdfx import CHECKS, violations

SPOT = Ink(spot="PANTONE 186 C", cmyk=(2, 100, 85, 6))
EVERYTHING = panel(
    PathElement(rectangle(10, 10, 90, 90), "#c8102e", fill_ink=SPOT),
    PathElement(rectangle(20, 20, 80, 80), None, "#ec008c", 1, stroke_ink=Ink(spot="CutContour", overprint=True)),
    PathElement(rectangle(30, 30, 70, 70), "#00ff00", clip=rectangle(40, 40, 60, 60)),
    ImageElement(PHOTO, (50, 0, 0, 30, 100, 10), rectangle(100, 10, 130, 40)),
    ImageElement(GLASS, (50, 0, 0, 30, 100, 50)),
    background="#000000",
    bleed=5,
)
IMAGES = {PHOTO: jpeg(quadrants().convert("L")), GLASS: png(Image.new("RGBA", (9, 9), (0, 0, 255, 90)))}
MANNERS = [
    Printing(),
    Printing(color="rgb"),
    Printing(crop_marks=True),
    Printing(rich_black=(60, 40, 40, 100)),
]


def opened(file: bytes) -> pikepdf.Pdf:
    return pikepdf.Pdf.open(io.BytesIO(file))


def found_in(shown: ScenePanel, images: dict[str, bytes], printing: Printing) -> list[str]:
    with opened(to_pdf(shown, images, title="x", printing=printing)) as document:
        return [*violations(document), *document.check_pdf_syntax()]


@pytest.mark.parametrize("printing", MANNERS)
def test_a_print_file_with_everything_in_it_has_the_structure_of_pdf_x_4(printing: Printing) -> None:
    assert found_in(EVERYTHING, IMAGES, printing) == []
    assert found_in(*sample(), printing) == []


def test_the_print_files_of_all_designs_have_the_structure_of_pdf_x_4() -> None:
    wrong = {name: found_in(drawn_on(shown, "print"), images, Printing()) for name, shown, images in panels()}

    assert len(wrong) > 150
    assert {name: found for name, found in wrong.items() if found} == {}


def _rgb(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"1 0 0 rg 0 0 9 9 re f")


def _lzw(document: pikepdf.Pdf) -> None:
    document.Root.Extra = document.make_indirect(pikepdf.Stream(document, b"x", Filter=pikepdf.Name.LZWDecode))


SPOILED: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "version_6_1": lambda document: document.trailer.__delitem__("/ID"),
    "output_intent_6_2_2": lambda document: document.Root.__delitem__("/OutputIntents"),
    "colours_6_2_4": _rgb,
    "transparency_6_3": lambda document: document.pages[0].obj.__delitem__("/Group"),
    "fonts_6_2_9": lambda document: document.pages[0].obj.Resources.__setitem__(
        "/Font", pikepdf.Dictionary(F1=pikepdf.Dictionary(BaseFont=pikepdf.Name.Helvetica))
    ),
    "boxes_6_5": lambda document: document.pages[0].obj.__setitem__("/TrimBox", pikepdf.Array([-1, 0, 9, 9])),
    "metadata_6_6": lambda document: document.docinfo.__delitem__("/Trapped"),
    "no_actions_6_9": lambda document: document.Root.__setitem__(
        "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name.JavaScript)
    ),
    "no_transfer_functions_6_2_5": lambda document: document.pages[0].obj.Resources.__setitem__(
        "/ExtGState", pikepdf.Dictionary(G=pikepdf.Dictionary(TR=pikepdf.Name.Identity))
    ),
    "no_lzw_6_1_6": _lzw,
}


@pytest.mark.parametrize("name", CHECKS)
def test_each_check_finds_a_file_that_breaks_its_clause(name: str) -> None:
    with opened(to_pdf(EVERYTHING, IMAGES, title="x")) as document:
        SPOILED[name](document)

        assert [found for found in violations(document) if found.startswith(name)] != []
