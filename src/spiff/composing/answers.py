"""What a shopper chose in the steps of a workflow, and what is wrong with it. Knows no workflow."""

from spiff.composing.document import Document


class Placement(Document, frozen=True):
    """How an upload lies in its frame: moved by fractions of the frame's sides, enlarged, turned about its centre.

    A `zoom` of 1 just covers the frame.
    """

    x: float = 0.0
    y: float = 0.0
    zoom: float | None = None
    rotation: float = 0.0


class Answer(Document, frozen=True):
    """What the shopper chose in one step. Absent means the default of the workflow."""

    variant_id: str | None = None
    variant_ids: tuple[str, ...] | None = None
    """Of a question that takes several."""
    text: str | None = None
    customise_all_text: bool | None = None
    """The text replaces the whole default text, not only its placeholder."""
    color_variant_id: str | None = None
    color: str | None = None
    stroke_variant_id: str | None = None
    fill_variant_id: str | None = None
    colors: dict[str, str] | None = None
    """By colour slot of an illustration: `#rrggbb`, or the id of a variant of the step's `color_option`."""
    upload: str | None = None
    """The SHA-256 of an upload of the same transaction."""
    placement: Placement | None = None
    url: str | None = None
    """The address a digital-content code leads to."""
    seed: int | None = None
    """Which part of a patchwork is used."""


Answers = dict[str, Answer]


class Finding(Document, frozen=True):
    """Something that is wrong with a design, or with how it will print. `field` is the answer's member it concerns."""

    step_name: str
    code: str
    field: str
    detail: str = ""
