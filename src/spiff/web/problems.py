"""Problem details (RFC 9457): the one shape of every 4xx and 5xx."""

import re
from typing import Any

import msgspec
from msgspec import inspect

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


def unreadable(failure: msgspec.DecodeError, wanted: Any = None) -> SpiffError:
    """What a body that is not JSON (400), or JSON of the wrong shape (400 with a pointer), is answered with.

    `wanted` is the type that it was to be: where one of a few words is expected, they are told.
    """
    text = str(failure)
    where = _WHERE.search(text)
    if not isinstance(failure, msgspec.ValidationError):
        return BadRequest(f"the body is not JSON: {text}")
    pointer = _pointer(where["path"]) if where else ""
    sentence = text[: where.start()] if where else text
    if sentence.startswith("Invalid enum value") and (words := _words_at(wanted, pointer)):
        sentence = f"{sentence} (expected one of {', '.join(words)})"
    return BadRequest(
        f"{sentence}, at {pointer or 'the top of the body'}",
        errors=[{"pointer": pointer, "code": "wrong-type", "detail": sentence}],
    )


def _words_at(wanted: Any, pointer: str) -> list[str]:
    """The words that may stand at this place of a body; none where that is not plain to see."""
    at = inspect.type_info(wanted)
    for part in pointer.split("/")[1:]:
        if isinstance(at, inspect.StructType):
            at = next((each.type for each in at.fields if each.encode_name == part), at)
        elif isinstance(at, inspect.ListType | inspect.VarTupleType):
            at = at.item_type
    return [str(each) for each in at.values] if isinstance(at, inspect.LiteralType) else []


def _pointer(path: str) -> str:
    """`$.orderItems[0].amountToOrder` as `/orderItems/0/amountToOrder`.

    Where the decoder does not say which member of a map it was, the pointer ends at the map.
    """
    path = path.partition("[...]")[0]
    return re.sub(r"\.|\[(\d+)\]", lambda found: f"/{found[1]}" if found[1] else "/", path[1:])
