"""Looks at the designs a shopper starts from: a default that cannot be drawn is the merchant's mistake, not theirs."""

from spiff.catalogue.compiled import Compiled, CompiledWorkflow
from spiff.catalogue.reading import Reading
from spiff.composing.compose import compose, fonts_needed
from spiff.composing.fonts import Font

_SENTENCES = {
    "glyph-missing": "its default font lacks these characters of its default text: {detail}",
    "text-does-not-fit": "its default text does not fit the region even at the smallest size",
}


def proofread(reading: Reading, compiled: Compiled) -> None:
    """Note what is wrong with the design of each workflow before anybody has answered anything."""
    data = {file.sha256: file.data for file in compiled.files}
    for workflow in compiled.workflows:
        fonts = {digest: Font(data[digest]) for digest in fonts_needed(workflow.workflow, {})}
        _note(reading, workflow, fonts)


def _note(reading: Reading, compiled: CompiledWorkflow, fonts: dict[str, Font]) -> None:
    for finding in compose(compiled.workflow, {}, fonts).findings:
        if finding.code in _SENTENCES:
            sentence = _SENTENCES[finding.code].format(detail=finding.detail)
            reading.mistakes.add(reading.places[finding.step_name], f"{reading.names[finding.step_name]}: {sentence}")
