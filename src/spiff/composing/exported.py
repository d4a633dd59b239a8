"""What the shop's cart and the design record say about a design, as names and values (contract/domain.md 13)."""

from collections.abc import Iterator
from typing import Any, TypedDict

from spiff.composing.answers import Answers
from spiff.composing.resources import NO_RESOURCES, Resources
from spiff.composing.selection import Selection, selections
from spiff.composing.steps.registry import kind_of
from spiff.composing.workflow import Workflow


class Exported(TypedDict):
    """One line for the cart."""

    value: str
    priceModifier: int


def exported_data(workflow: Workflow, answers: Answers, resources: Resources = NO_RESOURCES) -> dict[str, Exported]:
    """For the cart: selections with their price and texts and colours without, but for what the merchant hides."""
    found = [each for each in selections(workflow, answers, resources.context) if each.active]
    exported: dict[str, Exported] = {}
    for title in dict.fromkeys(each.step.step_title for each in found):
        titled = [each for each in found if each.step.step_title == title]
        for name, line in (*_selection_lines(titled), *_entry_lines(titled, resources)):
            exported.setdefault(name, line)
    return exported


def design_metadata(workflow: Workflow, answers: Answers, resources: Resources = NO_RESOURCES) -> dict[str, str]:
    """For the design record: the texts, colours, strokes and images of all active steps, hiding nothing."""
    metadata: dict[str, str] = {}
    for each in selections(workflow, answers, resources.context):
        for entry in kind_of(each).entries(each, resources) if each.active else ():
            metadata.setdefault(f"{each.step.step_title} {entry.key}", entry.value)
    return metadata


def _selection_lines(titled: list[Selection[Any]]) -> Iterator[tuple[str, Exported]]:
    for each in titled:
        shown = len(each.options.variants(each.step.option)) > 1 and not each.step.hide_selection_in_cart
        if each.variants and shown:
            names = ", ".join(variant.name for variant in each.variants)
            price = sum(variant.price_modifier for variant in each.variants)
            yield f"{each.step.step_title} selection", {"value": names, "priceModifier": price}


def _entry_lines(titled: list[Selection[Any]], resources: Resources) -> Iterator[tuple[str, Exported]]:
    for each in titled:
        for entry in kind_of(each).entries(each, resources):
            if not entry.hidden:
                yield f"{each.step.step_title} {entry.key}", {"value": entry.value, "priceModifier": 0}
