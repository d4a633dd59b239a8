"""What the shop's cart and the design record say about a design, as names and values (contract/domain.md 13)."""

from collections.abc import Iterator
from typing import TypedDict

from .model import Answers, StepBase, TextStep, Workflow
from .selection import Options, Selection, selections


class Exported(TypedDict):
    """One line for the cart."""

    value: str
    priceModifier: int


def exported_data(workflow: Workflow, answers: Answers) -> dict[str, Exported]:
    """For the cart: selections with their price and texts and colours without, but for what the merchant hides."""
    options = Options(workflow)
    found = [each for each in selections(workflow, answers) if each.active]
    exported: dict[str, Exported] = {}
    for title in dict.fromkeys(each.step.step_title for each in found):
        titled = [each for each in found if each.step.step_title == title]
        for name, line in (*_selection_lines(titled, options), *_metadata_lines(titled)):
            exported.setdefault(name, line)
    return exported


def design_metadata(workflow: Workflow, answers: Answers) -> dict[str, str]:
    """For the design record: the texts, colours and strokes of all active steps, hiding nothing."""
    metadata: dict[str, str] = {}
    for each in selections(workflow, answers):
        if each.active:
            for name, value, _ in _metadata(each):
                metadata.setdefault(name, value)
    return metadata


def _selection_lines(titled: list[Selection], options: Options) -> Iterator[tuple[str, Exported]]:
    for each in titled:
        shown = len(options.variants(each.step.option)) > 1 and not each.step.hide_selection_in_cart
        if each.variant is not None and shown:
            yield (
                f"{each.step.step_title} selection",
                {"value": each.variant.name, "priceModifier": each.variant.price_modifier},
            )


def _metadata_lines(titled: list[Selection]) -> Iterator[tuple[str, Exported]]:
    for each in titled:
        for name, value, hidden in _metadata(each):
            if not hidden:
                yield name, {"value": value, "priceModifier": 0}


def _metadata(selection: Selection) -> Iterator[tuple[str, str, bool]]:
    """Name, value, and whether the cart must not show it. The cart never shows a stroke."""
    step: StepBase = selection.step
    if not isinstance(step, TextStep):
        return
    yield f"{step.step_title} text", selection.text, step.hide_text_in_cart
    if (color := _color(step, selection)) is not None:
        yield f"{step.step_title} color", color, step.hide_color_in_cart
    if selection.stroke is not None:
        yield f"{step.step_title} stroke", selection.stroke.name, True


def _color(step: TextStep, selection: Selection) -> str | None:
    """The variant's name, or the picked colour; None where there was nothing to choose from."""
    if selection.color_variant is not None:
        return selection.color_variant.name
    return selection.color if step.color_picker_enabled else None
