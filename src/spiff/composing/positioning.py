"""What a font file says about positioning, and a way around what the browser's HarfBuzz was built without.

HarfBuzz places marks by guessing where it finds no GPOS to use; the browser's build cannot. So neither lets it: a
font without GPOS is given an empty one, and Hebrew in a font that has no Hebrew GPOS is not shaped as Hebrew.
"""

_KINDS = (b"\0\1\0\0", b"OTTO", b"true")
_EMPTY = bytes((0, 1, 0, 0, 0, 10, 0, 12, 0, 14, 0, 0, 0, 0, 0, 0))
_HEADER, _RECORD = 12, 16


def with_positioning(data: bytes) -> bytes:
    """The font file with a GPOS table: its own, or an empty one after all others."""
    if data[:4] not in _KINDS or _table(data, b"GPOS") is not None:
        return data
    end = _HEADER + _number(data, 4, 2) * _RECORD
    records = [_moved(data[at : at + _RECORD]) for at in range(_HEADER, end, _RECORD)]
    gap = -len(data) % 4
    place = (len(data) + _RECORD + gap).to_bytes(4, "big")
    records.append(b"GPOS" + bytes(4) + place + len(_EMPTY).to_bytes(4, "big"))
    head = data[:4] + len(records).to_bytes(2, "big") + data[6:_HEADER]
    # HarfBuzz looks tables up by bisection: the directory stays in the order of tags.
    return head + b"".join(sorted(records)) + data[end:] + bytes(gap) + _EMPTY


def positions_hebrew(data: bytes) -> bool:
    """Whether GPOS has rules for the Hebrew script."""
    table = _table(data, b"GPOS")
    if table is None:
        return False
    scripts = table + _number(data, table + 4, 2)
    first = scripts + 2
    return any(data[at : at + 4] == b"hebr" for at in range(first, first + _number(data, scripts, 2) * 6, 6))


def _table(data: bytes, tag: bytes) -> int | None:
    for at in range(_HEADER, _HEADER + _number(data, 4, 2) * _RECORD, _RECORD):
        if data[at : at + 4] == tag:
            return _number(data, at + 8, 4)
    return None


def _moved(record: bytes) -> bytes:
    """The directory grows by one record, so every table moves by its length."""
    return record[:8] + (_number(record, 8, 4) + _RECORD).to_bytes(4, "big") + record[12:]


def _number(data: bytes, at: int, length: int) -> int:
    return int.from_bytes(data[at : at + length], "big")
