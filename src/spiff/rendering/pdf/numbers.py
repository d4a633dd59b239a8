"""Writes numbers as a PDF wants them, the same text on every machine. Knows nothing of what they measure."""


def number(value: float) -> str:
    """A number as PDF wants it: no exponent, at most four decimals, the same text on every machine."""
    rounded = round(value, 4) + 0.0  # adding zero turns -0.0 into 0.0
    whole = int(rounded)
    return str(whole) if rounded == whole else repr(rounded)


def thousandths(*values: float) -> str:
    """Lengths in points as the content of a page has them: in thousandths, so that what the composer rounded is whole.

    Whole numbers are written and read many times faster than others.
    """
    return " ".join(number(value * 1000) for value in values)
