"""Reads the `workflows` of a catalogue file: panels, steps in their order, and the scenes they are shown in."""

import msgspec
import yaml

from spiff.catalogue.compiled import CompiledWorkflow
from spiff.catalogue.mentioned import digests_in
from spiff.catalogue.model import WorkflowName
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.steps.conditions import read_conditions
from spiff.catalogue.reading.steps.registry import read_step
from spiff.catalogue.reading.steps.within import WorkflowReading
from spiff.catalogue.tables import Table, refer
from spiff.composing.workflow import (
    IllustrationStep,
    Option,
    Panel,
    Picture,
    PreviewConfig,
    Step,
    StepGroup,
    TextStep,
    Workflow,
)


def read_workflow(reading: Reading, key: str, node: yaml.Node) -> CompiledWorkflow:
    """One workflow as the document that is published."""
    table = reading.table(node, f'workflow "{key}"', "workflow")
    areas = {name: reading.table(value, f'panel "{name}"', "panel") for name, _, value in table.entries("panels")}
    panels = {name: _panel(reading, name, area) for name, area in areas.items()}
    if not panels:
        reading.mistakes.add(table.place("panels"), f"{table.what} needs at least one panel")
    written = table.entries("steps")
    if not written:
        reading.mistakes.add(table.place("steps"), f"{table.what} needs at least one step")
    within = WorkflowReading(reading, key, panels, frozenset(name for name, _, _ in written))
    for name, _, value in written:
        within.steps[name] = read_step(within, name, value)
    steps = tuple(read.step for read in within.steps.values())
    workflow = Workflow(
        name=table.text("name", key),
        panels=tuple(_with_conditions(within, panel, areas[name]) for name, panel in panels.items()),
        options=_options(reading, steps),
        steps=steps,
        scenes=_scenes(within, table),
        global_preview_config=PreviewConfig(enable_ar=table.flag("ar", True)),
    )
    row = WorkflowName(reading.id_of(table, "workflow", key), str(reading.partner_id), key, workflow.name)
    return CompiledWorkflow(row, msgspec.structs.replace(workflow, pictures=_pictures(reading, workflow)))


def _panel(reading: Reading, name: str, table: Table) -> Panel:
    width, height = table.number("width", least=1.0, most=14_400.0), table.number("height", least=1.0, most=14_400.0)
    bleed = table.number("bleed", 0.0, most=1000.0)
    if 2 * bleed >= min(width, height) > 0:
        reading.mistakes.add(table.place("bleed"), "the bleed leaves nothing of the panel")
    safe = table.number("safe", 0.0, most=1000.0)
    if safe and 2 * (bleed + safe) >= min(width, height) > 0:
        reading.mistakes.add(table.place("safe"), "the bleed and the safe area leave nothing of the panel")
    background = table.color("background", "transparent") or "#ffffff"
    return Panel(
        name=name,
        width=width,
        height=height,
        title=table.text("title", name),
        bleed=bleed,
        safe=safe,
        max_colors=table.whole("maxColors", 0, most=100),
        max_ink=table.whole("maxInk", 330, most=400),
        background=None if background == "transparent" else background,
    )


def _with_conditions(within: WorkflowReading, panel: Panel, table: Table) -> Panel:
    """The panel with its `when`, which can only be read after the steps that it looks at."""
    if table.has("when") and panel.name == next(iter(within.panels)):
        within.reading.mistakes.add(table.place("when"), "the first panel is the preview, so it is always there")
    return msgspec.structs.replace(panel, conditions=read_conditions(within, table))


def _options(reading: Reading, steps: tuple[Step, ...]) -> tuple[Option, ...]:
    """The options that these steps offer, each once, in the order of the file."""
    used = {option for step in steps for option in offered(step)}
    return tuple(read.option for read in reading.options.values() if read.option.id in used)


def offered(step: Step) -> tuple[str | None, ...]:
    """The ids of the options that a step lets one choose from."""
    if isinstance(step, TextStep):
        return step.option, step.color_option, step.stroke_option, step.image_fill_option
    return (step.option, step.color_option) if isinstance(step, IllustrationStep) else (step.option,)


def _pictures(reading: Reading, workflow: Workflow) -> dict[str, Picture]:
    """The sizes of the pictures it mentions, in the order of the file."""
    mentioned = digests_in(workflow)
    return {
        file.sha256: Picture(file.width_px, file.height_px)
        for file in (asset.file for asset in reading.assets.values())
        if file.sha256 in mentioned and file.kind == "picture" and file.width_px and file.height_px
    }


def _scenes(within: WorkflowReading, table: Table) -> tuple[StepGroup, ...]:
    """The scenes; every step is in exactly one. Without `scenes` each step is one of its own."""
    if not table.has("scenes"):
        return tuple(StepGroup(read.step.step_title, (read.step.step_name,)) for read in within.steps.values())
    scene_of: dict[str, str] = {}
    scenes = tuple(_scene(within, node, scene_of) for node in table.items("scenes"))
    for key, name_node, _ in table.entries("steps"):
        if within.steps[key].step.step_name not in scene_of:
            within.reading.mistakes.add(name_node, f'the step "{key}" is in no scene, so nobody would see it')
    return scenes


def _scene(within: WorkflowReading, node: yaml.Node, scene_of: dict[str, str]) -> StepGroup:
    table = within.reading.table(node, "a scene", "scene")
    name = table.text("name")
    names = []
    for item in table.items("steps"):
        read = refer(item, within.steps, "step", within.reading.mistakes)
        if read is None:
            continue
        if read.step.step_name in scene_of:
            within.reading.mistakes.add(item, f'this step is already in the scene "{scene_of[read.step.step_name]}"')
        scene_of[read.step.step_name] = name
        names.append(read.step.step_name)
    if not table.items("steps"):
        within.reading.mistakes.add(table.place("steps"), f'the scene "{name}" needs at least one step')
    return StepGroup(name, tuple(names))
