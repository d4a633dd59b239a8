"""A question: choices that draw nothing (docs/composing.md, Question)."""

from collections.abc import Iterator

from spiff.composing.kinds import Found, Kind
from spiff.composing.selection import Selection
from spiff.composing.workflow import QuestionStep


def _check(selection: Selection[QuestionStep]) -> Iterator[Found]:
    wanted = selection.given.variant_ids
    if wanted is not None and not selection.step.allow_multiple_selections:
        yield Found("field-not-allowed", "variantIds")


def _lacking(selection: Selection[QuestionStep]) -> str | None:
    if selection.variants:
        return None
    return "variantIds" if selection.step.allow_multiple_selections else "variantId"


QUESTION: Kind[QuestionStep] = Kind(fields=("variant_id", "variant_ids"), check=_check, lacking=_lacking)
