"""What a product's customisation asks and where it draws: panels, options, steps. Knows no answers.

A published version never changes. The names are those of contract/domain.md 6-8.
"""

from typing import Literal

import msgspec

from spiff.composing.document import Cmyk, Document, Ink, Medium


class Metafield(Document, frozen=True):
    """A property of a variant that conditions can ask for."""

    key: str
    value: str


class Condition(Document, frozen=True):
    """Holds when the earlier, active step has one of these variants selected, or one with one of these metafields."""

    target_step_name: str
    required_variant_selections: tuple[str, ...] = ()
    required_variant_metafields: tuple[Metafield, ...] = ()


class Panel(Document, frozen=True):
    """One flat printable area. `width` and `height` include `bleed` on every side; the trim lies inside.

    `safe` is how far text and illustrations keep from the trim; `max_colors` is how many inks may be used (0: any),
    `max_ink` what the four of a press may come to at one place, in percent (0: anything).
    It is made where its conditions hold.
    """

    name: str
    width: float
    height: float
    title: str = ""
    bleed: float = 0.0
    background: str | None = "#ffffff"
    safe: float = 0.0
    max_colors: int = 0
    max_ink: int = 330
    conditions: tuple[Condition, ...] = ()


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
    """One choice of an option. `price_modifier` is in subunits; `asset` is the SHA-256 of the file that is kept.

    `named_color` is a spot colour's name, `cmyk` its or the colour's own ink; `color` is what a screen shows. `slots`
    are titles of the drawing's colour slots, for people.
    """

    id: str
    name: str
    price_modifier: int = 0
    color: str | None = None
    named_color: str | None = None
    cmyk: Cmyk | None = None
    overprint: bool = False
    asset: str | None = None
    thumbnail: str | None = None
    category: str = ""
    slots: dict[str, str] = msgspec.field(default_factory=dict)
    metafields: tuple[Metafield, ...] = ()


OptionType = Literal["Font", "Color", "Image", "Question", "Frame", "Illustration", "Patchwork", "Material", "Model"]


class Option(Document, frozen=True):
    """A list of variants that one or more steps offer."""

    id: str
    name: str
    type: OptionType
    variants: tuple[Variant, ...]
    default_variant: str | None = None


class Point(Document, frozen=True):
    """A place in a 3D model, in its units; y points up."""

    x: float = 0.0
    y: float = 0.0
    z: float = 0.0


class LookAt(Document, frozen=True):
    """Where the 3D view's camera goes (contract/domain.md 6).

    Degrees above the horizon, and eastwards from the model's front. `radius` is in parts of the distance at which all
    is seen; `target` is what it looks at (the middle where there is none).
    """

    lat_deg: float = 0.0
    lon_deg: float = 0.0
    radius: float = 1.0
    target: Point | None = None


class StepBase(Document, frozen=True, kw_only=True):
    """What every step has (contract/domain.md 6). What it draws may be for one medium `only`.

    `look_at_animation` moves the 3D view's camera when a shopper comes to the step.
    """

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
    only: Medium | None = None
    look_at_animation: LookAt | None = None


TextAlign = Literal["left", "center", "right", "justify"]
VerticalAlign = Literal["top", "center", "bottom"]
TextCase = Literal["none", "upper", "lower", "title"]


class TextStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Text"):
    """Text fitted to its regions; the selected variant is the font. Sizes in points; `size` fixes it, else min..max.

    `paths` are curves for the baseline, one for each region (the last serves the rest), in points from the region's
    top left corner. With a `replaceable_text` the shopper's text goes where it says `{{}}`.
    """

    default_text: str = ""
    delete_default_on_focus: bool = False
    replaceable_text: str = ""
    user_can_replace_text: bool = False
    min_length: int = 0
    max_length: int = 200
    size: float | None = None
    min_size: float = 6.0
    max_size: float = 72.0
    text_align: TextAlign = "center"
    vertical_align: VerticalAlign = "center"
    vertical: bool = False
    curved: bool = False
    paths: tuple[str, ...] = ()
    case: TextCase = "none"
    allow_newlines: bool = False
    color_option: str | None = None
    color_picker_enabled: bool = False
    stroke_option: str | None = None
    stroke_thickness: float = 0.0
    image_fill_option: str | None = None
    image_fill_scale: float = 1.0
    hide_text_in_cart: bool = False
    hide_color_in_cart: bool = False


class FrameStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Frame"):
    """An upload that covers its regions, in the shape of the selected variant's outline.

    `whitelisted_extensions` empty takes all; `max_colors` is for illustrations (0: any).
    """

    whitelisted_extensions: tuple[str, ...] = ()
    max_colors: int = 0
    force_image_cover: bool = False
    initial_zoom_level: float = 1.0
    placeholder: str | None = None
    overlay: str | None = None
    hide_image_in_cart: bool = False


class IllustrationStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Illustration"):
    """The selected variant's drawing, as large as the regions allow; its colour slots can be recoloured."""

    color_option: str | None = None
    color_picker_enabled: bool = False
    hide_colors_in_cart: bool = False


class PictureStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Picture"):
    """The selected variant's image, stretched to the regions."""


class ShapeStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Shape"):
    """The regions filled with the selected variant's colour; `#custom` lets the shopper pick any."""


class QuestionStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Question"):
    """A choice that draws nothing; it prices and drives conditions."""

    allow_multiple_selections: bool = False


class PatchworkStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Patchwork"):
    """A part of the selected variant's drawing, another one for every shopper: turned, and enlarged min..max times."""

    min_scale: float = 1.5
    max_scale: float = 3.0


class ModuleGlyph(Document, frozen=True):
    """A character and the drawing that stands for it."""

    character: str
    asset: str


class SlotInk(Document, frozen=True):
    """The colour and ink of one colour slot of a drawing."""

    slot: str
    color: str | None = None
    ink: Ink | None = None


class ModuleStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Module"):
    """A text whose letters are drawings: a bespoke font. `spacing` is between letters, in parts of their height.

    `inks` are those of the colour slots of every letter.
    """

    default_text: str = ""
    max_length: int = 50
    glyphs: tuple[ModuleGlyph, ...] = ()
    inks: tuple[SlotInk, ...] = ()
    spacing: float = 0.1
    text_align: Literal["left", "center", "right"] = "center"
    case: TextCase = "upper"
    hide_text_in_cart: bool = False


class DigitalContentStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="DigitalContent"):
    """A QR code that leads to an uploaded video or, with `allow_url`, to an address the shopper gives."""

    base_url: str = ""
    allow_url: bool = False


class SilentIllustrationStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="SilentIllustration"):
    """A fixed drawing or picture that nobody is asked about: a logo, a cut line, a layer of white."""

    asset: str = ""
    inks: tuple[SlotInk, ...] = ()


class ProductOverlayStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="ProductOverlay"):
    """The product's overlay picture above everything else."""


class MaterialStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Material"):
    """A material for these parts of the 3D model; draws nothing."""

    target_materials: tuple[str, ...] = ()


class ModelStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Model"):
    """A 3D model that is added to the product's or takes its place; draws nothing."""

    replace_product_model: bool = False


class InformationStep(StepBase, frozen=True, kw_only=True, tag_field="type", tag="Information"):
    """Something to read."""

    content: str = ""


Step = (
    TextStep
    | FrameStep
    | IllustrationStep
    | PictureStep
    | ShapeStep
    | QuestionStep
    | PatchworkStep
    | ModuleStep
    | DigitalContentStep
    | SilentIllustrationStep
    | ProductOverlayStep
    | MaterialStep
    | ModelStep
    | InformationStep
)


class StepGroup(Document, frozen=True):
    """Steps that are shown together; shoppers and merchants call it a scene (contract/domain.md 6)."""

    name: str
    step_names: tuple[str, ...]


class Picture(Document, frozen=True):
    """The size of a picture, upright."""

    width_px: int
    height_px: int


class PreviewConfig(Document, frozen=True):
    """What shoppers may do with the 3D view. Composing does not read it."""

    enable_ar: bool = msgspec.field(default=True, name="enableAR")


class Workflow(Document, frozen=True):
    """Everything composing needs to know about a product's customisation; a published version never changes.

    `pictures` has the sizes of all pictures it names, by digest: what is not among them is a font or a drawing.
    """

    name: str
    panels: tuple[Panel, ...]
    options: tuple[Option, ...]
    steps: tuple[Step, ...]
    scenes: tuple[StepGroup, ...]
    pictures: dict[str, Picture] = msgspec.field(default_factory=dict)
    global_preview_config: PreviewConfig = PreviewConfig()
