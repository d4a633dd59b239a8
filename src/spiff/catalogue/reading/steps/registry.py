"""All step types by the word a catalogue file has for them, and what they have in common."""

import yaml

from spiff.catalogue.mistakes import meant
from spiff.catalogue.reading.reading import Reading, ReadOption
from spiff.catalogue.reading.references import read_option_name
from spiff.catalogue.reading.regions import read_region
from spiff.catalogue.reading.steps.cameras import read_camera
from spiff.catalogue.reading.steps.carried import INFORMATION, MATERIAL, MODEL, UNKNOWN
from spiff.catalogue.reading.steps.conditions import read_conditions
from spiff.catalogue.reading.steps.digital_content import DIGITAL_CONTENT
from spiff.catalogue.reading.steps.frame import FRAME
from spiff.catalogue.reading.steps.illustration import ILLUSTRATION
from spiff.catalogue.reading.steps.module import MODULE
from spiff.catalogue.reading.steps.patchwork import PATCHWORK
from spiff.catalogue.reading.steps.picture import PICTURE
from spiff.catalogue.reading.steps.product_overlay import PRODUCT_OVERLAY
from spiff.catalogue.reading.steps.question import QUESTION
from spiff.catalogue.reading.steps.shape import SHAPE
from spiff.catalogue.reading.steps.silent_illustration import SILENT_ILLUSTRATION
from spiff.catalogue.reading.steps.text import TEXT
from spiff.catalogue.reading.steps.within import Common, ReadStep, StepType, WorkflowReading
from spiff.catalogue.tables import Table
from spiff.catalogue.vocabulary import KEYS
from spiff.composing.document import Medium
from spiff.composing.workflow import Region

STEP_TYPES: dict[str, StepType] = {
    "text": TEXT,
    "upload": FRAME,
    "illustration": ILLUSTRATION,
    "picture": PICTURE,
    "color": SHAPE,
    "question": QUESTION,
    "patchwork": PATCHWORK,
    "letters": MODULE,
    "digital-content": DIGITAL_CONTENT,
    "artwork": SILENT_ILLUSTRATION,
    "overlay": PRODUCT_OVERLAY,
    "material": MATERIAL,
    "model": MODEL,
    "information": INFORMATION,
}

_MEDIA: dict[str, Medium] = {"screen": "screen", "print": "print"}


def read_step(within: WorkflowReading, name: str, node: yaml.Node) -> ReadStep:
    """One step; its conditions look at the steps read before."""
    table = Table(node, f'step "{name}"', within.reading.mistakes)
    word = _type_of(table)
    kind = STEP_TYPES[word] if word else UNKNOWN
    if word:
        table.only(KEYS[f"{word} step"])
    option = _choice(within.reading, table, kind)
    return ReadStep(
        kind.read(within.reading, table, _common(within, table, kind, name, option)), option, is_known=word is not None
    )


def _type_of(table: Table) -> str | None:
    """The word that is meant; None where nobody knows: no mistakes come of one."""
    word = table.choice("type", {each: each for each in STEP_TYPES})
    node = table.value("type")
    written = str(node.value) if isinstance(node, yaml.ScalarNode) else ""
    return word if meant(written, STEP_TYPES) else None


def _choice(reading: Reading, table: Table, kind: StepType) -> ReadOption | None:
    if kind.chooses is None:
        return None
    key, option_type = kind.chooses
    if kind.needs_choice and not table.has(key):
        reading.mistakes.add(table.node, f'{table.what} needs "{key}", the name of an option')
    return read_option_name(reading, table, key, option_type)


def _common(within: WorkflowReading, table: Table, kind: StepType, name: str, option: ReadOption | None) -> Common:
    return {
        "step_name": within.reading.id_of(table, "workflow", within.key, "step", name),
        "step_title": table.text("title", name),
        "help_text": table.text("help", "", most=1000),
        "mandatory": table.flag("mandatory", False),
        "silent": table.flag("silent", False),
        "conditions": read_conditions(within, table),
        "regions": _regions(within, table, kind),
        "option": option.option.id if option else None,
        "override_default_variant_id": table.reference("default", option.variants, "variant") if option else None,
        "hide_selection_in_cart": table.flag("hideSelectionInCart", False),
        "only": table.choice("only", _MEDIA) if table.has("only") else None,
        "look_at_animation": read_camera(within.reading, table),
    }


def _regions(within: WorkflowReading, table: Table, kind: StepType) -> tuple[Region, ...]:
    regions = tuple(read_region(within.reading, within.panels, node, table) for node in table.items("regions"))
    if kind.draws and not regions:
        within.reading.mistakes.add(table.place("regions"), f"{table.what} needs at least one region")
    return regions
