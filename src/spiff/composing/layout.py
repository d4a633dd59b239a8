"""Lines of text fitted to a rectangle: breaking and size (docs/composing.md, Text 5-7). Knows no colour."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import floor

from spiff.composing.characters import NO_BREAK_AFTER, NO_BREAK_BEFORE, mark
from spiff.composing.fonts import Font
from spiff.composing.paragraphs import Line, Paragraph
from spiff.composing.spelling import clusters
from spiff.composing.workflow import Region, TextStep

_SPACE = 0x20
_HYPHENS = frozenset((0x2D, 0x2010, 0x2013, 0x2014))
_WIDE = (
    *((0x3000, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF)),
    *((0xF900, 0xFAFF), (0xFF01, 0xFF9F), (0x20000, 0x3FFFF)),
)
_SMALL_KANA = (0x31F0, 0x31FF)


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines and their size in tenths of a point; `fits` is False where even the smallest size is too large."""

    lines: tuple[Line, ...]
    size: int
    fits: bool
    ends: frozenset[int] = frozenset()
    """The lines that end a paragraph, by index: they are not stretched."""


Span = tuple[int, int]
"""Where a line begins and ends in its paragraph, without the spaces at its end."""


class _Breakable:
    """A paragraph with its chances to break and its lines, each shaped once."""

    def __init__(self, text: str, font: Font) -> None:
        self._paragraph = Paragraph.of(text)
        self._font = font
        self._lines: dict[Span, Line] = {}
        self._sums: list[int] = []
        self._breaks: list[int] = []

    def whole(self) -> list[Span]:
        """The paragraph as one line."""
        return [self._span(0, len(self._paragraph.codes))]

    def wrapped(self, size: int, room: float) -> list[Span]:
        """The paragraph broken greedily where its lines are wider than the room at this size."""
        self._measure()
        found: list[Span] = []
        start = last = 0
        for end in self._breaks:
            if last > start and not self._width(start, end) * size <= room:
                found.append(self._span(start, last))
                start = last
            last = end
        return [*found, self._span(start, last)]

    def line(self, span: Span) -> Line:
        """The shaped line."""
        if span not in self._lines:
            self._lines[span] = self._paragraph.line(self._font, *span)
        return self._lines[span]

    def _measure(self) -> None:
        if not self._breaks:
            self._sums = list(accumulate(self._paragraph.advances(self._font), initial=0))
            self._breaks = [*_breaks(self._paragraph.codes), len(self._paragraph.codes)]

    def _width(self, start: int, end: int) -> int:
        return self._sums[self._paragraph.trimmed(start, end)] - self._sums[start]

    def _span(self, start: int, end: int) -> Span:
        return start, self._paragraph.trimmed(start, end)


class Fitting:
    """One text in one font, to be fitted to any number of regions. Vertical text has a line for each character."""

    def __init__(self, step: TextStep, text: str, font: Font) -> None:
        self._step = step
        self._font = font
        upright = step.vertical and not step.curved
        self._wraps = step.allow_newlines and not upright
        parts = clusters(text.replace("\n", " ")) if upright else text.split("\n")
        self._paragraphs = [_Breakable(part, font) for part in parts or [""]]

    def into(self, region: Region) -> Layout:
        """The layout at the step's fixed size, or at the largest allowed size that fits."""
        low, high = self._sizes()
        if self._fits(high, region):
            return self._at(high, region, True)
        if not self._fits(low, region):
            return self._at(low, region, False)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._fits(middle, region) else (low, middle)
        return self._at(low, region, True)

    def along(self, length: float) -> Layout:
        """The same for a single line that may be so long, whatever its height."""
        low, high = self._sizes()
        line = self._paragraphs[0].line(self._paragraphs[0].whole()[0])
        room = length * 10 * self._font.upem
        if line.width * high <= room:
            return Layout((line,), high, True)
        if not line.width * low <= room:
            return Layout((line,), low, False)
        return Layout((line,), max(low, floor(room / line.width)), True)

    def _sizes(self) -> tuple[int, int]:
        """The smallest and the largest allowed size; a fixed one is both."""
        step = self._step
        least, most = (step.min_size, step.max_size) if step.size is None else (step.size, step.size)
        return _tenths(least), _tenths(most)

    def _at(self, size: int, region: Region, fits: bool) -> Layout:
        spans = self._spans(size, region)
        ends = (at for at, (each, _) in enumerate(spans) if at + 1 == len(spans) or spans[at + 1][0] is not each)
        return Layout(tuple(each.line(span) for each, span in spans), size, fits, frozenset(ends))

    def _spans(self, size: int, region: Region) -> list[tuple[_Breakable, Span]]:
        if not self._wraps:
            return [(each, span) for each in self._paragraphs for span in each.whole()]
        room = region.width * 10 * self._font.upem
        return [(each, span) for each in self._paragraphs for span in each.wrapped(size, room)]

    def _fits(self, size: int, region: Region) -> bool:
        spans = self._spans(size, region)
        # The height first: it costs nothing, while a width wants its line shaped.
        if not block_height(self._font, len(spans)) * size <= region.height * 10 * self._font.upem:
            return False
        room = region.width * 10 * self._font.upem
        return all(each.line(span).width * size <= room for each, span in spans)


def block_height(font: Font, lines: int) -> int:
    """How high so many lines are, in font units."""
    return font.ascender - font.descender + (lines - 1) * font.line


def _tenths(points: float) -> int:
    return floor(points * 10 + 0.5)


def _breaks(codes: Sequence[int]) -> Iterator[int]:
    """Where a line may begin, but for the start and the end."""
    for at in range(1, len(codes)):
        before, after = codes[at - 1], codes[at]
        after_space = before == _SPACE and after != _SPACE
        if after_space or before in _HYPHENS or (_is_wide(before) and _is_wide(after) and _part(before, after)):
            yield at


def _is_wide(code: int) -> bool:
    return any(first <= code <= last for first, last in _WIDE)


def _part(before: int, after: int) -> bool:
    """Whether a line may end between two characters that are as wide as high."""
    is_small = _SMALL_KANA[0] <= after <= _SMALL_KANA[1]
    return before not in NO_BREAK_AFTER and after not in NO_BREAK_BEFORE and not is_small and mark(after) == "N"
