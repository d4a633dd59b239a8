"""Finds lookups of a font that name a set of marks which is not there (OpenType, GDEF). Shapes nothing."""

from collections.abc import Iterator

_LOOKUPS = (b"GSUB", b"GPOS")
_LOOKUP_LIST_AT, _MARK_SETS_AT = 8, 12
_USES_MARK_SET = 0x10
_WITH_MARK_SETS = 0x00010002
"""The version of GDEF since which there are such sets."""


def lacks_mark_sets(tables: dict[bytes, bytes]) -> bool:
    """Whether some lookup minds only the marks of a set that GDEF has not: builds of HarfBuzz take that differently."""
    known = _count(tables.get(b"GDEF", b""))
    return any(index >= known for tag in _LOOKUPS for index in _named(tables.get(tag, b"")))


def _count(classes: bytes) -> int:
    at = _number(classes, _MARK_SETS_AT)
    return _number(classes, at + 2) if at and int.from_bytes(classes[:4], "big") >= _WITH_MARK_SETS else 0


def _named(table: bytes) -> Iterator[int]:
    """The numbers of the sets that lookups name."""
    begin = _number(table, _LOOKUP_LIST_AT)
    for each in range(_number(table, begin)):
        lookup = begin + _number(table, begin + 2 + 2 * each)
        if _number(table, lookup + 2) & _USES_MARK_SET:
            yield _number(table, lookup + 6 + 2 * _number(table, lookup + 4))


def _number(table: bytes, at: int) -> int:
    return int.from_bytes(table[at : at + 2], "big")
