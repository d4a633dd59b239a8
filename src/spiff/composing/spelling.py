"""From what was typed to what is set: normal form, no controls, capitals (docs/composing.md, Text 1). Knows no font."""

from itertools import chain, groupby
from unicodedata import normalize

from spiff.composing.characters import bidi_class, is_unknown

_REMOVED = (
    *((0x00, 0x0A), (0x0B, 0x20), (0x7F, 0xA0), (0x61C, 0x61D), (0x200B, 0x200C), (0x200E, 0x2010)),
    *((0x2028, 0x202F), (0x2060, 0x206A), (0xFEFF, 0xFF00)),
)
_REMOVAL = dict.fromkeys(chain.from_iterable(range(*span) for span in _REMOVED))
_NO_BREAK_SPACE = "\u00a0"


def cleaned(text: str) -> str:
    """NFC, line feeds for all line ends, spaces for tabs, no controls, no invisible marks but the two joiners."""
    lines = _normal(text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return lines.translate(_REMOVAL)


def capitals(text: str) -> str:
    """Upper case by the full mapping, character by character, but for capitals Unicode 14.0 does not know."""
    return text.upper() if text.isascii() else "".join(map(_capital, text))


def is_blank(text: str) -> bool:
    """Nothing but spaces and line ends."""
    return all(bidi_class(ord(character)) in "WB" or character == _NO_BREAK_SPACE for character in text)


def _normal(text: str) -> str:
    if text.isascii():
        return text
    pieces = groupby(text, lambda character: is_unknown(ord(character)))
    return "".join("".join(piece) if unknown else normalize("NFC", "".join(piece)) for unknown, piece in pieces)


def _capital(character: str) -> str:
    upper = character.upper()
    return character if any(is_unknown(ord(each)) for each in upper) else upper
