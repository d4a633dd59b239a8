"""Tells the platform about paid orders until it has confirmed them. Knows no page and no visitor.

A paid order is on the disk before it is sent. When the platform is away, or this process ends in between, it is sent
again under the same number, and the platform answers the order it already has: never lost, never doubled. The price
tokens go along: what was changed after it was paid, a design or its price, is refused there and never made.
"""

import logging
import threading

from .platform import Platform, PlatformAway, PlatformRefused
from .store import Order, Store

log = logging.getLogger(__name__)

_PAUSE_SECONDS = 2.0
_PATIENCE_SECONDS = 3.0


class OrderSender:
    """A thread that sends what is waiting, when told and every few seconds."""

    def __init__(self, platform: Platform, store: Store) -> None:
        self._platform = platform
        self._store = store
        self._wake = threading.Event()
        self._sent = threading.Condition()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="order-sender", daemon=True)

    def start(self) -> None:
        """Begin, with what an earlier run left behind."""
        self._thread.start()

    def stop(self) -> None:
        """End after the order in hand; the others are sent at the next start."""
        self._stopped = True
        self._wake.set()
        self._thread.join(_PATIENCE_SECONDS)

    def send_soon(self, number: int) -> None:
        """Send now, and wait a moment for the answer, so that the next page can already show it."""
        with self._sent:
            self._wake.set()
            self._sent.wait_for(lambda: self._is_sent(number), _PATIENCE_SECONDS)

    def _is_sent(self, number: int) -> bool:
        order = self._store.find_order(number)
        return order is not None and order.state != "paid"

    def _run(self) -> None:
        while not self._stopped:
            self._wake.clear()
            for order in self._store.orders_to_send():
                self._send(order)
            with self._sent:
                self._sent.notify_all()
            self._wake.wait(_PAUSE_SECONDS)

    def _send(self, order: Order) -> None:
        items = [(line.transaction_id, line.quantity, line.token) for line in order.lines]
        try:
            placed = self._platform.place_order(order.external_id, items)
        except PlatformRefused as refusal:
            self._store.mark_refused(order.number, str(refusal))
            log.error("order %s was refused: %s", order.external_id, refusal)
        except PlatformAway as reason:
            log.warning("order %s waits: %s", order.external_id, reason)
        else:
            self._store.mark_placed(order.number, str(placed["id"]))
