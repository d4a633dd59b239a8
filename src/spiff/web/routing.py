"""What a door is made of: a Route says who may come in, what it reads and what it answers. Knows no domain.

A domain's `rest.py` lists its routes; the edge serves them, `openapi.py` documents them, tests walk over them.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Generic, Protocol, TypeVar
from uuid import UUID

import msgspec

from spiff.auth.caller import Caller
from spiff.errors import NotFound
from spiff.rendering.processes.pool import RenderPool
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.web.outgoing import Outgoing

Body = TypeVar("Body")


class Message(msgspec.Struct, rename="camel", frozen=True, omit_defaults=False):
    """Base of what doors read and answer: camelCase, unknown members tolerated (contract/rest.md 4.2)."""


JsonObject = dict[str, Any] | Annotated[list[Any], msgspec.Meta(max_length=0)]
"""An object of free form. `[]` is an empty one: PHP, which most plugins are written in, writes it so."""


def as_object(sent: dict[str, Any] | list[Any] | None) -> dict[str, Any] | None:
    """What came as a JsonObject, as one."""
    return {} if isinstance(sent, list) else sent


class Access(StrEnum):
    """Who may come in. The edge checks it before it looks at the body."""

    PUBLIC = "public"
    OWNER = "owner"
    """Holder of a transaction's owner token, `Authorization: Bearer …`."""
    SIGNED = "signed"
    """An integration's server, by `Authorization: SOA key:signature` or a message signature (docs/signing.md)."""
    AGENT = "agent"
    """A print agent, `Authorization: Bearer …` with the key of its channel."""
    EITHER = "either"
    """Anybody; but whoever claims a signature must have one. Operations ask for more where they need it."""


@dataclass(frozen=True, slots=True)
class Services:
    """What operations need from this installation; `app.py` puts it together."""

    settings: Settings
    database: Database
    files: FileStore
    rendering: RenderPool
    intake: RenderPool
    """Looks through files from outside (docs/assets.md), with tighter limits than rendering has."""
    outgoing: Outgoing = field(default_factory=Outgoing)
    """Asks addresses that merchants gave us."""


class Request(msgspec.Struct, Generic[Body], frozen=True):
    """One authenticated, decoded request."""

    services: Services
    caller: Caller
    body: Body
    raw: bytes
    path: Mapping[str, str]
    query: Mapping[str, str]
    headers: Mapping[str, str]
    signature: str | None = None
    """The accepted signature of a signed request, for recognising replays."""
    request_id: str = ""
    """What the log calls this request, for answers with problems of their own."""


class Reply(msgspec.Struct, frozen=True):
    """An answer. `body` is a Message (sent as JSON) or bytes with their `media_type`.

    Of what is long `body` is the first part, `length` says how many bytes it all has, and `rest` gives the others.
    """

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = {}
    media_type: str = "application/json"
    length: int | None = None
    rest: AsyncIterator[bytes] | None = None


class Handler(Protocol):
    """What a route calls."""

    def __call__(self, request: Request[Any], /) -> Awaitable[Reply]:
        """Answer one request."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One door of the API. Path parameters whose names end in `Id` must be UUIDs; what is none is not found."""

    method: str
    path: str
    handler: Handler
    summary: str
    tag: str
    access: Access = Access.PUBLIC
    body: Any = None
    """The type that a JSON body is decoded to."""
    takes_file: bool = False
    """Whether the body is a file's bytes, which the handler finds in `raw`."""
    answer: Any = None
    status: int = 200
    query: tuple[str, ...] = ()
    request_headers: tuple[str, ...] = ()
    refusals: tuple[int, ...] = ()
    """Statuses of problem documents, beyond those that `access` and `body` bring along."""
    application_keys: bool = False
    """Whether an application key that may order stands for a signature."""
    unlimited: bool = False
    """Whether strangers may ask as often as they like: for immutable files and pages, which caches answer."""
    cost: int = 1
    """How many requests of a stranger it counts as."""
    body_limit: Callable[[Settings], int] = lambda settings: settings.body_limit_bytes


def same_route(path: str, *aliases: str, **rest: Any) -> list[Route]:
    """The same door under several paths (contract/rest.md 4.5)."""
    return [Route(path=each, **rest) for each in (path, *aliases)]


def require_uuid(value: str, what: str) -> str:
    """The id in its canonical form. What is no UUID names nothing we have: NotFound."""
    try:
        return str(msgspec.convert(value, UUID))
    except msgspec.ValidationError:
        raise NotFound(f"there is no {what} {value!r}") from None
