"""All step types by their class: the one list of what composing can do."""

from typing import Any

from spiff.composing import workflow
from spiff.composing.kinds import Kind
from spiff.composing.selection import Selection
from spiff.composing.steps.picture import PICTURE
from spiff.composing.steps.question import QUESTION
from spiff.composing.steps.shape import SHAPE
from spiff.composing.steps.text import TEXT

KINDS: dict[type[workflow.Step], Kind[Any]] = {
    workflow.TextStep: TEXT,
    workflow.PictureStep: PICTURE,
    workflow.ShapeStep: SHAPE,
    workflow.QuestionStep: QUESTION,
}


def kind_of(selection: Selection[Any]) -> Kind[Any]:
    """The kind of the selection's step."""
    return KINDS[type(selection.step)]
