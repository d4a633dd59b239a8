"""Reads one step of a workflow: what a shopper is asked, where the answer is drawn, when the step is there at all."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from spiff.catalogue.reading.options import TYPES
from spiff.catalogue.reading.reading import Reading, ReadOption
from spiff.catalogue.tables import Table, pairs, refer
from spiff.catalogue.vocabulary import KEYS
from spiff.composing.workflow import (
    Condition,
    Panel,
    PictureStep,
    QuestionStep,
    Region,
    ShapeStep,
    Step,
    TextAlign,
    TextCase,
    TextStep,
    VerticalAlign,
)

ALIGN: dict[str, TextAlign] = {"center": "center", "left": "left", "right": "right", "justify": "justify"}
CASES: dict[str, TextCase] = {"none": "none", "upper": "upper", "lower": "lower", "title": "title"}
VERTICAL_ALIGN: dict[str, VerticalAlign] = {"center": "center", "top": "top", "bottom": "bottom"}
CHOICES = {
    "text": ("fonts", "Font"),
    "color": ("colors", "Color"),
    "picture": ("pictures", "Image"),
    "question": ("answers", "Question"),
}
"""By step type: the key that names its option, and the type that option must have."""

_TOLERANCE_PT = 0.01


@dataclass(frozen=True, slots=True)
class ReadStep:
    """A step and the option it chooses from."""

    step: Step
    option: ReadOption | None


@dataclass(slots=True)
class WorkflowReading:
    """One workflow being read: its panels, and its steps as far as they were read."""

    reading: Reading
    key: str
    panels: Mapping[str, Panel]
    names: frozenset[str]
    """All its steps' names, also those that are still to come."""
    steps: dict[str, ReadStep] = field(default_factory=dict)


def read_step(within: WorkflowReading, name: str, node: yaml.Node) -> ReadStep:
    """One step; its conditions look at the steps read before."""
    reading = within.reading
    table = Table(node, f'step "{name}"', reading.mistakes)
    kind = table.choice("type", {each: each for each in CHOICES})
    table.only(KEYS[f"{kind} step"])
    key, option_type = CHOICES[kind]
    option = read_reference(reading, table, key, option_type)
    if not table.has(key):
        reading.mistakes.add(node, f'{table.what} needs "{key}", the name of an option')
    common = _common(within, table, name, option)
    if kind == "text":
        return ReadStep(_text_step(reading, table, common), option)
    if kind == "question":
        return ReadStep(QuestionStep(**common), option)
    return ReadStep(ShapeStep(**common) if kind == "color" else PictureStep(**common), option)


def read_reference(reading: Reading, table: Table, key: str, option_type: str) -> ReadOption | None:
    """The option that `key` names, which must have this type."""
    found = table.reference(key, reading.options, "option")
    if found is not None and found.option.type != option_type:
        words: dict[str, str] = {value: word for word, value in TYPES.items()}
        sentence = f"this option has the type {words[found.option.type]}, but {table.what} needs {words[option_type]}"
        reading.mistakes.add(table.place(key), sentence)
    return found


def _common(within: WorkflowReading, table: Table, name: str, option: ReadOption | None) -> dict[str, Any]:
    """The members every step has."""
    draws = table.has("regions") or (table.has("type") and table.text("type") != "question")
    regions = tuple(_region(within, node, table) for node in table.items("regions"))
    if draws and not regions:
        within.reading.mistakes.add(table.place("regions"), f"{table.what} needs at least one region")
    return {
        "step_name": within.reading.id_of(table, "workflow", within.key, "step", name),
        "step_title": table.text("title", name),
        "help_text": table.text("help", "", most=1000),
        "mandatory": table.flag("mandatory", False),
        "silent": table.flag("silent", False),
        "conditions": _conditions(within, table),
        "regions": regions,
        "option": option.option.id if option else None,
        "override_default_variant_id": table.reference("default", option.variants, "variant") if option else None,
        "hide_selection_in_cart": table.flag("hideSelectionInCart", False),
    }


