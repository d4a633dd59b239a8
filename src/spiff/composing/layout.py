"""Lines of text fitted to a rectangle: breaking and size (docs/composing.md, Text 5-7). Knows no colour."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import floor
from typing import NamedTuple

from spiff.composing.characters import NO_BREAK_AFTER, NO_BREAK_BEFORE, is_in_word, mark
from spiff.composing.fonts import Font
from spiff.composing.paragraphs import Line, Paragraph
from spiff.composing.spelling import clusters, without_break_marks
from spiff.composing.workflow import Region, TextStep

_SPACE = 0x20
_HYPHENS = frozenset((0x2D, 0x2010, 0x2013, 0x2014))
_WIDE = (
    *((0x3000, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF)),
    *((0xF900, 0xFAFF), (0xFF01, 0xFF9F), (0x20000, 0x3FFFF)),
)
_FIRST_WIDE = _WIDE[0][0]
_SMALL_KANA = (0x31F0, 0x31FF)


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines and their size in tenths of a point; `fits` is False where even the smallest size is too large."""

    lines: tuple[Line, ...]
    size: int
    fits: bool
    ends: frozenset[int] = frozenset()
    """The lines that end a paragraph, by index: they are not stretched."""


class Span(NamedTuple):
    """Where a line begins and ends in its paragraph, without the spaces at its end; whether it shows a hyphen there."""

    start: int
    end: int
    hyphen: bool


class _Chance(NamedTuple):
    """Where a line may end; `trimmed` is where it ends without spaces."""

    end: int
    trimmed: int
    hyphen: bool


class _Breakable:
    """A paragraph with its chances to break and its lines, each shaped once."""

    def __init__(self, text: str, font: Font, upright: bool) -> None:
        self._paragraph = Paragraph.of(text, upright)
        self._font = font
        self._lines: dict[Span, Line] = {}
        self._sums: list[int] = []
        self._chances: list[_Chance] = []

    def whole(self) -> list[Span]:
        """The paragraph as one line."""
        length = len(self._paragraph.codes)
        return [Span(0, self._paragraph.trimmed(0, length), False)]

    def wrapped(self, size: int, room: float) -> list[Span]:
        """The paragraph broken greedily where its lines are wider than the room at this size."""
        self._measure()
        found: list[Span] = []
        start = at = 0
        while at < len(self._chances):
            taken = self._farthest(start, at, size, room)
            chance = self._chances[taken]
            found.append(Span(start, max(start, chance.trimmed), chance.hyphen))
            start, at = chance.end, taken + 1
        return found

    def line(self, span: Span) -> Line:
        """The shaped line."""
        if span not in self._lines:
            self._lines[span] = self._paragraph.line(self._font, *span)
        return self._lines[span]

    def _farthest(self, start: int, first: int, size: int, room: float) -> int:
        """The last chance up to which a line fits, by index; else the first at which something stands on it.

        A hyphen may be what is too wide where the next letter is not.
        """
        chances, sums, found = self._chances, self._sums, None
        for at in range(first, len(chances)):
            _, trimmed, hyphen = chances[at]
            if trimmed <= start:
                continue
            width = sums[trimmed] - sums[start]
            if found is not None and not width * size <= room:
                break
            if found is None or not hyphen or (width + self._font.hyphen_advance) * size <= room:
                found = at
        return len(chances) - 1 if found is None else found

    def _measure(self) -> None:
        if not self._chances:
            paragraph, length = self._paragraph, len(self._paragraph.codes)
            self._sums = list(accumulate(paragraph.advances(self._font), initial=0))
            ends = (*_breaks(paragraph), (length, False))
            self._chances = [_Chance(end, paragraph.trimmed(0, end), hyphen) for end, hyphen in ends]


class Fitting:
    """One text in one font, to be fitted to any number of regions. Vertical text has a line for each character."""

    def __init__(self, step: TextStep, text: str, font: Font) -> None:
        self._step = step
        self._font = font
        upright = step.vertical and not step.curved
        self._wraps = step.allow_newlines and not upright
        parts = clusters(without_break_marks(text.replace("\n", " "))) if upright else text.split("\n")
        self._paragraphs = [_Breakable(part, font, upright) for part in parts or [""]]

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


def _breaks(paragraph: Paragraph) -> Iterator[tuple[int, bool]]:
    """Where a line may begin, but for the start and the end, and whether the line before it shows a hyphen."""
    codes, marked = paragraph.codes, paragraph.chances
    for at in range(1, len(codes)):
        before, after = codes[at - 1], codes[at]
        after_space = before == _SPACE and after != _SPACE
        if after_space or before in _HYPHENS or _part(before, after):
            yield at, False
        elif at in marked and after != _SPACE and mark(after) == "N":
            yield at, marked[at]


def _is_wide(code: int) -> bool:
    return any(first <= code <= last for first, last in _WIDE)


def _part(before: int, after: int) -> bool:
    """Whether a line may end between two characters that are as wide as high, or such a one and one of a word."""
    if before < _FIRST_WIDE and after < _FIRST_WIDE:
        return False
    wide = _is_wide(before), _is_wide(after)
    if not any(wide) or not ((wide[0] or is_in_word(before)) and (wide[1] or is_in_word(after))):
        return False
    is_small = _SMALL_KANA[0] <= after <= _SMALL_KANA[1]
    return before not in NO_BREAK_AFTER and after not in NO_BREAK_BEFORE and not is_small and mark(after) == "N"
