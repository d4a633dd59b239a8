"""What is wrong with answers (docs/composing.md, Findings). Knows no server: who refuses what is decided elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass

from .model import Answers, Finding, ShapeStep, TextStep, Workflow
from .selection import Options, Selection, has_picker, is_color
from .spelling import is_blank

_FIELDS = {
    TextStep: ("variant_id", "text", "color_variant_id", "color", "stroke_variant_id"),
    ShapeStep: ("variant_id", "color"),
}
_PUBLIC = {
    "variant_id": "variantId",
    "text": "text",
    "color_variant_id": "colorVariantId",
    "color": "color",
    "stroke_variant_id": "strokeVariantId",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What laying out a step's text brought to light."""

    missing: str = ""
    fits: bool = True


def step_findings(selection: Selection, seen: Seen, options: Options) -> Iterator[Finding]:
    """All findings of one step, in the order of the list."""
    name = selection.step.step_name
    found = (*_unknown_variants(selection, options), *_of_active(selection, seen, options))
    return (Finding(name, code, field, detail) for code, field, detail in found)


def unknown_steps(workflow: Workflow, answers: Answers) -> Iterator[Finding]:
    """Answers for steps the workflow has not, in the order of their names."""
    known = {step.step_name for step in workflow.steps}
    return (Finding(name, "unknown-step", "") for name in sorted(answers.keys() - known))


_Found = Iterator[tuple[str, str, str]]


def _of_active(selection: Selection, seen: Seen, options: Options) -> _Found:
    if not selection.active:
        return
    if not selection.step.silent:
        yield from _color(selection, options)
        yield from _fields(selection)
        yield from _typed(selection)
    if seen.missing:
        yield "glyph-missing", "text", seen.missing
    if not seen.fits:
        yield "text-does-not-fit", "text", ""
    if selection.step.mandatory:
        yield from _empty(selection)


def _unknown_variants(selection: Selection, options: Options) -> _Found:
    step, given = selection.step, selection.given
    offered = [("variantId", step.option, given.variant_id)]
    if isinstance(step, TextStep):
        offered.append(("colorVariantId", step.color_option, given.color_variant_id))
        offered.append(("strokeVariantId", step.stroke_option, given.stroke_variant_id))
    for field, option, wanted in offered:
        if wanted is not None and all(each.id != wanted for each in options.variants(option)):
            yield "unknown-variant", field, wanted


def _color(selection: Selection, options: Options) -> _Found:
    color = selection.given.color
    allowed = is_color(color) and has_picker(selection.step, options)
    if color is not None and not allowed and isinstance(selection.step, TextStep | ShapeStep):
        yield "color-not-allowed", "color", ""


def _fields(selection: Selection) -> _Found:
    allowed = _FIELDS.get(type(selection.step), ("variant_id",))
    for field, public in _PUBLIC.items():
        if field not in allowed and getattr(selection.given, field) is not None:
            yield "field-not-allowed", public, ""


def _typed(selection: Selection) -> _Found:
    """The text the shopper typed; the default text is the merchant's business."""
    step = selection.step
    if not isinstance(step, TextStep) or selection.answer.text is None:
        return
    if "\n" in selection.text and not step.allow_newlines:
        yield "line-break-not-allowed", "text", ""
    if len(selection.text) > step.max_length:
        yield "text-too-long", "text", str(step.max_length)


def _empty(selection: Selection) -> _Found:
    field = _lacking(selection)
    if field is not None:
        yield "mandatory-empty", field, ""


def _lacking(selection: Selection) -> str | None:
    if selection.variant is None:
        return "variantId"
    if isinstance(selection.step, TextStep) and is_blank(selection.text):
        return "text"
    return "color" if isinstance(selection.step, ShapeStep) and selection.color is None else None
