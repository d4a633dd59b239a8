"""Reads SVG path data into an outline: all commands, relative and shorthand ones too. Knows no element."""

import re
from collections.abc import Callable, Iterator

from spiff.assets.svg.arcs import arc
from spiff.assets.svg.lengths import NUMBER, read_numbers, within_reach
from spiff.assets.svg.limits import Purse
from spiff.assets.svg.outline import Outline
from spiff.assets.svg.refusals import SvgRefused, shown

_COMMAND = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*+)")
_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
_GAP = r"\s*+,?\s*+"
_ARC = re.compile(_GAP.join([rf"\s*+({NUMBER})", *[rf"({NUMBER})"] * 2, "([01])", "([01])", *[rf"({NUMBER})"] * 2, ""]))
"""Flags need no space around them: `a1 1 0 01.5.5`."""


def read_path_data(text: str, purse: Purse) -> Outline:
    """The outline of a `d` attribute; empty where that is. Raises SvgRefused with the code `svg-path` and others."""
    pen = _Pen(purse)
    begin = len(text) - len(text.lstrip())
    if text[begin : begin + 1] not in {"", "M", "m"}:
        raise _unreadable(text)
    for command, arguments in _COMMAND.findall(text, begin):
        pen.draw(command, arguments)
    within_reach(pen.outline.numbers, "d")
    return pen.outline


class _Pen:
    """Where the pen is, where its part began, and which control points a shorthand reflects."""

    def __init__(self, purse: Purse) -> None:
        self.outline = Outline()
        self._purse = purse
        self._x = self._y = self._start_x = self._start_y = 0.0
        self._control: tuple[str, float, float] = ("", 0.0, 0.0)
        self._lifted = True
        self._drawers: dict[str, Callable[..., None]] = {
            "L": self._line, "H": self._across, "V": self._down, "C": self._cubic, "S": self._smooth_cubic,
            "Q": self._quadratic, "T": self._smooth_quadratic, "A": self._arc,
        }  # fmt: skip

    def draw(self, command: str, text: str) -> None:
        letter, relative = command.upper(), command.islower()
        if letter == "Z":
            self._close(text)
            return
        repeated = _arguments(letter, text)
        self._purse.spend("path segments", len(repeated))
        for index, numbers in enumerate(repeated):
            if letter == "M" and index == 0:
                self._move(*self._absolute("M", numbers, relative))
                continue
            self._begin_part()
            drawn = "L" if letter == "M" else letter
            self._drawers[drawn](*self._absolute(drawn, numbers, relative))

    def _absolute(self, letter: str, numbers: list[float], relative: bool) -> list[float]:
        if not relative:
            return numbers
        x, y = self._x, self._y
        if letter == "A":
            return [*numbers[:5], numbers[5] + x, numbers[6] + y]
        if letter in "HV":
            return [numbers[0] + (x if letter == "H" else y)]
        return [each + (y if index % 2 else x) for index, each in enumerate(numbers)]

    def _begin_part(self) -> None:
        """After a Z the next part begins where the last one did, without saying so."""
        if self._lifted:
            self.outline.add("M", self._x, self._y)
            self._lifted = False

    def _close(self, text: str) -> None:
        if text.strip():
            raise _unreadable("Z" + text)
        self._purse.spend("path segments")
        self._begin_part()
        self.outline.add("Z")
        self._x, self._y = self._start_x, self._start_y
        self._lifted, self._control = True, ("", 0.0, 0.0)

    def _move(self, x: float, y: float) -> None:
        self.outline.add("M", x, y)
        self._x = self._start_x = x
        self._y = self._start_y = y
        self._lifted, self._control = False, ("", 0.0, 0.0)

    def _line(self, x: float, y: float) -> None:
        self._add("L", x, y)

    def _across(self, x: float) -> None:
        self._add("L", x, self._y)

    def _down(self, y: float) -> None:
        self._add("L", self._x, y)

    def _cubic(self, x1: float, y1: float, x2: float, y2: float, x: float, y: float) -> None:
        self._add("C", x1, y1, x2, y2, x, y)

    def _smooth_cubic(self, x2: float, y2: float, x: float, y: float) -> None:
        self._add("C", *self._reflected("C"), x2, y2, x, y)

    def _quadratic(self, x1: float, y1: float, x: float, y: float) -> None:
        self._add("Q", x1, y1, x, y)

    def _smooth_quadratic(self, x: float, y: float) -> None:
        self._add("Q", *self._reflected("Q"), x, y)

    def _arc(self, *numbers: float) -> None:
        rx, ry, degrees, large, sweeping, x, y = numbers
        curves = arc((self._x, self._y), (rx, ry), degrees, (bool(large), bool(sweeping)), (x, y))
        for curve in curves:
            self._purse.spend("path segments")
            self._add("C", *curve)
        if not curves and (x, y) != (self._x, self._y):
            self._add("L", x, y)
        self._control = ("", 0.0, 0.0)

    def _reflected(self, letter: str) -> tuple[float, float]:
        kind, x, y = self._control
        return (2 * self._x - x, 2 * self._y - y) if kind == letter else (self._x, self._y)

    def _add(self, letter: str, *numbers: float) -> None:
        self.outline.add(letter, *numbers)
        self._x, self._y = numbers[-2:]
        self._control = (letter, numbers[-4], numbers[-3]) if letter in "QC" else ("", 0.0, 0.0)


def _arguments(letter: str, text: str) -> list[list[float]]:
    """The numbers of each repetition of a command."""
    if letter == "A":
        return list(_arc_arguments(text))
    numbers, count = read_numbers(text, "d"), _COUNTS[letter]
    if not numbers or len(numbers) % count:
        raise _unreadable(letter + text)
    return [numbers[at : at + count] for at in range(0, len(numbers), count)]


def _arc_arguments(text: str) -> Iterator[list[float]]:
    at = 0
    while at == 0 or at < len(text):
        found = _ARC.match(text, at)
        if not found:
            raise _unreadable("A" + text[at:])
        yield within_reach([float(each) for each in found.groups()], "d")
        at = found.end()


def _unreadable(text: str) -> SvgRefused:
    return SvgRefused("svg-path", f"the path data has a command without its numbers, or something else: {shown(text)}")
