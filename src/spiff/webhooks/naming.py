"""The public names of events, read back. Knows nothing else."""

from spiff.errors import NotFound

_PREFIX = "evt_"
_MOST_DIGITS = 18


def event_number(public_id: str) -> int:
    """The number in `evt_1042`. Raises NotFound where it is no such name."""
    digits = public_id.removeprefix(_PREFIX)
    written = public_id.startswith(_PREFIX) and digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    number = int(digits) if written else 0
    if number == 0:
        raise NotFound(f"there is no event {public_id[:40]!r}")
    return number
