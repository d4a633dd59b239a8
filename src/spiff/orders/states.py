"""The states of an order item and its allowed moves, as data (design.md 5). Knows no database.

Only forward: a late or repeated event finds no move and changes nothing.
"""

from collections.abc import Collection
from typing import Literal, get_args

Status = Literal["held", "received", "rendering", "ready", "delivering", "delivered", "failed"]
STATUSES: tuple[Status, ...] = get_args(Status)

MOVES: dict[Status, frozenset[Status]] = {
    "held": frozenset({"received", "failed"}),
    "received": frozenset({"rendering", "failed"}),
    "rendering": frozenset({"ready", "failed"}),
    "ready": frozenset({"delivering"}),
    "delivering": frozenset({"delivered", "failed"}),
    "delivered": frozenset(),
    "failed": frozenset(),
}

_FIRST_TOLD: tuple[Status, ...] = ("failed", *STATUSES)


def may_move(current: Status, wanted: Status) -> bool:
    """Whether an item may go from one state to another."""
    return wanted in MOVES[current]


def sources(wanted: Status) -> tuple[Status, ...]:
    """The states from which an item may go to `wanted`: what an update is fenced with."""
    return tuple(current for current in STATUSES if may_move(current, wanted))


def order_status(items: Collection[Status]) -> Status:
    """The state of a whole order: failed or held if one of its items is, otherwise that of the item furthest behind."""
    return min(items, key=_FIRST_TOLD.index)
