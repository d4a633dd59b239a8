"""Finds the integration that a request comes from. Knows keys and signatures, no route and no order."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from spiff.auth import doctor, message_signatures, soa
from spiff.auth.caller import Caller, Scope
from spiff.auth.presented import Presented
from spiff.auth.presenting import claims_message_signature, claims_soa, read_message, read_soa, signed_of
from spiff.merchants import operations
from spiff.merchants.model import Integration
from spiff.storage.database import Database
from spiff.storage.work import Work
from spiff.web.routing import Services

_REMEMBERED_FOR = timedelta(seconds=3)
_MOST_REMEMBERED = 1024
_USE_NOTED_FOR = timedelta(minutes=1)
_SCOPES = frozenset(Scope)
_ORDERS_ONLY = frozenset({Scope.ORDERS_WRITE})


class SignatureCheck:
    """The edge's Authenticate. Remembers what it looked up for a few seconds, unknown keys like known ones."""

    def __init__(self) -> None:
        self._remembered: WeakKeyDictionary[Database, _Remembered] = WeakKeyDictionary()

    async def __call__(
        self, services: Services, request: Presented, *, application_keys: bool = False
    ) -> tuple[Caller, str | None]:
        """Who sent a signed request, and the signature it showed. Raises SignatureRefused saying what differs.

        With `application_keys` one that may order stands for a signature, of which there is then none.
        """
        remembered = self._remembered.get(services.database)
        if remembered is None:
            remembered = self._remembered[services.database] = _Remembered()
        if claims_soa(request):
            return await _soa(services, remembered, request)
        if claims_message_signature(request):
            return await _message(services, remembered, request)
        if application_keys and (key := request.headers.get("x-application-key")):
            return await _application_key(services, remembered, request, key)
        raise doctor.missing(signed_of(request))


class _Remembered:
    """What was looked up lately in one database, and which uses were noted."""

    def __init__(self) -> None:
        self.by_access_key = _Keys(operations.find_integration_by_access_key)
        self.by_application_key = _Keys(operations.find_integration_by_application_key)
        self._noted: dict[tuple[str, str], datetime] = {}
        self._writing: set[asyncio.Future[None]] = set()

    def note_use(self, database: Database, integration: Integration, key: str, now: datetime) -> None:
        """Have it written down that a key let somebody in, once a minute; nobody waits for that."""
        before = self._noted.get((integration.id, key))
        if before is not None and before <= now < before + _USE_NOTED_FOR:
            return
        self._noted[integration.id, key] = now
        noting = asyncio.ensure_future(database.write(lambda work: operations.note_use(work, integration.id, key)))
        self._writing.add(noting)
        noting.add_done_callback(self._written)

    def _written(self, noting: "asyncio.Future[None]") -> None:
        """A use that could not be written, as with a full disk, is no reason to refuse: the next minute tries again."""
        self._writing.discard(noting)
        if not noting.cancelled():
            noting.exception()


class _Keys:
    """Keys looked up lately, in one database. What changed about one is noticed after `_REMEMBERED_FOR`."""

    def __init__(self, look_up: Callable[[Work, str], Integration | None]) -> None:
        self._look_up = look_up
        self._found: OrderedDict[str, tuple[datetime, Integration | None]] = OrderedDict()

    async def find(self, database: Database, key: str, now: datetime) -> Integration | None:
        kept = self._found.get(key)
        if kept is not None and kept[0] <= now < kept[0] + _REMEMBERED_FOR:
            return kept[1]
        integration = await database.read(lambda work: self._look_up(work, key))
        self._found[key] = (now, integration)
        self._found.move_to_end(key)
        while len(self._found) > _MOST_REMEMBERED:
            self._found.popitem(last=False)
        return integration


authenticate = SignatureCheck()
"""The one the edge uses; what it remembers belongs to a database and ends with it."""


async def _soa(services: Services, remembered: _Remembered, request: Presented) -> tuple[Caller, str]:
    """contract/rest.md 3."""
    now = services.database.clock()
    key, signature = read_soa(request, now, services.settings.signature_window_seconds)
    signed = signed_of(request)
    integration = await remembered.by_access_key.find(services.database, key, now)
    secret = soa.matching_secret(_live_secrets(integration), signed, signature)
    if integration is None or secret is None:
        raise doctor.wrong(signed)
    if integration.requires_message_signatures:
        raise doctor.scheme_refused(signed)
    remembered.note_use(services.database, integration, secret, now)
    made_at = soa.read_date(signed.date) or now
    return _caller(integration), _name_of(soa.encoded(signature), made_at.timestamp())


async def _message(services: Services, remembered: _Remembered, request: Presented) -> tuple[Caller, str]:
    """RFC 9421. All that needs no key is looked at first, so that an unknown key is told nothing else."""
    now, base_url = services.database.clock(), services.settings.base_url
    signature = read_message(request, now, services.settings.signature_window_seconds)
    integration = await remembered.by_access_key.find(services.database, signature.key_id, now)
    base = message_signatures.signature_base(request, signature.components, signature.parameters, base_url)
    secret = message_signatures.matching_secret(_live_secrets(integration), base, signature.value)
    if integration is None or secret is None:
        raise doctor.message_wrong(request, signature, base_url)
    remembered.note_use(services.database, integration, secret, now)
    return _caller(integration), _name_of(message_signatures.encoded(signature), signature.created)


async def _application_key(
    services: Services, remembered: _Remembered, request: Presented, key: str
) -> tuple[Caller, None]:
    """A key that pages show proves nothing; the merchant says in the catalogue that it is enough to order."""
    now = services.database.clock()
    integration = await remembered.by_application_key.find(services.database, key, now)
    if integration is None or not integration.enabled or not integration.lets_order(key):
        raise doctor.application_key_refused(signed_of(request))
    remembered.note_use(services.database, integration, key, now)
    return Caller(integration.partner_id, integration.id, scopes=_ORDERS_ONLY, test=integration.test), None


def _caller(integration: Integration) -> Caller:
    return Caller(integration.partner_id, integration.id, scopes=_SCOPES, test=integration.test)


def _name_of(signature: str, made_at: float) -> str:
    """How an accepted signature is remembered: behind the second it was made in, which it covers.

    So those of one time stand together in the index of all, and each order does not change a page of its own there.
    """
    return f"{int(made_at)}:{signature}"


def _live_secrets(integration: Integration | None) -> tuple[str, ...]:
    return integration.secrets if integration is not None and integration.enabled else ()
