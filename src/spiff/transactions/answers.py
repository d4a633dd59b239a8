"""Checks what a shopper sent as answers: limits before composing, findings after it. Knows no HTTP and no database."""

from collections.abc import Iterable, Mapping, Sized
from typing import Any

import msgspec

from spiff.composing.answers import Answer, Answers, Finding
from spiff.composing.preflight import ADJUSTABLE, level_of
from spiff.composing.resources import Context
from spiff.composing.sentences import sentence_of
from spiff.composing.workflow import Workflow
from spiff.errors import Invalid

MOST_ANSWERS = 500
MOST_CHARACTERS = 10_000
"""Of a text before it is composed; a step's own limit is `maxLength`."""
MOST_ADDRESS_CHARACTERS = 1000
"""Of a web address, as composing takes it."""
MOST_ID_CHARACTERS = 100
"""Of every other text; also the most members of a list or mapping."""
_MOST_DETAIL = 100

_MAY_BE_SAVED = frozenset({"mandatory-empty", "overlay-missing", *ADJUSTABLE})
"""What keeps nobody from going on designing."""


def stored(answers: Answers) -> dict[str, dict[str, Any]]:
    """Answers as the plain document that is stored."""
    return {name: msgspec.to_builtins(answer) for name, answer in answers.items()}


def restored(document: Mapping[str, Any]) -> Answers:
    """Answers from the stored document."""
    return msgspec.convert(document, Answers)


def changed(current: Answers, wanted: Mapping[str, Answer | None]) -> Answers:
    """The current answers with the named steps' replaced, or removed where None. Raises Invalid over the limits."""
    merged = {**current, **wanted}
    if len(merged) > MOST_ANSWERS:
        raise Invalid(f"a design has at most {MOST_ANSWERS} answers", limit=MOST_ANSWERS)
    errors = [error for name, answer in wanted.items() if answer for error in _oversized(name, answer)]
    if errors:
        raise Invalid("an answer is longer than any step allows", errors=errors)
    return {name: answer for name, answer in merged.items() if answer is not None}


def refuse(findings: Iterable[Finding]) -> None:
    """Raise Invalid with a pointer for each finding that answers cannot be saved with."""
    _refuse(each for each in findings if each.code not in _MAY_BE_SAVED)


def refuse_to_finish(findings: Iterable[Finding], context: Context) -> None:
    """Raise Invalid with a pointer for each finding that keeps a design from being finished."""
    _refuse(each for each in findings if level_of(each, context) == "block")


def preflight_report(workflow: Workflow, findings: Iterable[Finding], context: Context) -> list[dict[str, str]]:
    """What is kept of the findings of a design that can be finished: those that its product warns of."""
    titles = {step.step_name: step.step_title for step in workflow.steps}
    return [_reported(each, titles[each.step_name]) for each in findings if level_of(each, context) == "warn"]


def _reported(finding: Finding, title: str) -> dict[str, str]:
    step, sentence = finding.step_name, sentence_of(finding)
    return {"stepName": step, "stepTitle": title, "code": finding.code, "value": finding.detail, "detail": sentence}


def _refuse(findings: Iterable[Finding]) -> None:
    errors = [_error(each) for each in findings]
    if errors:
        raise Invalid("the answers break rules of the workflow; nothing was stored", errors=errors)


_LIMITS = {"text": MOST_CHARACTERS, "url": MOST_ADDRESS_CHARACTERS}


def _oversized(name: str, answer: Answer) -> Iterable[dict[str, str]]:
    for field, value in msgspec.to_builtins(answer).items():
        limit = _LIMITS.get(field, MOST_ID_CHARACTERS)
        if isinstance(value, Sized) and len(value) > limit:
            code = "text-too-long" if field == "text" else "too-long"
            yield {"pointer": _pointer(name, field), "code": code, "detail": f"at most {limit} characters"}


def _error(finding: Finding) -> dict[str, str]:
    value = finding.detail[:_MOST_DETAIL]
    detail = sentence_of(finding, value)
    here = _pointer(finding.step_name, finding.field)
    return {"pointer": here, "code": finding.code, "detail": detail, "value": value}


def _pointer(*names: str) -> str:
    escaped = (name[:MOST_ID_CHARACTERS].replace("~", "~0").replace("/", "~1") for name in names if name)
    return "/answers/" + "/".join(escaped)
