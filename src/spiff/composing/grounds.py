"""What lies beneath what is drawn, and what can be told from it (docs/composing.md, Preflight). Knows no steps."""

from collections.abc import Iterable
from itertools import takewhile

from spiff.composing.boxes import Box, overlap, region_box, within
from spiff.composing.drawing import rectangle
from spiff.composing.kinds import Drawn
from spiff.composing.scene import Element, ImageElement, PathElement
from spiff.composing.selection import written_color
from spiff.composing.workflow import Panel, Region

LEAST_CONTRAST = 1.5
"""Below it words are hardly seen: navy on navy has 1, white on cream 1.1, a dark red on navy 1.4."""


class Grounds:
    """What is printed on each panel, lowest first: of each region the highest element, which is what is seen."""

    def __init__(self, panels: Iterable[Panel], ordered: Iterable[Drawn]) -> None:
        self._backgrounds = {panel.name: written_color(panel.background) for panel in panels}
        self._printed: dict[str, list[Drawn]] = {name: [] for name in self._backgrounds}
        for each in ordered:
            if each.element.only != "screen" and each.region.panel in self._printed:
                printed = self._printed[each.region.panel]
                if printed and printed[-1].region is each.region:
                    printed.pop()
                printed.append(each)

    def beneath(self, region: Region, box: Box) -> str | None:
        """The one colour that lies right beneath a box which is drawn with this region; None where none is known."""
        below = list(takewhile(lambda each: each.region is not region, self._printed[region.panel]))
        highest = next((each for each in reversed(below) if overlap(region_box(each.region), box)), None)
        return self._backgrounds[region.panel] if highest is None else _plain(highest, box)


def _plain(drawn: Drawn, box: Box) -> str | None:
    """The colour of a region that is nothing but filled, if it goes on below all of the box."""
    region, element = drawn.region, drawn.element
    if not isinstance(element, PathElement) or region.rotation or not within(box, region_box(region)):
        return None
    return element.fill if element.d == rectangle(region) else None


def stands_out(element: Element, ground: str) -> bool:
    """Whether some of it can be told from a ground of this colour; of a picture nobody knows, so it may."""
    if isinstance(element, ImageElement):
        return True
    return any(_contrast(color, ground) >= LEAST_CONTRAST for color in (element.fill, element.stroke) if color)


def _contrast(one: str, other: str) -> float:
    """As WCAG 2.2 has it, with squares in place of its powers, which machines compute differently."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.2126 * (red * red) + 0.7152 * (green * green) + 0.0722 * (blue * blue)
