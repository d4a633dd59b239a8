"""The types of composing: what a workflow allows, what a shopper chose, what is drawn. Knows no database and no clock.

JSON is camelCase (docs/composing.md). Lengths are points (1/72 inch), y grows downwards, rotation is clockwise degrees.
"""

from typing import Literal

import msgspec


class Document(msgspec.Struct, rename="camel", frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of everything that is stored or sent as camelCase JSON and never changed in place."""


class Panel(Document, frozen=True):
    """One flat printable area. `width` and `height` include `bleed` on every side; the trim lies inside."""

    name: str
    width: float
    height: float
    title: str = ""
    bleed: float = 0.0
    background: str | None = "#ffffff"


class Region(Document, frozen=True):
    """Where a step draws: a rectangle on a panel, turned by `rotation` degrees around its own centre."""

    panel: str
    left: float
    top: float
    width: float
    height: float
    rotation: float = 0.0
    layer: int = 0
    layer_index: int = 0


class Variant(Document, frozen=True):
    """One choice of an option. `price_modifier` is in subunits; `asset` is the SHA-256 of a font or picture."""

    id: str
    name: str
    price_modifier: int = 0
    color: str | None = None
    asset: str | None = None
    thumbnail: str | None = None


class Option(Document, frozen=True):
    """A list of variants that one or more steps offer."""

    id: str
    name: str
    type: Literal["Font", "Color", "Image", "Question"]
    variants: tuple[Variant, ...]
    default_variant: str | None = None


class Condition(Document, frozen=True):
    """Holds when the earlier, active step `target_step_name` has one of these variants selected."""

    target_step_name: str
    required_variant_selections: tuple[str, ...]


class StepBase(Document, frozen=True, kw_only=True):
    """What every step has (contract/domain.md 6)."""

    step_name: str
    step_title: str
    help_text: str = ""
    mandatory: bool = False
    silent: bool = False
    conditions: tuple[Condition, ...] = ()
    regions: tuple[Region, ...] = ()
    option: str | None = None
    override_default_variant_id: str | None = None
    hide_selection_in_cart: bool = False


class TextStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Text"):
    """Text fitted to its regions; the selected variant is the font. Sizes in points; `size` fixes it, else min..max."""

    default_text: str = ""
    max_length: int = 200
    size: float | None = None
    min_size: float = 6.0
    max_size: float = 72.0
    text_align: Literal["left", "center", "right"] = "center"
    vertical_align: Literal["top", "center", "bottom"] = "center"
    uppercase: bool = False
    allow_newlines: bool = False
    color_option: str | None = None
    color_picker_enabled: bool = False
    stroke_option: str | None = None
    stroke_thickness: float = 0.0
    hide_text_in_cart: bool = False
    hide_color_in_cart: bool = False


class QuestionStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Question"):
    """A choice that draws nothing; it prices and drives conditions."""


class ShapeStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Shape"):
    """The regions filled with the selected variant's colour; `#custom` lets the shopper pick any."""


class PictureStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Picture"):
    """The selected variant's image, stretched to the regions."""


Step = TextStep | QuestionStep | ShapeStep | PictureStep


class StepGroup(Document, frozen=True):
    """Steps that are shown together; shoppers and merchants call it a scene (contract/domain.md 6)."""

    name: str
    step_names: tuple[str, ...]


class Workflow(Document, frozen=True):
    """Everything composing needs to know about a product's customisation; a published version never changes."""

    name: str
    panels: tuple[Panel, ...]
    options: tuple[Option, ...]
    steps: tuple[Step, ...]
    scenes: tuple[StepGroup, ...]


class Answer(Document, frozen=True):
    """What the shopper chose in one step. Absent means the default of the workflow."""

    variant_id: str | None = None
    text: str | None = None
    color_variant_id: str | None = None
    color: str | None = None
    stroke_variant_id: str | None = None


Answers = dict[str, Answer]


class Finding(Document, frozen=True):
    """Something that keeps a design from being finished. `field` is the answer's member it concerns."""

    step_name: str
    code: str
    field: str
    detail: str = ""


Cmyk = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black in percent."""

Medium = Literal["screen", "print"]
"""Where an element is drawn when it is not drawn everywhere: a placeholder never prints, a cut line is never shown."""


class Ink(Document, frozen=True):
    """How a colour is printed where its `#rrggbb` is not simply converted: as CMYK, or as the spot colour `spot`."""

    cmyk: Cmyk | None = None
    spot: str | None = None
    overprint: bool = False


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
