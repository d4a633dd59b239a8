"""The states of an order item and its allowed moves, as data (design.md 5). Knows no database.

What happens moves an item forward only: a late or repeated event finds no move and changes nothing. People may make
an item go through it again; that is another turn, and what is still under way of an earlier turn moves nothing.
"""

from collections.abc import Collection
from typing import Literal, get_args

Status = Literal["held", "received", "rendering", "ready", "delivering", "delivered", "failed", "cancelled"]
STATUSES: tuple[Status, ...] = get_args(Status)

HeldReason = Literal["unpaid", "moderation", "preflight", "merchant"]
HELD_REASONS: tuple[HeldReason, ...] = get_args(HeldReason)

MOVES: dict[Status, frozenset[Status]] = {
    "held": frozenset({"received", "failed", "cancelled"}),
    "received": frozenset({"held", "rendering", "failed", "cancelled"}),
    "rendering": frozenset({"ready", "failed"}),
    "ready": frozenset({"delivering"}),
    "delivering": frozenset({"delivered", "failed"}),
    "delivered": frozenset(),
    "failed": frozenset(),
    "cancelled": frozenset(),
}
"""Within one turn. Between being received and being held an item goes to and fro until it is rendered: nothing has
been made yet, and only people hold and release."""

NEXT_TURNS: dict[Status, frozenset[Status]] = {
    "received": frozenset({"failed", "ready", "delivering", "delivered"}),
    "ready": frozenset({"ready", "delivering", "delivered", "failed"}),
}
"""From which states a person may send an item through it again, by where the next turn begins: at `received` its files
are made anew, at `ready` those there are go out again."""

_FIRST_TOLD: tuple[Status, ...] = ("failed", *STATUSES)


def may_move(current: Status, wanted: Status) -> bool:
    """Whether an item may go from one state to another."""
    return wanted in MOVES[current]


def may_begin_again(current: Status, wanted: Status) -> bool:
    """Whether a person may begin the item's next turn at `wanted`."""
    return current in NEXT_TURNS.get(wanted, frozenset())


def order_status(items: Collection[Status]) -> Status:
    """The state of a whole order: failed or held if one of its items is, otherwise that of the item furthest behind.

    Cancelled items count where there are no others.
    """
    return min(items, key=_FIRST_TOLD.index)
