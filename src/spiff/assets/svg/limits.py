"""How much an illustration may hold, and the purse that counts it. Knows nothing of SVG's grammar."""

from spiff.assets.svg.refusals import SvgRefused

MOST_BYTES = 4_000_000
MOST_DEPTH = 100
MOST_ELEMENTS = 20_000
MOST_ATTRIBUTES = 100
MOST_RULES = 500
MOST_IN_CLIP = 100
"""Shapes of a clip path: they are united, one after the other."""
MOST_COLORS = 64
MOST_COORDINATE = 1_000_000.0
"""In the illustration's own units. Rendering takes seven digits before the point."""

_MOST = {"elements drawn": 10_000, "path segments": 50_000}


class Purse:
    """Counts what flattening spends, over all copies that `use` makes."""

    def __init__(self) -> None:
        self._left = dict(_MOST)

    def spend(self, what: str, count: int = 1) -> None:
        """Take `count` out of the purse. Raises SvgRefused where too little is left."""
        self._left[what] -= count
        if self._left[what] < 0:
            raise too_complex(f"more than {_MOST[what]} {what}")


def too_complex(what: str) -> SvgRefused:
    """The refusal of a document over a limit; `what` names the limit."""
    return SvgRefused("svg-too-complex", f"the illustration has {what}; simplify it in the drawing program")
