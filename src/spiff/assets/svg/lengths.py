"""Reads numbers and lengths of SVG. Knows no viewport but the one length that percentages are of."""

import re
from math import isfinite

from spiff.assets.svg.limits import MOST_COORDINATE
from spiff.assets.svg.refusals import SvgRefused, shown

NUMBER = r"[+-]?(?:\d++(?:\.\d*+)?|\.\d++)(?:[eE][+-]?\d++)?"
"""Possessive, so that no text makes it try twice."""
_NUMBERS = re.compile(rf"\s*+(?:{NUMBER}\s*+,?\s*+)*+")
_ONE = re.compile(NUMBER)
_LENGTH = re.compile(rf"\s*({NUMBER})([a-zA-Z%]*)\s*")
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}


def read_numbers(text: str, where: str) -> list[float]:
    """All numbers of a list parted by spaces or commas. Raises SvgRefused; `where` names the attribute."""
    if not _NUMBERS.fullmatch(text):
        raise SvgRefused("svg-number", f"{where} holds something that is no number: {shown(text)}")
    numbers = [float(each) for each in _ONE.findall(text)]
    return within_reach(numbers, where)


def read_length(text: str, where: str, whole: float) -> float:
    """A length in user units; `whole` is what 100% is. Raises SvgRefused."""
    found = _LENGTH.fullmatch(text)
    if not found or (found[2] != "%" and found[2] not in _UNITS):
        raise SvgRefused("svg-number", f"{where} is a number, a percentage, or in px pt pc mm cm in, not {shown(text)}")
    unit = whole / 100 if found[2] == "%" else _UNITS[found[2]]
    return within_reach([float(found[1]) * unit], where)[0]


def within_reach(numbers: list[float], where: str) -> list[float]:
    """The numbers, if all are finite and of a size that can be drawn. Raises SvgRefused."""
    if numbers and not (isfinite(sum(numbers)) and -MOST_COORDINATE <= min(numbers) <= max(numbers) <= MOST_COORDINATE):
        raise SvgRefused("svg-number", f"{where} holds a number beyond {MOST_COORDINATE:.0f}")
    return numbers
