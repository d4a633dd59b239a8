"""Scene panel to file for cutters. What the other folders need of it is `to_dxf`."""

from spiff.rendering.dxf.cutting import to_dxf

__all__ = ["to_dxf"]
