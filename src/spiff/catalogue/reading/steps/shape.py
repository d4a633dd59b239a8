"""Reads a `color` step: regions filled with a colour from a list."""

from spiff.catalogue.reading.steps.within import StepType
from spiff.composing.workflow import ShapeStep

SHAPE = StepType(lambda _reading, _table, common: ShapeStep(**common), ("colors", "Color"))
