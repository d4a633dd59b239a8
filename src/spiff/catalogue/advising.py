"""Notes what is no mistake but hardly meant so: findings of starting designs, inks, a 3D view without the design."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from spiff.catalogue.compiled import Compiled, CompiledProduct
from spiff.catalogue.mistakes import did_you_mean
from spiff.catalogue.proofreading import resources_of, without_conditions
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.workflows import offered
from spiff.composing.answers import Finding
from spiff.composing.compose import compose
from spiff.composing.document import Ink
from spiff.composing.preflight import ADJUSTABLE, level_of, total_ink
from spiff.composing.resources import Context, Drawing
from spiff.composing.selection import ink_of
from spiff.composing.sentences import sentence_of
from spiff.composing.workflow import (
    MaterialStep,
    ModelStep,
    Panel,
    SilentIllustrationStep,
    Step,
    TextStep,
    Variant,
    Workflow,
)

_OF_ALL_STEPS = "too-many-colors"
"""Wrongly found where steps stand side by side of which only one can be there."""
_FOR_A_CUTTER = re.compile("cut|crease|perf|score|fold", re.IGNORECASE)
"""In the names that makers of cutters and plotters give their inks."""
_GREY = re.compile("#(?!00|ff)([0-9a-f]{2})\\1\\1", re.IGNORECASE)


def advise(reading: Reading, compiled: Compiled) -> None:
    """Add to the notes of a file without mistakes."""
    workflows = {each.row.id: each.workflow for each in compiled.workflows}
    files = {file.sha256: file.data for file in compiled.files}
    materials = {file.sha256: file.materials for file in compiled.files}
    for workflow in workflows.values():
        _note_inks(reading, workflow)
        _note_greys(reading, workflow)
        _note_unseen_texts(reading, workflow)
        _note_cut_areas(reading, workflow, files)
    for product in compiled.products:
        of_product = [workflows[each] for each in product.workflow_ids]
        _note_model(reading, product, of_product, materials)
        for workflow in of_product:
            _note_findings(reading, product, workflow, files)
            _note_rich_black(reading, product, workflow)


def _note_findings(reading: Reading, product: CompiledProduct, workflow: Workflow, files: Mapping[str, bytes]) -> None:
    context = Context(overlay=product.row.overlay, preflight=product.row.preflight)
    for each in _starting_findings(workflow, context, files):
        if each.code in ADJUSTABLE and level_of(each, context) != "ignore":
            where = f"{reading.names[each.step_name]}: in the design that {product.row.name} starts with"
            reading.notes.add(reading.places[each.step_name], f"{where}, {sentence_of(each)} ({each.code})")


def _starting_findings(workflow: Workflow, context: Context, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Of the design that nobody has answered anything to, and of the steps that are not there at first."""
    whole = without_conditions(workflow)
    resources = resources_of(whole, files, context)
    yield from compose(workflow, {}, resources).findings
    yield from (each for each in compose(whole, {}, resources).findings if each.code != _OF_ALL_STEPS)


def _note_inks(reading: Reading, workflow: Workflow) -> None:
    """Of the colours that can be chosen; those that are always there are found in the starting design."""
    options = {option.id: option.variants for option in workflow.options}
    for step in workflow.steps:
        panel = _driest(workflow, step)
        for option in offered(step) if panel else ():
            for variant in options.get(option or "", ()):
                _note_total(reading, variant, ink_of(variant), panel)


def _note_total(reading: Reading, variant: Variant, ink: Ink | None, panel: Panel | None) -> None:
    if ink and panel and (total := total_ink(ink)) > panel.max_ink:
        sentence = f'its inks come to {total:g} percent, more than the "maxInk" {panel.max_ink} of panel "{panel.name}"'
        reading.notes.add(reading.places[variant.id], f"{reading.names[variant.id]}: {sentence}")


def _note_rich_black(reading: Reading, product: CompiledProduct, workflow: Workflow) -> None:
    black = product.row.printing.rich_black
    for panel in workflow.panels:
        if black and 0 < panel.max_ink < sum(black):
            sentence = f'"richBlack" comes to {sum(black):g} percent, more than the "maxInk" {panel.max_ink}'
            place = reading.places[product.row.id]
            reading.notes.add(place, f'product "{product.row.key}": {sentence} of panel "{panel.name}"')


