"""Reads where the 3D view's camera goes when a shopper comes to a step. Knows no step type."""

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.tables import Table
from spiff.composing.workflow import LookAt, Point

_FURTHEST = 10_000.0


def read_camera(reading: Reading, table: Table) -> LookAt | None:
    """A step's `camera`; None where it has none."""
    node = table.value("camera")
    if node is None:
        return None
    camera = reading.table(node, f"the camera of {table.what}", "camera")
    return LookAt(
        lat_deg=camera.number("latitude", 0.0, least=-90.0, most=90.0),
        lon_deg=camera.number("longitude", 0.0, least=-180.0, most=180.0),
        radius=camera.number("distance", 1.0, least=0.1, most=5.0),
        target=_target(reading, camera),
    )


def _target(reading: Reading, camera: Table) -> Point | None:
    node = camera.value("target")
    if node is None:
        return None
    target = reading.table(node, f"the target of {camera.what}", "target")
    x, y, z = (target.number(axis, 0.0, least=-_FURTHEST, most=_FURTHEST) for axis in ("x", "y", "z"))
    return Point(x, y, z)
