"""Answers a GraphQL document: bounded, checked by schema.graphql, failures in GraphQL's form. Knows no HTTP."""

import traceback
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import structlog
from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    build_schema,
    execute_sync,
    parse,
    validate,
)

from spiff.errors import SpiffError
from spiff.graphql.limits import MOST_CHARACTERS, MOST_TOKENS, require_small
from spiff.graphql.resolving import Asked, create_order, find_transactions

log = structlog.get_logger()

SDL = (files("spiff.graphql") / "schema.graphql").read_text("utf-8")
SCHEMA = build_schema(SDL)
assert SCHEMA.query_type and SCHEMA.mutation_type
SCHEMA.query_type.fields["transactions"].resolve = find_transactions
SCHEMA.mutation_type.fields["orderCreate"].resolve = create_order

_INVALID = "query-invalid"
_MOST_ERRORS = 10
_LONGEST_MESSAGE = 500
"""The library quotes what was sent."""


def answer(asked: Asked, query: str, variables: dict[str, Any] | None, operation_name: str | None) -> dict[str, Any]:
    """What the document asks for, with `errors` where something failed; without `data` where nothing was tried."""
    read = _read(query)
    if read.errors:
        return _refused(asked, read.errors)
    asked.fields = max(1, read.fields)
    return _executed(asked, read.document, variables, operation_name)


class _Read(NamedTuple):
    """A document with its number of fields, or what is wrong with it."""

    document: DocumentNode
    fields: int
    errors: Sequence[GraphQLError]


@lru_cache(32)
def _read(query: str) -> _Read:
    """Programs send the same documents again with other variables: those need not be checked again."""
    document, fields = DocumentNode(definitions=()), 0
    try:
        document = parse(query, max_tokens=MOST_TOKENS, max_source_length=MOST_CHARACTERS)
        fields = require_small(document)
    except GraphQLError as failure:
        return _Read(document, fields, [failure])
    except SpiffError as refusal:
        return _Read(document, fields, [GraphQLError(refusal.detail, original_error=refusal)])
    return _Read(document, fields, validate(SCHEMA, document, max_errors=_MOST_ERRORS))


def _executed(
    asked: Asked, document: DocumentNode, variables: dict[str, Any] | None, operation_name: str | None
) -> dict[str, Any]:
    result = execute_sync(
        SCHEMA,
        document,
        context_value=asked,
        variable_values=variables,
        operation_name=None if _is_unnamed(document) else operation_name or None,
    )
    if not result.errors:
        return {"data": result.data}
    tried = any(each.path for each in result.errors)
    return {**_refused(asked, result.errors), **({"data": result.data} if tried else {})}


def _is_unnamed(document: DocumentNode) -> bool:
    """Whether the operation has no name; it is the only one then, and whatever name came along can mean no other.

    Plugins send `operationName` always (contract/rest.md 9), and nobody says that their queries are named.
    """
    return any(isinstance(each, OperationDefinitionNode) and each.name is None for each in document.definitions)


def _refused(asked: Asked, errors: Iterable[GraphQLError]) -> dict[str, Any]:
    return {"errors": [_formatted(asked, each) for each in errors]}


def _formatted(asked: Asked, error: GraphQLError) -> dict[str, Any]:
    """GraphQL's form of an error; `extensions` has what a problem document would say."""
    failure, message = error.original_error, error.message
    more: dict[str, Any] = {"code": _INVALID}
    if isinstance(failure, SpiffError):
        errors = {"errors": failure.errors} if failure.errors else {}
        message, more = failure.detail, {"code": failure.code, **errors, **failure.extra}
    elif failure is not None and not isinstance(failure, GraphQLError):
        where = [f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(failure.__traceback__)]
        log.error("unforeseen", request_id=asked.request_id, failure=type(failure).__name__, where=where)
        message, more = "this was not foreseen; the request id finds it in our log", {"code": SpiffError.code}
    return {
        **error.formatted,
        "message": message[:_LONGEST_MESSAGE],
        "extensions": {**more, "requestId": asked.request_id},
    }
