"""How often somebody may ask: token buckets by address and by access key. Knows no route and no domain.

Each web process counts for itself: with N of them, up to N times as much is let through.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv6Address, IPv6Network
from typing import NamedTuple

import structlog

from spiff.errors import SpiffError
from spiff.settings import Settings

log = structlog.get_logger()

RATE_HEADERS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
"""A caller's limit, what is left of it, and in how many seconds all of it is there again."""

_MOST_REMEMBERED = 100_000
_MINUTE_SECONDS = 60.0


class TooFast(SpiffError):
    """The caller asks more often than it may; `Retry-After` says when to try again."""

    status, code, title = 429, "too-fast", "Too many requests"

    def __init__(self, detail: str, headers: Mapping[str, str]) -> None:
        super().__init__(detail)
        self.headers = dict(headers)


class _Bucket(NamedTuple):
    """What was left, and when that was."""

    tokens: float
    at: float


class RateLimit:
    """At most `per_minute` requests of each caller at once, refilled evenly over the minute. 0 lets everybody in."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = per_minute
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def take(self, caller: str, cost: int = 1) -> Mapping[str, str]:
        """Count a request, as `cost` of them; the headers that tell what is left. Raises TooFast where nothing was."""
        if not self._most:
            return {}
        self.require(caller)
        tokens, now = self._left(caller), self._clock()
        left = max(0.0, tokens - cost)
        self._buckets[caller] = _Bucket(left, now)
        self._buckets.move_to_end(caller)
        if len(self._buckets) > _MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return self._headers(left)

    def require(self, caller: str) -> None:
        """Raise TooFast where the caller has nothing left; counts nothing."""
        if not self._most or self._left(caller) >= 1:
            return
        wait = math.ceil((1 - self._left(caller)) * _MINUTE_SECONDS / self._most)
        headers = {"Retry-After": str(max(1, wait)), **self._headers(0)}
        raise TooFast(f"at most {self._most} requests a minute; try again in {max(1, wait)} s", headers)

    def _left(self, caller: str) -> float:
        bucket = self._buckets.get(caller)
        if bucket is None:
            return float(self._most)
        since = self._clock() - bucket.at
        return min(float(self._most), bucket.tokens + since * self._most / _MINUTE_SECONDS)

    def _headers(self, left: float) -> dict[str, str]:
        full_in = math.ceil((self._most - left) * _MINUTE_SECONDS / self._most)
        return dict(zip(RATE_HEADERS, map(str, (self._most, int(left), full_in)), strict=True))


class Limits:
    """The limits of an installation: strangers are counted by address, those who sign by their access key."""

    def __init__(self, settings: Settings) -> None:
        self.addresses = RateLimit(settings.rate_limit_per_address)
        self.keys = RateLimit(settings.rate_limit_per_key)
        self._proxies = settings.trusted_proxies
        self._told = False

    def address_of(self, client: tuple[str, int] | None, lines: Sequence[tuple[bytes, bytes]]) -> str:
        """Who is asking: the peer, or what the outermost of our own proxies says was its peer.

        A proxy may append to the header that came or send a line of its own behind it: what a client made up stands
        before that either way.
        """
        if self._proxies:
            said = ",".join(value.decode("latin-1") for name, value in lines if name == b"x-forwarded-for")
            forwarded = [each.strip() for each in said.split(",") if each.strip()]
            if len(forwarded) >= self._proxies:
                return _network_of(forwarded[-self._proxies])
        elif not self._told and any(name == b"x-forwarded-for" for name, _ in lines):
            self._told = True
            log.warning("proxy-not-trusted", hint="if that is a proxy of yours, set SPIFF_TRUSTED_PROXIES")
        return _network_of(client[0]) if client else "unknown"


def _network_of(address: str) -> str:
    """The address, or of IPv6 the network that one customer has (RFC 6177): each could take 2 to the 64 addresses."""
    if ":" not in address:
        return address
    try:
        found = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(found.ipv4_mapped or IPv6Network((found, 64), strict=False))
