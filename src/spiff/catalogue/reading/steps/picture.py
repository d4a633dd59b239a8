"""Reads a `picture` step: a picture from a list, stretched to its regions."""

from spiff.catalogue.reading.steps.within import StepType
from spiff.composing.workflow import PictureStep

PICTURE = StepType(lambda _reading, _table, common: PictureStep(**common), ("pictures", "Image"))
