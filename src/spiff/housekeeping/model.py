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
    jobs: int = 0
    """Records of jobs that were done long ago."""
