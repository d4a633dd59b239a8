"""Looks at the designs a shopper starts from: a default that cannot be drawn is the merchant's mistake, not theirs."""

from collections.abc import Mapping

import msgspec

from spiff.catalogue.compiled import Compiled
from spiff.catalogue.reading.reading import Reading
from spiff.composing.compose import compose, needed
from spiff.composing.fonts import Font
from spiff.composing.resources import NO_CONTEXT, Context, Drawing, Resources
from spiff.composing.workflow import Workflow

_SENTENCES = {
    "glyph-missing": "its default font lacks these characters of its default text: {detail}",
    "text-does-not-fit": "its default text does not fit the region even at the smallest size",
}


def proofread(reading: Reading, compiled: Compiled) -> None:
    """Note what is wrong with the design of each workflow before anybody has answered anything."""
    data = {file.sha256: file.data for file in compiled.files}
    for each in compiled.workflows:
        workflow = without_conditions(each.workflow)
        _note(reading, workflow, resources_of(workflow, data))


def resources_of(workflow: Workflow, data: Mapping[str, bytes], context: Context = NO_CONTEXT) -> Resources:
    """The fonts and drawings that a workflow needs before anybody has answered anything."""
    fonts, drawings = needed(workflow, {}, context)
    return Resources(
        {digest: Font(data[digest]) for digest in fonts},
        {digest: msgspec.json.decode(data[digest], type=Drawing) for digest in drawings},
        context,
    )


def without_conditions(workflow: Workflow) -> Workflow:
    """The same with every step and panel there at once, so that those which are not there at first are read, too."""
    steps = tuple(msgspec.structs.replace(step, conditions=()) for step in workflow.steps)
    panels = tuple(msgspec.structs.replace(panel, conditions=()) for panel in workflow.panels)
    return msgspec.structs.replace(workflow, steps=steps, panels=panels)


def _note(reading: Reading, workflow: Workflow, resources: Resources) -> None:
    for finding in compose(workflow, {}, resources).findings:
        if finding.code in _SENTENCES:
            sentence = _SENTENCES[finding.code].format(detail=finding.detail)
            reading.mistakes.add(reading.places[finding.step_name], f"{reading.names[finding.step_name]}: {sentence}")
