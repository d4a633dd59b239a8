"""Problem details (RFC 9457): the one shape of every 4xx and 5xx."""

import re
from typing import Any

import msgspec

from spiff.errors import BadRequest, SpiffError

MEDIA_TYPE = "application/problem+json"
_WHERE = re.compile(r" - at `(?P<path>\$[^`]*)`$")


class FieldProblem(msgspec.Struct, rename="camel", frozen=True):
    """One wrong field: a JSON pointer (RFC 6901) into the request's body, a code and a sentence.

    `value`, where given, is the bare limit or the characters that the sentence speaks of: for programs with own words.
    """

    pointer: str
    code: str
    detail: str
    value: str = ""


class Problem(msgspec.Struct, rename="camel", frozen=True):
    """A refusal. `code` is stable and for programs, `detail` is for people, `requestId` finds our log line."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FieldProblem]


def problem_document(failure: SpiffError, request_id: str) -> dict[str, Any]:
    """The document of a foreseen failure; `failure.extra` adds members of its own."""
    return {
        "type": f"urn:spiff:problem:{failure.code}",
        "title": failure.title,
        "status": failure.status,
        "detail": failure.detail,
        "code": failure.code,
        "requestId": request_id,
        "errors": failure.errors,
        **failure.extra,
    }


def unreadable(failure: msgspec.DecodeError) -> SpiffError:
    """What a body that is not JSON (400), or JSON of the wrong shape (400 with a pointer), is answered with."""
    text = str(failure)
    where = _WHERE.search(text)
    if not isinstance(failure, msgspec.ValidationError):
        return BadRequest(f"the body is not JSON: {text}")
    pointer = _pointer(where["path"]) if where else ""
    sentence = text[: where.start()] if where else text
    return BadRequest(
        f"{sentence}, at {pointer or 'the top of the body'}",
        errors=[{"pointer": pointer, "code": "wrong-type", "detail": sentence}],
    )


def _pointer(path: str) -> str:
    """`$.orderItems[0].amountToOrder` as `/orderItems/0/amountToOrder`.

    Where the decoder does not say which member of a map it was, the pointer ends at the map.
    """
    path = path.partition("[...]")[0]
    return re.sub(r"\.|\[(\d+)\]", lambda found: f"/{found[1]}" if found[1] else "/", path[1:])
