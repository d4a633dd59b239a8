"""Maps a viewBox into its viewport, by preserveAspectRatio. Knows no drawing."""

import re

from spiff.assets.svg.lengths import read_numbers
from spiff.assets.svg.matrices import IDENTITY, Matrix
from spiff.assets.svg.refusals import SvgRefused, shown

ViewBox = tuple[float, float, float, float]
"""Left, top, width, height."""

_ASPECT = re.compile(r"(?:none|x(Min|Mid|Max)Y(Min|Mid|Max))(?:\s+(meet|slice))?")
_SHARE = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}


def read_view_box(attributes: dict[str, str]) -> ViewBox | None:
    """The viewBox, if there is one. Raises SvgRefused."""
    text = attributes.get("viewBox")
    if text is None:
        return None
    numbers = read_numbers(text, "viewBox")
    if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
        raise SvgRefused("svg-size", f"viewBox is left, top, width and height, both above 0, not {shown(text)}")
    left, top, width, height = numbers
    return left, top, width, height


def view_matrix(attributes: dict[str, str], width: float, height: float) -> Matrix:
    """What maps the coordinates of the viewBox into a viewport of this size, at 0 0. Raises SvgRefused."""
    box = read_view_box(attributes)
    if box is None:
        return IDENTITY
    text = attributes.get("preserveAspectRatio", "xMidYMid").strip()
    found = _ASPECT.fullmatch(text)
    if not found:
        raise SvgRefused("svg-attribute", f"preserveAspectRatio is such as xMidYMid meet, or none, not {shown(text)}")
    x_scale, y_scale = width / box[2], height / box[3]
    if not found[1]:
        return x_scale, 0.0, 0.0, y_scale, -box[0] * x_scale, -box[1] * y_scale
    scale = max(x_scale, y_scale) if found[3] == "slice" else min(x_scale, y_scale)
    x = (width - box[2] * scale) * _SHARE[found[1]] - box[0] * scale
    y = (height - box[3] * scale) * _SHARE[found[2]] - box[1] * scale
    return scale, 0.0, 0.0, scale, x, y
