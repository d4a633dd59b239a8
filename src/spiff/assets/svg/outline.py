"""An outline of M L Q C Z with absolute coordinates. Knows neither style nor SVG's own path commands."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spiff.assets.svg.lengths import within_reach
from spiff.assets.svg.matrices import Matrix, transformed
from spiff.composing.numbers import NUMBER, rounded, write_all

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_POINT = f"{NUMBER} {NUMBER}"
_TEMPLATES = {
    "M": "M" + _POINT,
    "L": "L" + _POINT,
    "Q": f"Q{_POINT} {_POINT}",
    "C": f"C{_POINT} {_POINT} {_POINT}",
    "Z": "Z",
}

_POINTS = {"M": 1, "L": 1, "Q": 2, "C": 3, "Z": 0}


@dataclass
class Outline:
    """`letters` names the segments, `numbers` holds all their coordinates."""

    letters: list[str] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)

    def add(self, letter: str, *numbers: float) -> None:
        """One more segment."""
        self.letters.append(letter)
        self.numbers.extend(numbers)

    def segments(self) -> Iterator[tuple[str, list[tuple[float, float]]]]:
        """Each segment as its letter and its points."""
        numbers = iter(self.numbers)
        for letter in self.letters:
            yield letter, [(next(numbers), next(numbers)) for _ in range(_POINTS[letter])]

    def moved_by(self, matrix: Matrix) -> "Outline":
        """The outline with the matrix baked in. Raises SvgRefused where it ends up out of reach."""
        return Outline(self.letters, within_reach(transformed(matrix, self.numbers), "a transformed outline"))

    def box(self) -> Box:
        """What holds all points, the curves' control points too."""
        xs, ys = self.numbers[::2], self.numbers[1::2]
        return min(xs), min(ys), max(xs), max(ys)

    def written(self) -> str:
        """The path data of a scene (docs/composing.md, Text 9)."""
        template = "".join([_TEMPLATES[letter] for letter in self.letters])
        return write_all(template, [rounded(each) for each in self.numbers])

    @property
    def draws(self) -> bool:
        """Whether there is more than points where a pen was put down."""
        return bool(self.letters) and set(self.letters) != {"M"}

    @property
    def closed(self) -> bool:
        """Whether every part ends where it began, with a Z: such outlines have no line ends."""
        return all(
            one == "Z" for one, other in zip(self.letters, [*self.letters[1:], "M"], strict=True) if other == "M"
        )
