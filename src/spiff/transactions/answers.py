"""Checks what a shopper sent as answers: limits before composing, findings after it. Knows no HTTP and no database."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from spiff.composing.answers import Answer, Answers, Finding
from spiff.errors import Invalid

MOST_ANSWERS = 500
MOST_CHARACTERS = 10_000
"""Of a text before it is composed; a step's own limit is `maxLength`."""
MOST_ID_CHARACTERS = 100
_MOST_DETAIL = 100

SENTENCES = {
    "unknown-step": "the workflow has no such step",
    "unknown-variant": "the step does not offer this variant",
    "color-not-allowed": "a colour is written #rrggbb, and only where the step lets one pick any",
    "field-not-allowed": "an answer to a step of this type has no such member",
    "line-break-not-allowed": "the text must be one line",
    "text-too-long": "the text is too long; most characters:",
    "glyph-missing": "the chosen font lacks these characters:",
    "text-does-not-fit": "the text does not fit, even at the smallest size",
    "mandatory-empty": "this must be chosen or filled in",
}


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


def refuse(findings: Iterable[Finding], *, finishing: bool = False) -> None:
    """Raise Invalid with a pointer for each finding; what is merely still empty only matters when finishing."""
    errors = [_error(each) for each in findings if finishing or each.code != "mandatory-empty"]
    if errors:
        raise Invalid("the answers break rules of the workflow; nothing was stored", errors=errors)


def _oversized(name: str, answer: Answer) -> Iterable[dict[str, str]]:
    for field, value in msgspec.to_builtins(answer).items():
        limit = MOST_CHARACTERS if field == "text" else MOST_ID_CHARACTERS
        if len(value) > limit:
            code = "text-too-long" if field == "text" else "too-long"
            yield {"pointer": _pointer(name, field), "code": code, "detail": f"at most {limit} characters"}


def _error(finding: Finding) -> dict[str, str]:
    value = finding.detail[:_MOST_DETAIL]
    detail = f"{SENTENCES[finding.code]} {value}".strip()
    here = _pointer(finding.step_name, finding.field)
    return {"pointer": here, "code": finding.code, "detail": detail, "value": value}


def _pointer(*names: str) -> str:
    escaped = (name[:MOST_ID_CHARACTERS].replace("~", "~0").replace("/", "~1") for name in names if name)
    return "/answers/" + "/".join(escaped)
