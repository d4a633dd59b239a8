"""Reads steps that draw nothing on panels: something to read, and choices that only the 3D view shows."""

import yaml

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table, scalar
from spiff.composing.workflow import InformationStep, MaterialStep, ModelStep


def _material(_reading: Reading, table: Table, common: Common) -> MaterialStep:
    targets = tuple(_target(table, each) for each in table.items("targetMaterials"))
    if not targets:
        sentence = f'{table.what} needs "targetMaterials", the names of materials in the 3D model'
        table.mistakes.add(table.place("targetMaterials"), sentence)
    return MaterialStep(**common, target_materials=targets)


def _target(table: Table, node: yaml.Node) -> str:
    written = scalar(node, "the name of a material", table.mistakes)
    return str(written.value) if written is not None else ""


def _model(_reading: Reading, table: Table, common: Common) -> ModelStep:
    return ModelStep(**common, replace_product_model=table.flag("replaceProductModel", False))


def _information(_reading: Reading, table: Table, common: Common) -> InformationStep:
    return InformationStep(**common, content=table.text("content", most=5000))


def _unknown(_reading: Reading, _table: Table, common: Common) -> InformationStep:
    return InformationStep(**common, content="")


MATERIAL = StepType(_material, ("materials", "Material"), draws=False)
MODEL = StepType(_model, ("models", "Model"), draws=False)
INFORMATION = StepType(_information, draws=False)
UNKNOWN = StepType(_unknown, draws=False)
"""What stands for a step whose type is a mistake: it needs nothing."""
