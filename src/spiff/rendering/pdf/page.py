"""Writes a panel as a one-page PDF for print, structured as PDF/X-4. Knows no fonts: the composer made all outlines.

The content is drawn in thousandths of a point with y downwards, as the scene is; one matrix at the start turns it over.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from spiff.composing.scene import Element, PathElement, ScenePanel
from spiff.rendering.drawn import drawn_assets, given, groups_of, outlines_of
from spiff.rendering.failures import NotDrawable
from spiff.rendering.pdf.colours import Colours
from spiff.rendering.pdf.images import Matrix, add_image, placement
from spiff.rendering.pdf.layout import Layout
from spiff.rendering.pdf.metadata import info, xmp
from spiff.rendering.pdf.numbers import thousandths
from spiff.rendering.pdf.objects import PdfFile, compressed, text_string
from spiff.rendering.pdf.paths import path_operators
from spiff.rendering.printing import Printing
from spiff.rendering.profiles import coated, conversion, srgb

DEFAULT = Printing()
MAX_SIDE_PT = 14_400
"""The largest page that all readers show (ISO 32000-1, annex C.2)."""

_RECTANGLE = re.compile("M([-0-9.]+) ([-0-9.]+)" + "L([-0-9.]+) ([-0-9.]+)" * 3 + "Z")

Placed = dict[str, tuple[str, Matrix]]
"""By asset: the name of the image among the page's resources, and the matrix that turns it upright."""


def to_pdf(panel: ScenePanel, images: Mapping[str, bytes], *, title: str, printing: Printing = DEFAULT) -> bytes:
    """The panel as a PDF file; `images` holds the PNG or JPEG file of each asset that the panel draws.

    Structured as PDF/X-4 (ISO 15930-7). BleedBox is the whole panel, TrimBox lies `panel.bleed` inside (ISO 32000-1,
    14.11.2), MediaBox is larger only for crop marks; all in points. Pictures keep their resolution, JPEG files their
    bytes. The same input gives the same bytes. The caller leaves out what is only for screens. Raises NotDrawable.
    """
    _check(panel)
    file = PdfFile()
    profile = given(images, printing.profile) if printing.profile else coated()
    press = conversion(profile)
    screen = f"[/ICCBased {_add_profile(file, srgb(), 'N 3 /Alternate /DeviceRGB')} 0 R]"
    colours = Colours(file, printing, press, screen)
    placed, pictures = _add_images(file, panel, images, screen)
    layout = Layout(panel, marks=printing.crop_marks)
    content = file.add_compressed("<<>>", b"".join(_content(panel, placed, colours, layout)))
    page = _add_page(file, layout, content, f"<<{pictures}{colours.resources()}>>")
    intent = _add_intent(file, profile, press.name)
    metadata = file.add("<</Type /Metadata /Subtype /XML>>", xmp(title, file.identity()))
    root = file.add(f"<</Type /Catalog /Pages {page + 1} 0 R /Metadata {metadata} 0 R /OutputIntents [{intent} 0 R]>>")
    return file.to_bytes(root=root, info=file.add(info(title)))


def _check(panel: ScenePanel) -> None:
    sides = (panel.width, panel.height)
    if not all(0 < side <= MAX_SIDE_PT and side > 2 * panel.bleed for side in sides) or not panel.bleed >= 0:
        raise NotDrawable(
            f"a panel's sides are up to {MAX_SIDE_PT} pt and longer than twice its bleed, "
            f"not {panel.width} x {panel.height} with {panel.bleed}"
        )


def _add_images(file: PdfFile, panel: ScenePanel, images: Mapping[str, bytes], screen: str) -> tuple[Placed, str]:
    """Embed each asset once, however often it is drawn: its name is the digest of its bytes."""
    placed: Placed = {}
    resources = ""
    for asset in drawn_assets(panel):
        reference, turn = add_image(file, given(images, asset), screen)
        name = f"/I{len(placed) + 1}"
        placed[asset] = name, turn
        resources += f" {name} {reference} 0 R"
    return placed, f"/XObject <<{resources} >>" if resources else ""


