"""The one place that says how a colour is written in a PDF, and which resources that takes. Knows no pages.

DeviceCMYK means the inks of the output intent (ISO 15930-7, 6.2.2); spot inks are Separations (ISO 32000-1, 8.6.6.4);
what stays as on a screen is ICCBased.
"""

from collections.abc import Iterable
from functools import lru_cache

from spiff.composing.document import Cmyk, Ink
from spiff.rendering.colours import channels
from spiff.rendering.pdf.numbers import number
from spiff.rendering.pdf.objects import PdfFile
from spiff.rendering.printing import Printing
from spiff.rendering.profiles import Conversion

REGISTRATION = "All"
"""The separation that prints on every plate."""

_OVERPRINT, _KNOCKOUT = "/Over", "/Knock"
_REGULAR = frozenset(b"!\"$&'*+,-.:;=?@\\^_`|~")
_LEAST_RICH_PT2 = 72.0 * 72.0
"""What is smaller than a square inch keeps its crisp edges: black ink alone."""


class Colours:
    """Writes the colours of one page and remembers which spaces and states they took."""

    def __init__(self, file: PdfFile, printing: Printing, conversion: Conversion, srgb: str) -> None:
        self._file = file
        self._printing = printing
        self._conversion = conversion
        self._srgb = srgb
        self._spots: dict[str, tuple[str, str]] = {}
        self._overprints = False
        self._uses_srgb = False
        self._written: dict[tuple[str, Ink | None, bool, bool], bytes] = {}

    def fill(self, colour: str, ink: Ink | None, area_pt2: float = 0.0) -> bytes:
        """The operators that set the colour of what is filled next; `area_pt2` of plain rectangles."""
        return self._operators(colour, ink, stroke=False, large=area_pt2 >= _LEAST_RICH_PT2)

    def stroke(self, colour: str, ink: Ink | None) -> bytes:
        """The operators that set the colour of what is stroked next."""
        return self._operators(colour, ink, stroke=True, large=False)

    def registration(self) -> bytes:
        """The colour of marks for the press, stroked on all plates."""
        return f"{self._spot(REGISTRATION, (100.0, 100.0, 100.0, 100.0))} CS 1 SCN\n".encode()

    def resources(self) -> str:
        """The colour spaces and graphics states, as entries of a resource dictionary."""
        spaces = [f"{name} {space}" for name, space in self._spots.values()]
        if self._uses_srgb:
            spaces.append(f"/Screen {self._srgb}")
        found = f" /ColorSpace <<{' '.join(spaces)}>>" if spaces else ""
        if self._overprints:
            states = f"{_OVERPRINT} <</OP true /op true /OPM 1>> {_KNOCKOUT} <</OP false /op false /OPM 0>>"
            found += f" /ExtGState <<{states}>>"
        return found

    def _operators(self, colour: str, ink: Ink | None, *, stroke: bool, large: bool) -> bytes:
        key = (colour, ink, stroke, large)
        found = self._written.get(key)
        if found is None:
            found = self._written[key] = self._made(colour, ink, stroke=stroke, large=large)
        if ink is not None and ink.overprint:
            self._overprints = True
            return f"{_OVERPRINT} gs\n".encode() + found
        return f"{_KNOCKOUT} gs\n".encode() + found if self._overprints else found

    def _made(self, colour: str, ink: Ink | None, *, stroke: bool, large: bool) -> bytes:
        channels(colour)
        if ink is not None and ink.spot:
            name = self._spot(ink.spot, ink.cmyk or self._conversion.cmyk(colour))
            return f"{name} CS 1 SCN\n".encode() if stroke else f"{name} cs 1 scn\n".encode()
        if ink is None and self._printing.color == "rgb":
            return self._screen(colour, stroke=stroke)
        inks = ink.cmyk if ink is not None and ink.cmyk else self._converted(colour, ink, large=large)
        return f"{_shares(inks)} {'K' if stroke else 'k'}\n".encode()

    def _converted(self, colour: str, ink: Ink | None, *, large: bool) -> Cmyk:
        rich = self._printing.rich_black
        if rich is not None and large and ink is None and channels(colour) == (0, 0, 0):
            return rich
        return self._conversion.cmyk(colour)

    def _screen(self, colour: str, *, stroke: bool) -> bytes:
        self._uses_srgb = True
        shares = " ".join(number(channel / 255) for channel in channels(colour))
        return f"/Screen {'CS' if stroke else 'cs'} {shares} {'SCN' if stroke else 'scn'}\n".encode()

    def _spot(self, spot: str, inks: Cmyk) -> str:
        if spot not in self._spots:
            tint = f"<</FunctionType 2 /Domain [0 1] /C0 [0 0 0 0] /C1 [{_shares(inks)}] /N 1>>"
            function = self._file.add(tint)
            space = f"[/Separation {pdf_name(spot)} /DeviceCMYK {function} 0 R]"
            self._spots[spot] = f"/Spot{len(self._spots) + 1}", space
        return self._spots[spot][0]


def pdf_name(text: str) -> str:
    """The text as a name object (ISO 32000-1, 7.3.5)."""
    return "/" + "".join(_escaped(text.encode()))


def _escaped(data: bytes) -> Iterable[str]:
    for byte in data:
        plain = bytes([byte]).isalnum() or byte in _REGULAR
        yield chr(byte) if plain and byte < 128 else f"#{byte:02X}"


@lru_cache(4096)
def _shares(inks: Cmyk) -> str:
    return " ".join(number(min(max(share, 0.0), 100.0) / 100) for share in inks)
