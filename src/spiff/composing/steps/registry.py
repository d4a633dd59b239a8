"""All step types by their class: the one list of what composing can do."""

from typing import Any

from spiff.composing import workflow
from spiff.composing.kinds import Kind
from spiff.composing.selection import Selection
from spiff.composing.steps.carried import INFORMATION, MATERIAL, MODEL
from spiff.composing.steps.digital_content import DIGITAL_CONTENT
from spiff.composing.steps.frame import FRAME
from spiff.composing.steps.illustration import ILLUSTRATION
from spiff.composing.steps.module import MODULE
from spiff.composing.steps.patchwork import PATCHWORK
from spiff.composing.steps.picture import PICTURE
from spiff.composing.steps.product_overlay import PRODUCT_OVERLAY
from spiff.composing.steps.question import QUESTION
from spiff.composing.steps.shape import SHAPE
from spiff.composing.steps.silent_illustration import SILENT_ILLUSTRATION
from spiff.composing.steps.text import TEXT

KINDS: dict[type[workflow.Step], Kind[Any]] = {
    workflow.TextStep: TEXT,
    workflow.FrameStep: FRAME,
    workflow.IllustrationStep: ILLUSTRATION,
    workflow.PictureStep: PICTURE,
    workflow.ShapeStep: SHAPE,
    workflow.QuestionStep: QUESTION,
    workflow.PatchworkStep: PATCHWORK,
    workflow.ModuleStep: MODULE,
    workflow.DigitalContentStep: DIGITAL_CONTENT,
    workflow.SilentIllustrationStep: SILENT_ILLUSTRATION,
    workflow.ProductOverlayStep: PRODUCT_OVERLAY,
    workflow.MaterialStep: MATERIAL,
    workflow.ModelStep: MODEL,
    workflow.InformationStep: INFORMATION,
}


def kind_of(selection: Selection[Any]) -> Kind[Any]:
    """The kind of the selection's step."""
    return KINDS[type(selection.step)]
