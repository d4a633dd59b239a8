"""Reads an `overlay` step: where the product's overlay picture lies above everything else."""

from spiff.catalogue.reading.steps.within import StepType
from spiff.composing.workflow import ProductOverlayStep

PRODUCT_OVERLAY = StepType(lambda _reading, _table, common: ProductOverlayStep(**common))
