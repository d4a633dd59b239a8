"""Which steps are active and what is selected in them (docs/composing.md). Draws nothing and judges nothing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .model import Answer, Answers, Condition, Option, ShapeStep, Step, TextStep, Variant, Workflow
from .spelling import cleaned

CUSTOM = "#custom"
_COLOR = re.compile("#[0-9a-fA-F]{6}")
_BLACK = "#000000"
_NO_ANSWER = Answer()


@dataclass(frozen=True, slots=True)
class Selection:
    """A step with what holds in it. `answer` is what counts: that of a silent or inactive step counts for nothing."""

    step: Step
    active: bool
    given: Answer
    answer: Answer
    variant: Variant | None
    text: str
    """Cleaned, but not yet cut to its length or set in capitals."""
    color_variant: Variant | None
    color: str | None
    stroke: Variant | None


class Options:
    """The options of a workflow by id."""

    def __init__(self, workflow: Workflow) -> None:
        self._options = {option.id: option for option in workflow.options}

    def variants(self, option: str | None) -> tuple[Variant, ...]:
        """The variants of an option; none where there is no such option."""
        return self._options[option].variants if option in self._options else ()

    def chosen(self, option: str | None, answered: str | None, override: str | None = None) -> Variant | None:
        """The answered variant, else the default one. An unknown answer selects nothing."""
        found = self._options.get(option or "")
        if found is None:
            return None
        return _named(found, answered) if answered is not None else _default(found, override)


def selections(workflow: Workflow, answers: Answers) -> tuple[Selection, ...]:
    """What holds in every step, in workflow order."""
    options = Options(workflow)
    found: dict[str, Selection] = {}
    for step in workflow.steps:
        active = all(_holds(condition, found) for condition in step.conditions)
        found[step.step_name] = _selection(step, active, answers.get(step.step_name, _NO_ANSWER), options)
    return tuple(found.values())


def selected(found: Iterable[Selection]) -> Iterable[tuple[Selection, Variant]]:
    """The active steps in which something is selected."""
    return ((each, each.variant) for each in found if each.active and each.variant is not None)


def is_color(value: str | None) -> bool:
    """Whether this is written `#rrggbb`."""
    return value is not None and _COLOR.fullmatch(value) is not None


def has_picker(step: Step, options: Options) -> bool:
    """Whether the shopper may choose any colour in this step."""
    if isinstance(step, TextStep):
        return step.color_picker_enabled
    return isinstance(step, ShapeStep) and any(each.color == CUSTOM for each in options.variants(step.option))


def _holds(condition: Condition, found: Mapping[str, Selection]) -> bool:
    target = found.get(condition.target_step_name)
    if target is None or not target.active or target.variant is None:
        return False
    return target.variant.id in condition.required_variant_selections


def _selection(step: Step, active: bool, given: Answer, options: Options) -> Selection:
    answer = given if active and not step.silent else _NO_ANSWER
    variant = options.chosen(step.option, answer.variant_id, step.override_default_variant_id)
    if isinstance(step, TextStep):
        return _text_selection(step, active, given, answer, variant, options)
    color = _shape_color(variant, answer) if isinstance(step, ShapeStep) else None
    return Selection(step, active, given, answer, variant, "", None, color, None)


def _text_selection(
    step: TextStep, active: bool, given: Answer, answer: Answer, variant: Variant | None, options: Options
) -> Selection:
    text = cleaned(step.default_text if answer.text is None else answer.text)
    color_variant = options.chosen(step.color_option, answer.color_variant_id)
    color = _written(color_variant.color if color_variant else None) or _BLACK
    if step.color_picker_enabled and is_color(answer.color):
        color_variant, color = None, _written(answer.color) or _BLACK
    stroke = options.chosen(step.stroke_option, answer.stroke_variant_id)
    return Selection(step, active, given, answer, variant, text, color_variant, color, stroke)


def _shape_color(variant: Variant | None, answer: Answer) -> str | None:
    if variant is None:
        return None
    return _written(answer.color if variant.color == CUSTOM else variant.color)


def stroke_color(selection: Selection) -> str | None:
    """The colour of a text's stroke; None where it has none."""
    step = selection.step
    if not isinstance(step, TextStep) or selection.stroke is None or not step.stroke_thickness > 0:
        return None
    return _written(selection.stroke.color)


def _written(color: str | None) -> str | None:
    return color.lower() if color is not None and is_color(color) else None


def _named(option: Option, variant_id: str | None) -> Variant | None:
    return next((each for each in option.variants if each.id == variant_id), None)


def _default(option: Option, override: str | None) -> Variant | None:
    if len(option.variants) == 1:
        return option.variants[0]
    return _named(option, override) or _named(option, option.default_variant)
