"""Writes numbers as a PDF wants them, the same text on every machine. Knows nothing of what they measure."""

import msgspec


def number(value: float) -> str:
    """A number as PDF wants it: no exponent, at most four decimals, the same text on every machine."""
    rounded = round(value, 4) + 0.0  # adding zero turns -0.0 into 0.0
    whole = int(rounded)
    return str(whole) if rounded == whole else repr(rounded)


def row_texts(rows: list[list[float]]) -> list[bytes]:
    """The texts of rows of numbers that are rounded already, parted by spaces. They are smaller than ten millions."""
    return msgspec.json.encode(rows)[2:-2].replace(b"],[", b"|").replace(b",", b" ").split(b"|")