def _note_greys(reading: Reading, workflow: Workflow) -> None:
    """Of text: its thin strokes show every shift between the plates. Black is printed with black ink alone as it is."""
    offered_to_text = {step.color_option for step in workflow.steps if isinstance(step, TextStep)}
    for option in workflow.options:
        for variant in option.variants if option.id in offered_to_text else ():
            if ink_of(variant) is None and _GREY.fullmatch(variant.color or ""):
                share = round(100 - int((variant.color or "")[1:3], 16) / 2.55)
                sentence = f'text in this grey is printed with four inks; "cmyk: [0, 0, 0, {share}]" takes one'
                reading.notes.add(reading.places[variant.id], f"{reading.names[variant.id]}: {sentence}")


def _note_unseen_texts(reading: Reading, workflow: Workflow) -> None:
    """Nothing is selected where there are several fonts and no default."""
    undecided = {each.id for each in workflow.options if len(each.variants) > 1 and each.default_variant is None}
    for step in workflow.steps:
        if isinstance(step, TextStep) and step.option in undecided and step.override_default_variant_id is None:
            sentence = 'its text is not seen until a font is chosen; give the step or its "fonts" a "default"'
            reading.notes.add(reading.places[step.step_name], f"{reading.names[step.step_name]}: {sentence}")


def _note_cut_areas(reading: Reading, workflow: Workflow, files: Mapping[str, bytes]) -> None:
    for step in workflow.steps:
        if not isinstance(step, SilentIllustrationStep) or not step.inks:
            continue
        filled = {path.fill_slot for path in msgspec.json.decode(files[step.asset], type=Drawing).paths}
        for slot in step.inks:
            name = slot.ink.spot if slot.ink and slot.slot in filled else None
            if name and _FOR_A_CUTTER.search(name):
                sentence = f'"{name}" is an area of the drawing, around which a cutter goes twice; make it a line'
                hint = "by the class or the id spiff-line (docs/printing.md)"
                reading.notes.add(reading.places[step.step_name], f"{reading.names[step.step_name]}: {sentence} {hint}")


def _driest(workflow: Workflow, step: Step) -> Panel | None:
    """Of the panels that a step is printed on, the one that takes the least ink."""
    named = {region.panel for region in step.regions} if step.only != "screen" else set()
    return min(
        (panel for panel in workflow.panels if panel.name in named and panel.max_ink > 0),
        key=lambda panel: panel.max_ink,
        default=None,
    )


def _note_model(
    reading: Reading, product: CompiledProduct, workflows: list[Workflow], materials: Mapping[str, tuple[str, ...]]
) -> None:
    if product.row.model is None:
        return
    place, what = reading.places[product.row.id], f'product "{product.row.key}"'
    for workflow in workflows:
        there = [*materials[product.row.model], *_added(workflow, materials)]
        panels = [panel.name for panel in workflow.panels]
        if not {*panels, *_targets(workflow)} & {*there}:
            sentence = f"no panel of {workflow.name} is a material of the model, so that the design is not seen in 3D"
            reading.notes.add(place, f"{what}: {sentence}; the model has {', '.join(there) or 'no materials'}")
        for step in workflow.steps:
            for name in step.target_materials if isinstance(step, MaterialStep) else ():
                if name not in there:
                    sentence = f'the model of {what} has no material "{name}"{did_you_mean(name, there)}'
                    reading.notes.add(reading.places[step.step_name], f"{reading.names[step.step_name]}: {sentence}")


def _added(workflow: Workflow, materials: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The materials of models that a shopper can add."""
    options = {option.id: option.variants for option in workflow.options}
    for step in workflow.steps:
        if isinstance(step, ModelStep):
            for variant in options.get(step.option or "", ()):
                yield from materials.get(variant.asset or "", ())


def _targets(workflow: Workflow) -> Iterator[str]:
    for step in workflow.steps:
        if isinstance(step, MaterialStep):
            yield from step.target_materials