def _add_intent(file: PdfFile, profile: bytes, name: str) -> int:
    """The printing condition that DeviceCMYK speaks of (ISO 15930-7, 6.2.2), with its profile."""
    number_of = _add_profile(file, profile, "N 4 /Alternate /DeviceCMYK")
    said = text_string(name)
    names = f"/OutputConditionIdentifier {said} /OutputCondition {said} /Info {said}"
    return file.add(f"<</Type /OutputIntent /S /GTS_PDFX {names} /DestOutputProfile {number_of} 0 R>>")


def _add_profile(file: PdfFile, profile: bytes, entries: str) -> int:
    stream, digest = packed(profile)
    return file.add(f"<</{entries} /Filter /FlateDecode>>", stream, identity=digest)


@lru_cache(16)
def packed(profile: bytes) -> tuple[bytes, bytes]:
    """A profile compressed, and the digest of that; once a process."""
    stream = compressed(profile)
    return stream, hashlib.sha256(stream).digest()


def _add_page(file: PdfFile, layout: Layout, content: int, resources: str) -> int:
    # Soft masks are blended in the inks of the press, not in whatever the reader likes (ISO 32000-1, 11.6.6).
    group = "/Group <</S /Transparency /CS /DeviceCMYK>>"
    number_of_pages = file.count + 2
    page = file.add(
        f"<</Type /Page /Parent {number_of_pages} 0 R {layout.boxes()} {group}"
        f" /Resources {resources} /Contents {content} 0 R>>"
    )
    file.add(f"<</Type /Pages /Kids [{page} 0 R] /Count 1>>")
    return page


def _content(panel: ScenePanel, placed: Placed, colours: Colours, layout: Layout) -> Iterator[bytes]:
    yield layout.begin()
    if panel.background:
        set_colour = colours.fill(panel.background, None, panel.width * panel.height)
        yield b"%b0 0 %b re f\n" % (set_colour, thousandths(panel.width, panel.height).encode())
    groups = groups_of(panel)
    outlines = iter(path_operators(outlines_of(groups)))
    for clip, group in groups:
        clipping = next(outlines)
        drawn = b"".join([_element(element, next(outlines), placed, colours) for element in group])
        yield drawn if clip is None else _clipped(clipping, drawn)
    yield layout.end(colours)


def _clipped(clipping: bytes, drawn: bytes) -> bytes:
    """No clip draws everything, an empty one nothing: an empty path would be no clip to a PDF reader."""
    return b"q\n%bW n\n%bQ\n" % (clipping, drawn) if clipping else b""


def _element(element: Element, outline: bytes, placed: Placed, colours: Colours) -> bytes:
    if isinstance(element, PathElement):
        return _path(element, outline, colours)
    name, turn = placed[element.asset]
    return b"q\n%b%b Do\nQ\n" % (placement(element.matrix, turn).encode(), name.encode())


def _path(element: PathElement, outline: bytes, colours: Colours) -> bytes:
    drawn = b""
    if not outline:
        return drawn
    if element.stroke and element.stroke_width > 0:
        set_colour, width = colours.stroke(element.stroke, element.stroke_ink), thousandths(element.stroke_width)
        drawn += b"%b%b w\n%bS\n" % (set_colour, width.encode(), outline)
    if element.fill:
        area = _rectangle_area(element.d) if element.fill.lower() == "#000000" else 0.0
        drawn += b"%b%bf\n" % (colours.fill(element.fill, element.fill_ink, area), outline)
    return drawn


def _rectangle_area(d: str) -> float:
    """The area of an outline of four straight sides, as shapes have; 0 of any other."""
    found = _RECTANGLE.fullmatch(d)
    if found is None:
        return 0.0
    points = [float(each) for each in found.groups()]
    twice = sum(points[at] * points[(at + 3) % 8] - points[(at + 2) % 8] * points[at + 1] for at in range(0, 8, 2))
    return abs(twice) / 2
