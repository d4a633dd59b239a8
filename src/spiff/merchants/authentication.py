"""Finds the integration whose server signed a request. Knows keys and signatures, no route and no order."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from spiff.auth import doctor, soa
from spiff.auth.caller import Caller, Scope
from spiff.merchants import operations
from spiff.merchants.model import Integration
from spiff.storage.database import Database
from spiff.web.routing import Services

_REMEMBERED_FOR = timedelta(seconds=3)
_MOST_REMEMBERED = 1024
_SCOPES = frozenset(Scope)


class SignatureCheck:
    """The edge's Authenticate. Remembers what it looked up for a few seconds, unknown keys like known ones."""

    def __init__(self) -> None:
        self._remembered: WeakKeyDictionary[Database, _Keys] = WeakKeyDictionary()

    async def __call__(
        self, services: Services, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[Caller, str]:
        """The caller of a request signed as contract/rest.md 3 says. Raises SignatureRefused saying what differs."""
        request = soa.Signed(method, path, headers.get("content-type", ""), headers.get("date", ""), body)
        key, signature = _read(headers.get("authorization", ""), request)
        now = services.database.clock()
        _require_fresh(request, now, services.settings.signature_window_seconds)
        integration = await self._keys(services.database).find(services.database, key, now)
        secrets = integration.secrets if integration is not None and integration.enabled else ()
        if not soa.verify(secrets, request, signature) or integration is None:
            raise doctor.wrong(request)
        return Caller(integration.partner_id, integration.id, scopes=_SCOPES), soa.encoded(signature)

    def _keys(self, database: Database) -> "_Keys":
        return self._remembered.setdefault(database, _Keys())


class _Keys:
    """Access keys looked up lately, in one database. A changed secret is noticed after `_REMEMBERED_FOR`."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, tuple[datetime, Integration | None]] = OrderedDict()

    async def find(self, database: Database, key: str, now: datetime) -> Integration | None:
        kept = self._found.get(key)
        if kept is not None and kept[0] <= now < kept[0] + _REMEMBERED_FOR:
            return kept[1]
        integration = await database.read(lambda work: operations.find_integration_by_access_key(work, key))
        self._found[key] = (now, integration)
        self._found.move_to_end(key)
        while len(self._found) > _MOST_REMEMBERED:
            self._found.popitem(last=False)
        return integration


authenticate = SignatureCheck()
"""The one the edge uses; what it remembers belongs to a database and ends with it."""


def _read(header: str, request: soa.Signed) -> tuple[str, bytes]:
    if header.strip().partition(" ")[0].upper() != "SOA":
        raise doctor.missing(request)
    parts = soa.read_authorization(header)
    if parts is None:
        raise doctor.malformed(request)
    return parts


def _require_fresh(request: soa.Signed, now: datetime, window_seconds: int) -> None:
    sent = soa.read_date(request.date)
    if sent is None:
        raise doctor.date_missing(request)
    if abs((now - sent).total_seconds()) > window_seconds:
        raise doctor.date_outside_window(request, now, window_seconds)
