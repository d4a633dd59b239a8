"""Writes a panel as a one-page PDF 1.6 for print. Knows no fonts and no text: the composer made everything outlines.

The content is drawn with y downwards, as the scene is; one matrix at the start turns it over.
"""

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from spiff.composing.scene import Element, ImageElement, PathElement, ScenePanel
from spiff.rendering.drawn import drawn_assets, given
from spiff.rendering.failures import NotDrawable
from spiff.rendering.pdf.colours import fill_colour, stroke_colour
from spiff.rendering.pdf.images import Matrix, add_image, placement
from spiff.rendering.pdf.numbers import number
from spiff.rendering.pdf.objects import PdfFile, text_string
from spiff.rendering.pdf.paths import path_operators

MAX_SIDE_PT = 14_400
"""The largest page that all readers show (ISO 32000-1, annex C.2)."""

_NOT_IN_XML = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

Placed = dict[str, tuple[str, Matrix]]
"""By asset: the name of the image among the page's resources, and the matrix that turns it upright."""


def to_pdf(panel: ScenePanel, images: Mapping[str, bytes], *, title: str) -> bytes:
    """The panel as a PDF file; `images` holds the PNG or JPEG file of each asset that the panel draws.

    MediaBox and BleedBox are the whole panel, TrimBox lies `panel.bleed` inside (ISO 32000-1, 14.11.2); all in points.
    Pictures keep their resolution, JPEG files their bytes. The same input gives the same bytes. Raises NotDrawable.
    """
    _check(panel)
    file = PdfFile()
    placed, resources = _add_images(file, panel, images)
    content = file.add_compressed("<<>>", b"".join(_content(panel, placed)))
    page = _add_page(file, panel, content, resources)
    metadata = file.add("<</Type /Metadata /Subtype /XML>>", _xmp(title))
    root = file.add(f"<</Type /Catalog /Pages {page + 1} 0 R /Metadata {metadata} 0 R>>")
    info = file.add(f"<</Title {text_string(title)} /Producer {text_string('Spiff')}>>")
    return file.to_bytes(root=root, info=info)


def _check(panel: ScenePanel) -> None:
    sides = (panel.width, panel.height)
    if not all(0 < side <= MAX_SIDE_PT and side > 2 * panel.bleed for side in sides) or not panel.bleed >= 0:
        raise NotDrawable(
            f"a panel's sides are up to {MAX_SIDE_PT} pt and longer than twice its bleed, "
            f"not {panel.width} x {panel.height} with {panel.bleed}"
        )


def _add_images(file: PdfFile, panel: ScenePanel, images: Mapping[str, bytes]) -> tuple[Placed, str]:
    """Embed each asset once, however often it is drawn: its name is the digest of its bytes."""
    placed: Placed = {}
    resources = ""
    for asset in drawn_assets(panel):
        reference, turn = add_image(file, given(images, asset))
        name = f"/I{len(placed) + 1}"
        placed[asset] = name, turn
        resources += f" {name} {reference} 0 R"
    return placed, f"<</XObject <<{resources} >>>>" if resources else "<<>>"


def _add_page(file: PdfFile, panel: ScenePanel, content: int, resources: str) -> int:
    width, height, bleed = panel.width, panel.height, panel.bleed
    whole = _numbers(0, 0, width, height)
    trim = _numbers(bleed, bleed, width - bleed, height - bleed)
    boxes = f"/MediaBox [{whole}] /BleedBox [{whole}] /TrimBox [{trim}]"
    # Soft masks are blended in the page's own colours, not in whatever the reader likes (11.6.6).
    group = "/Group <</S /Transparency /CS /DeviceRGB>>"
    number_of_pages = file.count + 2
    page = file.add(
        f"<</Type /Page /Parent {number_of_pages} 0 R {boxes} {group} /Resources {resources} /Contents {content} 0 R>>"
    )
    file.add(f"<</Type /Pages /Kids [{page} 0 R] /Count 1>>")
    return page


def _numbers(*values: float) -> str:
    return " ".join([number(value) for value in values])


def _content(panel: ScenePanel, placed: Placed) -> Iterator[bytes]:
    yield f"1 0 0 -1 0 {number(panel.height)} cm\n1 J 1 j\n".encode()
    if panel.background:
        yield b"%b0 0 %b re f\n" % (fill_colour(panel.background), _numbers(panel.width, panel.height).encode())
    outlines = path_operators([_outline(element) for element in panel.elements])
    for element, outline in zip(panel.elements, outlines, strict=True):
        yield _path(element, outline) if isinstance(element, PathElement) else _image(element, outline, placed)


def _outline(element: Element) -> str:
    return element.d if isinstance(element, PathElement) else element.clip or ""


def _path(element: PathElement, outline: bytes) -> bytes:
    drawn = b""
    if not outline:
        return drawn
    if element.stroke and element.stroke_width > 0:
        drawn += b"%b%b w\n%bS\n" % (stroke_colour(element.stroke), number(element.stroke_width).encode(), outline)
    if element.fill:
        drawn += b"%b%bf\n" % (fill_colour(element.fill), outline)
    return drawn


def _image(element: ImageElement, outline: bytes, placed: Placed) -> bytes:
    name, turn = placed[element.asset]
    # No clip draws everything, an empty one nothing: an empty path would be no clip to a PDF reader.
    if element.clip == "":
        return b""
    clip = outline + b"W n\n" if element.clip else b""
    return b"q\n%b%b%b Do\nQ\n" % (clip, placement(element.matrix, turn).encode(), name.encode())


def _xmp(title: str) -> bytes:
    """The title and the producer once more, as XMP (ISO 16684-1), uncompressed so that file tools find it. No dates."""
    shown = escape(_NOT_IN_XML.sub(" ", title))
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{shown}</rdf:li></rdf:Alt></dc:title>
<dc:format>application/pdf</dc:format><pdf:Producer>Spiff</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>""".encode("utf-8", "replace")
