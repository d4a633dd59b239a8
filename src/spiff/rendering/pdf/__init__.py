"""Scene panel to print file. What the other folders need of it is `to_pdf`."""

from spiff.rendering.pdf.page import to_pdf

__all__ = ["to_pdf"]
