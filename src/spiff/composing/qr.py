"""QR codes (ISO/IEC 18004): text in, dark and light modules out. Byte mode, level M. Knows no region."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, product

MOST_BYTES = 2331
"""What the largest code, version 40, holds at level M."""

# Table 9 of the standard at level M, by version: error correction codewords of a block, and blocks.
_CORRECTION = (
    *(10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26),
    *(26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28),
)
_BLOCKS = (
    *(1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16),
    *(17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49),
)
_FIELD, _FORMAT, _FORMAT_MASK, _VERSION = 0x11D, 0x537, 0x5412, 0x1F25
_PADDING = (0xEC, 0x11)
_RUN = re.compile("0{5,}|1{5,}")
_FINDER_LIKE = re.compile("(?=10111010000|00001011101)")

Modules = list[list[int]]
"""Rows of 0 (light) and 1 (dark)."""


class TooLong(ValueError):
    """No code holds so many bytes."""


@lru_cache(64)
def qr_code(text: str) -> tuple[tuple[int, ...], ...]:
    """The smallest code for this text, row by row, without its quiet zone. Raises TooLong."""
    data = text.encode()
    version = _version(len(data))
    grid = _patterns(version)
    _fill(grid, _codewords(version, data))
    best: Modules = min((_masked(grid, mask) for mask in range(8)), key=_penalty)
    return tuple(tuple(row) for row in best)


def _version(count: int) -> int:
    for version in range(1, 41):
        if 4 + _count_bits(version) + 8 * count <= 8 * _capacity(version):
            return version
    raise TooLong(f"a QR code holds at most {MOST_BYTES} bytes")


def _count_bits(version: int) -> int:
    return 8 if version < 10 else 16


def _capacity(version: int) -> int:
    return _all_codewords(version) - _CORRECTION[version - 1] * _BLOCKS[version - 1]


def _all_codewords(version: int) -> int:
    modules = (16 * version + 128) * version + 64
    if version > 1:
        aligned = version // 7 + 2
        modules -= (25 * aligned - 10) * aligned - 55
    return (modules - (36 if version > 6 else 0)) // 8


def _codewords(version: int, data: bytes) -> list[int]:
    """Data in blocks with their error correction, interleaved (7.6)."""
    stream, count, per_block = _padded(version, data), _BLOCKS[version - 1], _CORRECTION[version - 1]
    short = len(stream) // count
    longer = len(stream) % count
    blocks, begin = [], 0
    for index in range(count):
        end = begin + short + (1 if index >= count - longer else 0)
        blocks.append(stream[begin:end])
        begin = end
    divisor = _divisor(per_block)
    corrections = [_remainder(block, divisor) for block in blocks]
    return [*_interleaved(blocks), *_interleaved(corrections)]


def _padded(version: int, data: bytes) -> list[int]:
    """Mode, length, bytes, terminator and padding (7.4)."""
    bits = f"0100{len(data):0{_count_bits(version)}b}" + "".join(f"{each:08b}" for each in data)
    capacity = _capacity(version)
    bits += "0" * min(4, 8 * capacity - len(bits))
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    return words + [_PADDING[index % 2] for index in range(capacity - len(words))]


def _interleaved(blocks: Sequence[Sequence[int]]) -> Iterator[int]:
    for at in range(max(map(len, blocks))):
        yield from (block[at] for block in blocks if at < len(block))


def _times(one: int, other: int) -> int:
    product = 0
    for bit in range(7, -1, -1):
        product = (product << 1) ^ ((product >> 7) * _FIELD)
        product ^= ((other >> bit) & 1) * one
    return product


@lru_cache(32)
def _divisor(degree: int) -> tuple[int, ...]:
    """The generator polynomial, its leading 1 left out."""
    found, root = [0] * (degree - 1) + [1], 1
    for _ in range(degree):
        for at in range(degree):
            found[at] = _times(found[at], root) ^ (found[at + 1] if at + 1 < degree else 0)
        root = _times(root, 2)
    return tuple(found)


def _remainder(block: Sequence[int], divisor: Sequence[int]) -> list[int]:
    rest = [0] * len(divisor)
    for word in block:
        factor = word ^ rest.pop(0)
        rest.append(0)
        rest = [each ^ _times(by, factor) for each, by in zip(rest, divisor, strict=True)]
    return rest


class _Grid:
    """A code being drawn: its modules, and which of them do not depend on the data."""

    def __init__(self, version: int) -> None:
        self.version = version
        self.size = 17 + 4 * version
        self.drawn: Modules = [[0] * self.size for _ in range(self.size)]
        self.fixed: Modules = [[0] * self.size for _ in range(self.size)]

    def put(self, x: int, y: int, dark: int) -> None:
        """A module of a fixed pattern; what lies outside is left out."""
        if 0 <= x < self.size and 0 <= y < self.size:
            self.drawn[y][x], self.fixed[y][x] = dark, 1

    def rings(self, x: int, y: int, reach: int, light: tuple[int, ...]) -> None:
        """Squares around a module; those at these distances are light."""
        around = range(-reach, reach + 1)
        for across, down in product(around, around):
            self.put(x + across, y + down, int(max(abs(across), abs(down)) not in light))


def _patterns(version: int) -> _Grid:
    """What does not depend on the data (6.3). The format is reserved, and written with the mask."""
    grid = _Grid(version)
    size = grid.size
    for at in range(size):
        grid.put(6, at, 1 - at % 2)
        grid.put(at, 6, 1 - at % 2)
    for x, y in ((3, 3), (size - 4, 3), (3, size - 4)):
        grid.rings(x, y, 4, light=(2, 4))
    places = _alignment(version)
    for x, y in set(product(places, places)) - {(6, 6), (6, size - 7), (size - 7, 6)}:
        grid.rings(x, y, 2, light=(1,))
    for x, y, _ in _format_places(size):
        grid.put(x, y, 0)
    grid.put(8, size - 8, 1)
    if version > 6:
        _write_version(grid)
    return grid


def _write_version(grid: _Grid) -> None:
    bits = _checked(grid.version, 12, _VERSION)
    for index in range(18):
        far, near = grid.size - 11 + index % 3, index // 3
        grid.put(far, near, bits >> index & 1)
        grid.put(near, far, bits >> index & 1)


def _alignment(version: int) -> list[int]:
    if version == 1:
        return []
    count = version // 7 + 2
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    return [6, *sorted(4 * version + 10 - index * step for index in range(count - 1))]


def _format_places(size: int) -> Iterator[tuple[int, int, int]]:
    """Column, row and bit of both copies of the format (7.9)."""
    for bit in range(15):
        if bit < 8:
            yield 8, bit if bit < 6 else bit + 1, bit
        else:
            yield 7 if bit == 8 else 14 - bit, 8, bit
        yield (size - 1 - bit, 8, bit) if bit < 8 else (8, size - 15 + bit, bit)


def _checked(value: int, digits: int, polynomial: int) -> int:
    """The value with the remainder of its division behind it (annexes C and D)."""
    rest = value
    for _ in range(digits):
        rest = (rest << 1) ^ ((rest >> (digits - 1)) * polynomial)
    return value << digits | rest


def _fill(grid: _Grid, words: list[int]) -> None:
    """The codewords, bit by bit; what is left over stays light."""
    bits = (word >> bit & 1 for word in words for bit in range(7, -1, -1))
    for (x, y), dark in zip(_way(grid), bits, strict=False):
        grid.drawn[y][x] = dark


def _way(grid: _Grid) -> Iterator[tuple[int, int]]:
    """Pairs of columns, up and down in turns, from the right (7.7.3)."""
    for right in (*range(grid.size - 1, 6, -2), *range(5, 0, -2)):
        upward = (right + 1) & 2 == 0
        rows = range(grid.size - 1, -1, -1) if upward else range(grid.size)
        yield from ((x, y) for y in rows for x in (right, right - 1) if not grid.fixed[y][x])


def _masked(grid: _Grid, mask: int) -> Modules:
    size, flips = grid.size, _MASKS[mask]
    made = [
        [dark if grid.fixed[y][x] else dark ^ flips(x, y) for x, dark in enumerate(row)]
        for y, row in enumerate(grid.drawn)
    ]
    bits = _checked(mask, 10, _FORMAT) ^ _FORMAT_MASK  # level M is 00
    for x, y, bit in _format_places(size):
        made[y][x] = bits >> bit & 1
    return made


_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda x, y: (x + y) % 2 == 0,
    lambda x, y: y % 2 == 0,
    lambda x, y: x % 3 == 0,
    lambda x, y: (x + y) % 3 == 0,
    lambda x, y: (x // 3 + y // 2) % 2 == 0,
    lambda x, y: x * y % 2 + x * y % 3 == 0,
    lambda x, y: (x * y % 2 + x * y % 3) % 2 == 0,
    lambda x, y: ((x + y) % 2 + x * y % 3) % 2 == 0,
)
"""Table 10 of the standard."""


def _penalty(modules: Modules) -> int:
    """How hard a code is to read (7.8.3): long runs, squares, what looks like a finder, too dark or too light."""
    rows = ["".join(map(str, row)) for row in modules]
    lines = [*rows, *("".join(column) for column in zip(*rows, strict=True))]
    runs = sum(len(found[0]) - 2 for line in lines for found in _RUN.finditer(line))
    finders = sum(len(_FINDER_LIKE.findall(line)) for line in lines)
    squares = sum(
        above[x] == above[x + 1] == below[x] == below[x + 1]
        for above, below in pairwise(rows)
        for x in range(len(rows) - 1)
    )
    dark, total = sum(row.count("1") for row in rows), len(rows) ** 2
    return runs + 40 * finders + 3 * squares + 10 * (abs(20 * dark - 10 * total) // total)
