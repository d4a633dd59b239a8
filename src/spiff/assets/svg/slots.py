"""Gives every colour of an illustration a slot that can be recoloured. Knows no geometry."""

from spiff.assets.svg.drawing import Paint
from spiff.assets.svg.limits import MOST_COLORS, too_complex
from spiff.assets.svg.refusals import SvgRefused, shown
from spiff.assets.svg.styles import SLOT_PREFIX


class Slots:
    """Slots in order of appearance: those with a class keep its name, others are one for each colour."""

    def __init__(self, taken: set[str]) -> None:
        self.colors: dict[str, str] = {}
        self._taken = taken
        self._by_color: dict[str, str] = {}

    def slot_of(self, paint: Paint | None) -> str | None:
        """The id of the paint's slot. Raises SvgRefused where a class has two colours, or there are too many."""
        if paint is None:
            return None
        slot = paint.slot or self._by_color.get(paint.color) or self._fresh(paint.color)
        known = self.colors.setdefault(slot, paint.color)
        if known != paint.color:
            raise SvgRefused("svg-slot", f"the class {shown(slot)} has two colours: {known} and {paint.color}")
        if len(self.colors) > MOST_COLORS:
            raise too_complex(f"more than {MOST_COLORS} colours")
        return slot

    def _fresh(self, color: str) -> str:
        number = len(self._by_color) + 1
        while (name := f"{SLOT_PREFIX}{number}") in self._taken:
            number += 1
        self._taken.add(name)
        self._by_color[color] = name
        return name
