"""Answers as people write them, steps by their titles and variants by their names, and refusals in the same words."""

from collections.abc import Mapping

from msgspec.structs import replace

from spiff.composing.answers import Answer, Answers
from spiff.composing.selection import Options
from spiff.composing.workflow import Step, TextStep, Workflow
from spiff.errors import Invalid


def answers_of(workflow: Workflow, written: Mapping[str, Answer]) -> Answers:
    """Answers by the names of steps; a title stands for the first step that has it. What is neither stays.

    A variant's name stands for the first variant of the step's option that has it, unless it is an id there.
    """
    names = {step.step_title: step.step_name for step in reversed(workflow.steps)}
    names |= {step.step_name: step.step_name for step in workflow.steps}
    steps, options = {step.step_name: step for step in workflow.steps}, Options(workflow)
    named = {names.get(key, key): answer for key, answer in written.items()}
    return {name: _chosen(steps[name], answer, options) if name in steps else answer for name, answer in named.items()}


def refusal_in_words(workflow: Workflow, refusal: Invalid) -> str:
    """What is wrong, each with the title of its step."""
    titles = {step.step_name: step.step_title for step in workflow.steps}
    said = []
    for error in refusal.errors:
        step = error["pointer"].removeprefix("/answers/").partition("/")[0]
        said.append(f"{titles.get(step, step)}: {error['detail']}")
    return "; ".join(said) or refusal.detail


def _chosen(step: Step, answer: Answer, options: Options) -> Answer:
    def id_of(option: str | None, written: str | None) -> str | None:
        variants = options.variants(option)
        if any(each.id == written for each in variants):
            return written
        return next((each.id for each in variants if each.name == written), written)

    several = answer.variant_ids and tuple(id_of(step.option, each) or each for each in answer.variant_ids)
    chosen = replace(answer, variant_id=id_of(step.option, answer.variant_id), variant_ids=several)
    if not isinstance(step, TextStep):
        return chosen
    return replace(
        chosen,
        color_variant_id=id_of(step.color_option, answer.color_variant_id),
        stroke_variant_id=id_of(step.stroke_option, answer.stroke_variant_id),
        fill_variant_id=id_of(step.image_fill_option, answer.fill_variant_id),
    )
