"""What tidying up did, or would do. Knows no database."""

import msgspec


class Tidied(msgspec.Struct):
    """How many of each."""

    designs: int = 0
    """Transactions that nobody ordered, with all their designs."""
    set_aside: int = 0
    """Files that nothing refers to; still there, and removed next time but one."""
    brought_back: int = 0
    """Files that were set aside and are needed after all."""
    removed: int = 0
    """Files that were set aside long enough."""
    events: int = 0
    """Events that happened long ago, and that everybody was told of who was to be."""
    deliveries: int = 0
    """Records of telling webhook endpoints of them."""
    dead_letters: int = 0
    """Those among these that an endpoint never accepted."""
    jobs: int = 0
    """Records of jobs that were done or given up long ago."""


class OldEvents(msgspec.Struct, frozen=True):
    """Some events of one integration that went, or would go."""

    events: int
    deliveries: int
    dead_letters: int
    up_to: int
    """The id of the last one."""
