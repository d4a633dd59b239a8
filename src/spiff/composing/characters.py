"""What is known of characters: bidi class, script, age, marks, brackets. From unicode.json, as the browser has it."""

import json
import re
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

_TABLE = json.loads(Path(__file__).with_name("unicode.json").read_text())


class _Runs:
    """A value for every code point, kept as the starts of runs."""

    def __init__(self, runs: str, value: str) -> None:
        self._starts: list[int] = []
        self._values: list[str] = []
        start = 0
        for length, name in re.findall(f"([0-9a-z]+)({value})", runs):
            self._starts.append(start)
            self._values.append(name)
            start += int(length, 36)

    def __getitem__(self, code: int) -> str:
        return self._values[bisect_right(self._starts, code) - 1]


_BIDI = _Runs(_TABLE["bidi"], "[A-Z]")
_SCRIPT = _Runs(_TABLE["script"], "[A-Z][a-z]{3}")
_UNKNOWN = _Runs(_TABLE["unknown"], "[A-Z]")
_MARK = _Runs(_TABLE["mark"], "[A-Z]")


CLOSING = dict(zip(*[map(ord, _TABLE["brackets"])] * 2, strict=True))
"""By opening bracket, the one that closes it."""

NO_BREAK_BEFORE = frozenset(map(ord, _TABLE["noBreakBefore"]))
NO_BREAK_AFTER = frozenset(map(ord, _TABLE["noBreakAfter"]))
"""Between characters as wide as high, a line breaks anywhere but there."""


@lru_cache(4096)
def bidi_class(code: int) -> str:
    """One letter: L R, A (AL), E (EN), S (ES), T (ET), N (AN), C (CS), M (NSM), Z (BN), B, W (WS), O (ON)."""
    return _BIDI[code]


@lru_cache(4096)
def script(code: int) -> str:
    """The ISO 15924 code; Zyyy for common and inherited characters."""
    return _SCRIPT[code]


def is_unknown(code: int) -> bool:
    """Not a character of Unicode 14.0, so machines differ in what they know about it."""
    return code > 0x2FF and _UNKNOWN[code] == "Y"


@lru_cache(4096)
def mark(code: int) -> str:
    """M for a combining mark, V for one that joins the consonant after it, K with a joiner only, N for no mark."""
    return _MARK[code]


@lru_cache(4096)
def is_letter(code: int) -> bool:
    """A letter of some script, as far as words and cases are concerned."""
    return bidi_class(code) in "LRA" and script(code) != "Zyyy"


@lru_cache(4096)
def is_in_word(code: int) -> bool:
    """A letter, a mark or a digit."""
    return is_letter(code) or mark(code) != "N" or bidi_class(code) in "EN"
