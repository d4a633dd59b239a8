"""Steps as servers send them in a batch (contract/rest.md 7), read as answers. Knows no HTTP, no database.

A step's data has the contract's names, or those that answers have anyway (docs/batches.md).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from spiff.composing.answers import Answer, Answers
from spiff.composing.resources import Drawing, Resources
from spiff.composing.selection import Options, Selection, selections, written_color
from spiff.composing.workflow import FrameStep, IllustrationStep, ShapeStep, Step, TextStep, Workflow
from spiff.errors import Invalid

_RENAMED = {
    "fontVariantId": "variantId",
    "illustrationVariantId": "variantId",
    "answerVariantId": "variantId",
    "answerVariantIds": "variantIds",
    "frameVariantId": "variantId",
    "pictureVariantId": "variantId",
    "patchworkVariantId": "variantId",
    "materialVariantId": "variantId",
    "modelVariantId": "variantId",
}
_PLACED = {"x": "x", "y": "y", "scale": "zoom"}


_UUID = re.compile(r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")


class SentStep(NamedTuple):
    """A step of a batch: its name in the workflow, and what is to be answered."""

    name: str
    data: Mapping[str, Any]


def read_answers(workflow: Workflow, steps: Sequence[SentStep], file_address: re.Pattern[str]) -> Answers:
    """The answers that were sent. Raises Invalid with a pointer into `/steps` for each that cannot be read.

    A step that the workflow has not is refused rather than passed over: what is printed then lacks something.
    `file_address` finds the `digest` in the address of a file of this platform.
    """
    options, known = Options(workflow), {step.step_name: step for step in workflow.steps}
    answers: Answers = {}
    errors: list[dict[str, str]] = []
    for position, (name, data) in enumerate(steps):
        if name not in known or name in answers:
            code = "duplicate" if name in known else "unknown-step"
            errors.append({"pointer": f"/steps/{position}/name", "code": code, "detail": _SENTENCES[code]})
            continue
        try:
            answers[name] = _with_variant_color(options, known[name], _read(known[name], data, file_address))
        except msgspec.ValidationError as failure:
            errors.append({"pointer": f"/steps/{position}/data", "code": "wrong-type", "detail": str(failure)})
    if errors:
        raise Invalid("some steps cannot be read; nothing was made", errors=errors)
    return answers


_SENTENCES = {"duplicate": "the same step came before", "unknown-step": "the workflow has no such step"}


def canonical(sent: str) -> str:
    """A UUID as ours are written, whatever the case of its letters; anything else as it came."""
    return sent.lower() if _UUID.fullmatch(sent) else sent


def recoloured(workflow: Workflow, answers: Answers, resources: Resources) -> Answers:
    """The answers with the colours of illustrations by slot, where they name the colour that is to be replaced."""
    found = selections(workflow, answers, resources.context)
    colored = {each.step.step_name: each for each in found if isinstance(each.step, IllustrationStep)}
    return {
        name: msgspec.structs.replace(answer, colors=_by_slot(colored[name], resources))
        if answer.colors and name in colored
        else answer
        for name, answer in answers.items()
    }


def pointer_into(steps: Sequence[SentStep], pointer: str) -> str:
    """Where in what was sent a problem is that was found at `/answers/{step}/…`; `/steps` where that was not sent."""
    if not pointer.startswith("/answers/"):
        return pointer
    names = [step.name.replace("~", "~0").replace("/", "~1") for step in steps]
    name = pointer.removeprefix("/answers/").partition("/")[0]
    return f"/steps/{names.index(name)}/data" if name in names else "/steps"


def _read(step: Step, data: Mapping[str, Any], file_address: re.Pattern[str]) -> Answer:
    """The data of a step as an answer. Raises ValidationError, also for a member that nobody knows."""
    members = {
        _RENAMED.get(name, name): _with_canonical_ids(name, value)
        for name, value in data.items()
        if name not in _PLACED
    }
    if isinstance(step, ShapeStep) and "colorVariantId" in members:
        members["variantId"] = members.pop("colorVariantId")
    if placement := {_PLACED[name]: value for name, value in data.items() if name in _PLACED}:
        members["placement"] = placement
    if "assetUrl" in members:
        members |= _asset(step, members.pop("assetUrl"), file_address)
    return msgspec.convert(members, Answer)


def _with_canonical_ids(name: str, value: Any) -> Any:
    """The value of a member; only those that hold ids are touched: a text may be any words, in any case.

    Colours that PHP has none of come as an empty list.
    """
    if isinstance(value, list) and name.endswith("ariantIds"):
        return [_with_canonical_ids("variantId", each) for each in value]
    if name == "colors" and value == []:
        return {}
    if name == "colors" and isinstance(value, dict):
        return {old: _with_canonical_ids("variantId", new) for old, new in value.items()}
    return canonical(value) if isinstance(value, str) and name.endswith("ariantId") else value


def _asset(step: Step, sent: Any, file_address: re.Pattern[str]) -> dict[str, str]:
    found = file_address.fullmatch(sent) if isinstance(sent, str) else None
    if found is not None:
        return {"upload": found["digest"]}
    if isinstance(sent, str) and not isinstance(step, FrameStep):
        return {"url": sent}
    raise msgspec.ValidationError("Expected the address of a file of this platform - at `$.assetUrl`")


def _with_variant_color(options: Options, step: Step, answer: Answer) -> Answer:
    """A text's colour as the variant that has it, where there is one: it is then printed in that variant's ink."""
    if not isinstance(step, TextStep) or answer.color is None:
        return answer
    variant = _variant_with(options, step.color_option, answer.color)
    return answer if variant is None else msgspec.structs.replace(answer, color=None, color_variant_id=variant)


def _variant_with(options: Options, option: str | None, color: str) -> str | None:
    wanted = written_color(color)
    found = (each.id for each in options.variants(option) if wanted and written_color(each.color) == wanted)
    return next(found, None)


def _by_slot(selection: Selection[IllustrationStep], resources: Resources) -> dict[str, str]:
    variant = selection.variant
    drawing = resources.drawings.get(variant.asset or "") if variant is not None else None
    return {
        slot: _variant_with(selection.options, selection.step.color_option, wanted) or wanted
        for old, wanted in (selection.given.colors or {}).items()
        for slot in _slots(drawing, old)
    }


def _slots(drawing: Drawing | None, old: str) -> Iterator[str]:
    """The slots drawn in this colour. What is no colour, or in no slot, is left for composing to judge."""
    color = written_color(old)
    found = [slot.id for slot in drawing.slots if written_color(slot.color) == color] if drawing and color else []
    yield from found or [old]
