"""Which steps are active and what is selected in them (docs/composing.md). Draws nothing and judges nothing."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from spiff.composing.answers import Answer, Answers
from spiff.composing.document import Ink
from spiff.composing.resources import NO_CONTEXT, Context
from spiff.composing.workflow import Condition, Option, Panel, QuestionStep, Step, Variant, Workflow

S = TypeVar("S", bound=Step)

CUSTOM = "#custom"
_COLOR = re.compile("#[0-9a-fA-F]{6}")
_NO_ANSWER = Answer()


class Paint(NamedTuple):
    """A colour as a screen shows it, and how it is printed where that is said."""

    color: str
    ink: Ink | None = None


class Options:
    """The options of a workflow by id."""

    def __init__(self, workflow: Workflow) -> None:
        self._options = {option.id: option for option in workflow.options}

    def variants(self, option: str | None) -> tuple[Variant, ...]:
        """The variants of an option; none where there is no such option."""
        found = self._named(option)
        return () if found is None else found.variants

    def named(self, option: str | None, variant_id: str) -> Variant | None:
        """The variant of an option with this id."""
        return next((each for each in self.variants(option) if each.id == variant_id), None)

    def chosen(self, option: str | None, answered: str | None, override: str | None = None) -> Variant | None:
        """The answered variant, else the default one. An unknown answer selects nothing."""
        found = self._named(option)
        if found is None:
            return None
        return _named(found, answered) if answered is not None else _default(found, override)

    def _named(self, option: str | None) -> Option | None:
        return None if option is None else self._options.get(option)


@dataclass(frozen=True, slots=True)
class Selection(Generic[S]):
    """A step with what holds in it. `answer` is what counts: that of a silent or inactive step counts for nothing."""

    step: S
    active: bool
    given: Answer
    answer: Answer
    variants: tuple[Variant, ...]
    """Several only in a question that takes several."""
    options: Options
    workflow: Workflow
    context: Context

    @property
    def variant(self) -> Variant | None:
        """The selected variant; of several, the first."""
        return self.variants[0] if self.variants else None


def selections(workflow: Workflow, answers: Answers, context: Context = NO_CONTEXT) -> tuple[Selection[Any], ...]:
    """What holds in every step, in workflow order."""
    options = Options(workflow)
    found: dict[str, Selection[Any]] = {}
    for step in workflow.steps:
        active = all(_holds(condition, found) for condition in step.conditions)
        given = answers.get(step.step_name, _NO_ANSWER)
        answer = given if active and not step.silent else _NO_ANSWER
        variants = tuple(_variants(step, answer, options))
        found[step.step_name] = Selection(step, active, given, answer, variants, options, workflow, context)
    return tuple(found.values())


def made_panels(workflow: Workflow, selected: Sequence[Selection[Any]]) -> tuple[Panel, ...]:
    """The panels whose conditions hold: nobody wants the lid of a box that was not chosen."""
    found = {each.step.step_name: each for each in selected}
    return tuple(panel for panel in workflow.panels if all(_holds(each, found) for each in panel.conditions))


def is_color(value: str | None) -> bool:
    """Whether this is written `#rrggbb`."""
    return value is not None and _COLOR.fullmatch(value) is not None


def written_color(color: str | None) -> str | None:
    """The colour in lower case; None where it is not `#rrggbb`."""
    return color.lower() if color is not None and is_color(color) else None


def paint_of(variant: Variant | None) -> Paint | None:
    """The variant's colour with its ink; None where it has no colour of its own."""
    color = written_color(variant.color) if variant is not None else None
    return None if color is None or variant is None else Paint(color, ink_of(variant))


def ink_of(variant: Variant) -> Ink | None:
    """How the variant's colour is printed; None where it is converted like any other."""
    if variant.cmyk is None and variant.named_color is None and not variant.overprint:
        return None
    return Ink(variant.cmyk, variant.named_color, variant.overprint)


def _holds(condition: Condition, found: Mapping[str, Selection[Any]]) -> bool:
    target = found.get(condition.target_step_name)
    if target is None or not target.active:
        return False
    return any(_meets(variant, condition) for variant in target.variants)


def _meets(variant: Variant, condition: Condition) -> bool:
    if condition.required_variant_metafields:
        return any(each in variant.metafields for each in condition.required_variant_metafields)
    return variant.id in condition.required_variant_selections


def _variants(step: Step, answer: Answer, options: Options) -> Iterator[Variant]:
    if isinstance(step, QuestionStep) and step.allow_multiple_selections and answer.variant_ids is not None:
        yield from (each for each in options.variants(step.option) if each.id in answer.variant_ids)
        return
    chosen = options.chosen(step.option, answer.variant_id, step.override_default_variant_id)
    if chosen is not None:
        yield chosen


def _named(option: Option, variant_id: str | None) -> Variant | None:
    return next((each for each in option.variants if each.id == variant_id), None)


def _default(option: Option, override: str | None) -> Variant | None:
    if len(option.variants) == 1:
        return option.variants[0]
    return _named(option, override) or _named(option, option.default_variant)
