"""Foreseen failures: each has a public code and an HTTP status. Doors translate them, nobody else needs to."""

from typing import Any, Self


class SpiffError(Exception):
    """Base of all foreseen failures. `detail` says what was expected, what came, what to do; it holds no secret."""

    status = 500
    code = "internal"
    title = "Something went wrong on our side"

    def __init__(self, detail: str, *, errors: list[dict[str, str]] | None = None, **extra: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors or []
        self.extra = extra
        """Further members of the problem document, such as `currentRevision`. Keys are camelCase."""

    def at(self, pointer: str, code: str | None = None) -> Self:
        """The same, saying which member of the request it is about (RFC 6901), or which name of its query."""
        self.errors = [{"pointer": pointer, "code": code or self.code, "detail": self.detail}]
        return self

    headers: dict[str, str] = {}  # noqa: RUF012 - subclasses replace it, nobody changes it in place


class NotFound(SpiffError):
    """There is no such thing, or it belongs to somebody else."""

    status, code, title = 404, "not-found", "Not found"


class BadRequest(SpiffError):
    """The request cannot be read: not JSON, or not JSON of the right shape."""

    status, code, title = 400, "bad-request", "The request cannot be read"


class Invalid(SpiffError):
    """The request can be read but asks for something the rules do not allow; `errors` points at each field."""

    status, code, title = 422, "invalid", "The request breaks a rule"


class TooLarge(SpiffError):
    """The body is over its limit."""

    status, code, title = 413, "too-large", "The body is too large"


class TooSlow(SpiffError):
    """The body did not arrive in time."""

    status, code, title = 408, "too-slow", "The request took too long to arrive"


class Conflict(SpiffError):
    """The thing is not in a state that allows this; the current state is in the problem document."""

    status, code, title = 409, "conflict", "The current state does not allow this"


class StaleRevision(SpiffError):
    """Somebody else wrote in between; nothing was overwritten."""

    status, code, title = 412, "stale-revision", "Changed in the meantime"


class Unauthorized(SpiffError):
    """The caller did not show who it is."""

    status, code, title = 401, "unauthorized", "Not authorised"


class OwnerUnknown(Unauthorized):
    """The owner token is missing, or another transaction's."""

    headers = {"WWW-Authenticate": "Bearer"}  # noqa: RUF012 - never changed in place


class AgentUnknown(Unauthorized):
    """The key of a print agent is missing, or no channel's."""

    code, title = "agent-unknown", "This is no key of a print agent"
    headers = {"WWW-Authenticate": "Bearer"}  # noqa: RUF012 - never changed in place


class Unavailable(SpiffError):
    """The database or the file store cannot be reached right now; nothing was half-written."""

    status, code, title = 503, "unavailable", "Try again in a moment"
    headers = {"Retry-After": "2"}  # noqa: RUF012 - never changed in place
