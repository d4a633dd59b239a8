"""Where a panel lies on its page: boxes, the way into its coordinates, and crop marks. Knows no elements."""

from spiff.composing.scene import ScenePanel
from spiff.rendering.pdf.colours import Colours
from spiff.rendering.pdf.numbers import number, thousandths

MARK_PT = 18.0
"""How long a crop mark is."""
GAP_PT = 3.0
"""How far it stays from the bleed, so that no mark is printed where the cut may go."""
_LINE_PT = 0.25


class Layout:
    """One panel on one page, in points. Without marks the page is the panel."""

    def __init__(self, panel: ScenePanel, *, marks: bool) -> None:
        self._panel = panel
        self._margin = MARK_PT + GAP_PT if marks else 0.0
        self._marks = marks

    def boxes(self) -> str:
        """The boxes of the page (ISO 32000-1, 14.11.2)."""
        width, height, bleed, margin = self._panel.width, self._panel.height, self._panel.bleed, self._margin
        media = _numbers(0, 0, width + 2 * margin, height + 2 * margin)
        whole = _numbers(margin, margin, margin + width, margin + height)
        trim = _numbers(margin + bleed, margin + bleed, margin + width - bleed, margin + height - bleed)
        return f"/MediaBox [{media}] /BleedBox [{whole}] /TrimBox [{trim}]"

    def begin(self) -> bytes:
        """Panel coordinates in thousandths, y downwards; round ends and corners. With marks nothing is drawn beyond."""
        origin = _numbers(self._margin, self._margin + self._panel.height)
        size = thousandths(self._panel.width, self._panel.height)
        clip = f"q\n0 0 {size} re W n\n" if self._marks else ""
        return f"0.001 0 0 -0.001 {origin} cm\n1 J 1 j\n{clip}".encode()

    def end(self, colours: Colours) -> bytes:
        """The crop marks, two at each corner of the trim, on every plate."""
        if not self._marks:
            return b""
        lines = "".join(f"{thousandths(*begin)} m {thousandths(*end)} l S\n" for begin, end in self._lines())
        return b"Q\n0 J\n%b%b w\n%b" % (colours.registration(), thousandths(_LINE_PT).encode(), lines.encode())

    def _lines(self) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        width, height, bleed = self._panel.width, self._panel.height, self._panel.bleed
        across = [(-GAP_PT, -GAP_PT - MARK_PT), (width + GAP_PT, width + GAP_PT + MARK_PT)]
        down = [(-GAP_PT, -GAP_PT - MARK_PT), (height + GAP_PT, height + GAP_PT + MARK_PT)]
        level = [((near, y), (far, y)) for y in (bleed, height - bleed) for near, far in across]
        upright = [((x, near), (x, far)) for x in (bleed, width - bleed) for near, far in down]
        return level + upright


def _numbers(*values: float) -> str:
    return " ".join(number(value) for value in values)
