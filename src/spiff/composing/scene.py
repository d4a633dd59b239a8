"""What is drawn: the only thing that is ever shown or printed. Knows no workflow and no answers."""

from spiff.composing.document import Document, Ink, Medium


class PathElement(Document, frozen=True, tag_field="kind", tag="path"):
    """Outlines in panel points, absolute and rounded: M L Q C Z. The stroke is painted first, then the fill."""

    d: str
    fill: str | None = None
    stroke: str | None = None
    stroke_width: float = 0.0
    fill_ink: Ink | None = None
    stroke_ink: Ink | None = None
    clip: str | None = None
    only: Medium | None = None


class ImageElement(Document, frozen=True, tag_field="kind", tag="image"):
    """An image asset; `matrix` (a b c d e f) maps the unit square, y down, to panel points."""

    asset: str
    matrix: tuple[float, float, float, float, float, float]
    clip: str | None = None
    only: Medium | None = None


Element = PathElement | ImageElement


class ScenePanel(Document, frozen=True):
    """A panel with what is drawn on it, lowest first."""

    name: str
    width: float
    height: float
    bleed: float
    background: str | None = None
    elements: tuple[Element, ...] = ()


class Scene(Document, frozen=True):
    """All panels of a design. Its canonical JSON is the identity of what is seen and printed."""

    panels: tuple[ScenePanel, ...]
