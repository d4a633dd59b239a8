"""What is wrong with answers (docs/composing.md, Findings). Knows no server: who refuses what is decided elsewhere."""

from collections.abc import Iterator
from typing import Any

from spiff.composing.answers import Answer, Answers, Finding
from spiff.composing.kinds import Found
from spiff.composing.selection import Selection
from spiff.composing.steps.registry import kind_of
from spiff.composing.workflow import Workflow

_PUBLIC = dict(zip(Answer.__struct_fields__, Answer.__struct_encode_fields__, strict=True))
"""By member, its name in JSON."""


def step_findings(selection: Selection[Any], seen: tuple[Found, ...]) -> Iterator[Finding]:
    """All findings of one step, in the order of the list; `seen` came to light in drawing it."""
    name = selection.step.step_name
    found = (*_unknown_variants(selection), *_of_active(selection, seen))
    return (Finding(name, *each) for each in found)


def unknown_steps(workflow: Workflow, answers: Answers) -> Iterator[Finding]:
    """Answers for steps the workflow has not, in the order of their names."""
    known = {step.step_name for step in workflow.steps}
    return (Finding(name, "unknown-step", "") for name in sorted(answers.keys() - known))


def _of_active(selection: Selection[Any], seen: tuple[Found, ...]) -> Iterator[Found]:
    if not selection.active:
        return
    if not selection.step.silent:
        yield from _fields(selection)
        yield from kind_of(selection).check(selection)
    yield from seen
    if selection.step.mandatory:
        field = kind_of(selection).lacking(selection)
        if field is not None:
            yield Found("mandatory-empty", field)


def _unknown_variants(selection: Selection[Any]) -> Iterator[Found]:
    step, given = selection.step, selection.given
    for member, option in (("variant_id", step.option), *kind_of(selection).options(step)):
        wanted = getattr(given, member)
        if wanted is not None and selection.options.named(option, wanted) is None:
            yield Found("unknown-variant", _PUBLIC[member], wanted)
    for wanted in given.variant_ids or ():
        if selection.options.named(step.option, wanted) is None:
            yield Found("unknown-variant", "variantIds", wanted)


def _fields(selection: Selection[Any]) -> Iterator[Found]:
    allowed = kind_of(selection).fields
    for field, public in _PUBLIC.items():
        if field not in allowed and getattr(selection.given, field) is not None:
            yield Found("field-not-allowed", public)
