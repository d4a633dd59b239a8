"""Reads a `question` step: a choice that draws nothing, or several."""

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table
from spiff.composing.workflow import QuestionStep


def _read(_reading: Reading, table: Table, common: Common) -> QuestionStep:
    return QuestionStep(**common, allow_multiple_selections=table.flag("several", False))


QUESTION = StepType(_read, ("answers", "Question"), draws=False)
