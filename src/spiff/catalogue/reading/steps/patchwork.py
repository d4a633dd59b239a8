"""Reads a `patchwork` step: a part of a drawing, another one for every shopper."""

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table
from spiff.composing.workflow import PatchworkStep


def _read(_reading: Reading, table: Table, common: Common) -> PatchworkStep:
    smallest = table.number("minScale", 1.5, least=1.0, most=20.0)
    largest = table.number("maxScale", max(3.0, smallest), least=1.0, most=20.0)
    if largest < smallest:
        table.mistakes.add(table.place("maxScale"), '"maxScale" is smaller than "minScale"')
    return PatchworkStep(**common, min_scale=smallest, max_scale=largest)


PATCHWORK = StepType(_read, ("patchworks", "Patchwork"))
