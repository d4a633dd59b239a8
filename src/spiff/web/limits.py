"""How often somebody may ask: token buckets by address and by access key. Knows no route and no domain.

Each web process counts for itself: with N of them, up to N times as much is let through.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import NamedTuple

from spiff.errors import SpiffError
from spiff.settings import Settings

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

    def take(self, caller: str) -> Mapping[str, str]:
        """Count a request; the headers that tell what is left. Raises TooFast."""
        if not self._most:
            return {}
        self.require(caller)
        tokens, now = self._left(caller), self._clock()
        self._buckets[caller] = _Bucket(tokens - 1, now)
        self._buckets.move_to_end(caller)
        if len(self._buckets) > _MOST_REMEMBERED:
            self._buckets.popitem(last=False)
        return self._headers(tokens - 1)

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

    def address_of(self, client: tuple[str, int] | None, headers: Mapping[str, str]) -> str:
        """Who is asking: the peer, or what the outermost of our own proxies says was its peer."""
        if self._proxies:
            forwarded = [each.strip() for each in headers.get("x-forwarded-for", "").split(",") if each.strip()]
            if len(forwarded) >= self._proxies:
                return forwarded[-self._proxies]
        return client[0] if client else "unknown"