def _text_step(reading: Reading, table: Table, common: dict[str, Any]) -> TextStep:
    fixed = table.number("size", least=1.0, most=2000.0) if table.has("size") else None
    smallest = table.number("minSize", 6.0, least=1.0, most=2000.0)
    largest = table.number("maxSize", max(72.0, smallest), least=1.0, most=2000.0)
    if largest < smallest:
        reading.mistakes.add(table.place("maxSize"), '"maxSize" is smaller than "minSize"')
    return TextStep(
        **common,
        default_text=table.text("text", "", least=0, most=2000),
        max_length=table.whole("maxLength", 200, least=1, most=2000),
        size=fixed,
        min_size=smallest,
        max_size=largest,
        text_align=table.choice("align", ALIGN, "center"),
        vertical_align=table.choice("verticalAlign", VERTICAL_ALIGN, "center"),
        case=table.choice("case", CASES, "none"),
        allow_newlines=table.flag("allowNewlines", False),
        color_option=_free_colors(reading, table, "colors"),
        color_picker_enabled=table.flag("colorPicker", False),
        stroke_option=_free_colors(reading, table, "strokes"),
        stroke_thickness=table.number("strokeThickness", 0.0, most=100.0),
        hide_text_in_cart=table.flag("hideTextInCart", False),
        hide_color_in_cart=table.flag("hideColorInCart", False),
    )


def _free_colors(reading: Reading, table: Table, key: str) -> str | None:
    """Colours and outlines of text cost nothing, so a price on them would never be charged."""
    found = read_reference(reading, table, key, "Color")
    if found is None:
        return None
    for variant in found.option.variants:
        if variant.price_modifier:
            name = next(key for key, value in found.variants.items() if value == variant.id)
            sentence = f'this price is never charged: {table.what} offers the option as "{key}", which cost nothing'
            reading.mistakes.add(found.prices[name], sentence)
    return found.option.id


def _region(within: WorkflowReading, node: yaml.Node, step: Table) -> Region:
    table = within.reading.table(node, f"a region of {step.what}", "region")
    if not table.has("panel"):
        within.reading.mistakes.add(node, f'{table.what} needs "panel"')
    panel = table.reference("panel", dict(within.panels), "panel")
    region = Region(
        panel=panel.name if panel else "",
        left=table.number("left", least=-20_000.0),
        top=table.number("top", least=-20_000.0),
        width=table.number("width", least=0.1),
        height=table.number("height", least=0.1),
        rotation=table.number("rotation", 0.0, least=-360.0, most=360.0),
        layer=table.whole("layer", 0, most=1000),
        layer_index=table.whole("layerIndex", 0, most=1000),
    )
    if panel is not None and not _lies_inside(region, panel):
        sentence = f'this region reaches outside the panel "{panel.name}" of {panel.width:g} x {panel.height:g} points'
        within.reading.mistakes.add(node, sentence)
    return region


def _lies_inside(region: Region, panel: Panel) -> bool:
    angle = math.radians(region.rotation)
    across, down = region.width / 2, region.height / 2
    reach_x = abs(across * math.cos(angle)) + abs(down * math.sin(angle)) - _TOLERANCE_PT
    reach_y = abs(across * math.sin(angle)) + abs(down * math.cos(angle)) - _TOLERANCE_PT
    x, y = region.left + across, region.top + down
    return reach_x <= x <= panel.width - reach_x and reach_y <= y <= panel.height - reach_y


def _conditions(within: WorkflowReading, table: Table) -> tuple[Condition, ...]:
    node = table.value("when")
    if node is None:
        return ()
    found = (_condition(within, *pair) for _, pair in pairs(node, '"when"', within.reading.mistakes))
    return tuple(each for each in found if each is not None)


def _condition(within: WorkflowReading, name: yaml.Node, wanted: yaml.Node) -> Condition | None:
    mistakes = within.reading.mistakes
    if name.value in within.names and name.value not in within.steps:
        mistakes.add(name, f'a condition can only look at earlier steps, and "{name.value}" is not above this one')
        return None
    target = refer(name, within.steps, "step", mistakes)
    if target is None or target.option is None:
        return None
    nodes = wanted.value if isinstance(wanted, yaml.SequenceNode) else [wanted]
    variants = [refer(each, target.option.variants, "variant", mistakes) for each in nodes]
    if not nodes:
        mistakes.add(wanted, "a condition needs at least one variant")
    return Condition(target.step.step_name, tuple(each for each in variants if each is not None))
