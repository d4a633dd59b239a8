"""From what was typed to what is set: normal form, no controls, cases (docs/composing.md, Text 1). Knows no font."""

import re
from itertools import accumulate, chain, groupby, islice
from unicodedata import normalize

from spiff.composing.characters import bidi_class, is_in_word, is_letter, is_unknown, mark
from spiff.composing.workflow import TextCase

_REMOVED = (
    *((0x00, 0x0A), (0x0B, 0x20), (0x7F, 0xA0), (0x61C, 0x61D), (0x200E, 0x2010)),
    *((0x2028, 0x202F), (0x2060, 0x206A), (0xFEFF, 0xFF00)),
)
_REMOVAL = dict.fromkeys(chain.from_iterable(range(*span) for span in _REMOVED))
SOFT_HYPHEN, ZERO_WIDTH_SPACE = "\u00ad", "\u200b"
_BREAK_MARKS = re.compile(f"[{SOFT_HYPHEN}{ZERO_WIDTH_SPACE}]+")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_SELECTORS = re.compile("[\ufe0e\ufe0f]")
_NO_BREAK_SPACE = "\u00a0"
_APOSTROPHES = frozenset("'\u2019\u02bc")
_DIGRAPHS = {each: group[1] for group in ("ǆǅǄ", "ǉǈǇ", "ǌǋǊ", "ǳǲǱ") for each in group}
"""Letters that are two at once have a case of their own for where a word begins."""
_SIGMA, _FINAL_SIGMA = "\u03c3", "\u03c2"
_JOINER = 0x200D
_MOST_IN_CHARACTER = 12
"""Code points: a family of emoji in four skin tones has eleven. What is longer counts as several characters."""
_JOINING = frozenset((0x200C, _JOINER))
_IN_WORDS = frozenset((SOFT_HYPHEN, *map(chr, _JOINING)))
"""What no word ends at."""
_REGIONAL = range(0x1F1E6, 0x1F200)
_EXTENDING = frozenset((*_JOINING, 0xE33, 0xEB3, 0xFF9E, 0xFF9F, *range(0x1F3FB, 0x1F400), *range(0xE0020, 0xE0080)))
"""What goes with the character before it and is no mark: joiners, the Thai and Lao vowel AM, the voicing of narrow
katakana, skin tones, the tags that name the flag of a region."""
_JAMO_BEHIND = (range(0x1160, 0x1200), range(0xD7B0, 0xD7FC))
"""Vowels and final consonants of Hangul."""
_HANGUL = (range(0x1100, 0x1200), range(0xA960, 0xA97D), range(0xAC00, 0xD7FC))


def cleaned(text: str) -> str:
    """NFC, line feeds for all line ends, spaces for tabs, no controls, no invisible marks but joiners and break marks.

    Of break marks side by side one is left: there may be no more of them than of what a reader sees.
    """
    lines = _normal(_LONE_SURROGATES.sub("", text)).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _BREAK_MARKS.sub(_one_mark, lines.translate(_REMOVAL))


def without_break_marks(text: str) -> str:
    """The text without the soft hyphens and zero width spaces in it."""
    return _BREAK_MARKS.sub("", text)


def capitals(text: str) -> str:
    """Upper case by the full mapping, character by character, but for capitals Unicode 14.0 does not know."""
    return text.upper() if text.isascii() else "".join(map(_capital, text))


def cased(text: str, case: TextCase) -> str:
    """The text in the case that a step wants."""
    if case == "upper":
        return capitals(text)
    if case == "lower":
        return lowered(text)
    return _title(text) if case == "title" else text


def lowered(text: str) -> str:
    """Lower case by the full mapping, character by character; a sigma that ends a word is a final one."""
    return "".join(_lower_each(text))


def words(text: str) -> list[str]:
    """The runs of letters, marks and digits, without the soft hyphens and joiners in them."""
    pieces = groupby(without_joints(text), lambda character: is_in_word(ord(character)))
    return ["".join(piece) for inside, piece in pieces if inside]


def without_joints(text: str) -> str:
    """The text without soft hyphens and joiners: of two words that are spelt alike, one may have them."""
    return "".join(each for each in text if each not in _IN_WORDS)


def clusters(text: str) -> list[str]:
    """Characters with what belongs to them: marks, joined consonants, emoji sequences, flags."""
    if text.isascii():
        return list(text)
    found: list[str] = []
    for character in text:
        if found and _belongs(ord(character), found[-1]):
            found[-1] += character
        else:
            found.append(character)
    return found


def first_characters(text: str, most: int) -> list[str]:
    """So many characters, as a reader counts them, or all there are; without break marks, which nobody sees."""
    near = clusters(without_break_marks(text)[: (most + 1) * _MOST_IN_CHARACTER])
    parts = (each[at : at + _MOST_IN_CHARACTER] for each in near for at in range(0, len(each), _MOST_IN_CHARACTER))
    return list(islice(parts, most))


def letters(text: str) -> list[str]:
    """The characters of a text whose letters are drawings: as a reader counts them, without marks that change none.

    A variation selector only chooses between a coloured and a plain sign, and keyboards differ in setting it.
    """
    return [_SELECTORS.sub("", each) or each for each in clusters(_normal(without_break_marks(text)))]


def shortened(text: str, most: int) -> str:
    """The text up to so many characters, with the break marks between them."""
    room = sum(map(len, first_characters(text, most)))
    seen = accumulate(each not in (SOFT_HYPHEN, ZERO_WIDTH_SPACE) for each in text)
    return text[: next((at for at, count in enumerate(seen) if count > room), len(text))]


def is_blank(text: str) -> bool:
    """Nothing but spaces, line ends, and joiners and break marks, which cannot be seen by themselves."""
    return all(bidi_class(ord(character)) in "WBZ" or character == _NO_BREAK_SPACE for character in text)


def _one_mark(marks: re.Match[str]) -> str:
    return ZERO_WIDTH_SPACE if ZERO_WIDTH_SPACE in marks[0] else SOFT_HYPHEN


def _normal(text: str) -> str:
    if text.isascii():
        return text
    pieces = groupby(text, lambda character: is_unknown(ord(character)))
    return "".join("".join(piece) if unknown else normalize("NFC", "".join(piece)) for unknown, piece in pieces)


def _capital(character: str) -> str:
    return _known(character, character.upper())


def _lower(character: str) -> str:
    return _known(character, character.lower())


def _known(character: str, other: str) -> str:
    """The other case of a character, where Unicode 14.0 knows them both."""
    return character if any(is_unknown(ord(each)) for each in character + other) else other


def _lower_each(text: str) -> list[str]:
    found = [_lower(character) for character in text]
    for at, lower in enumerate(found):
        if lower == _SIGMA and text[at] != _SIGMA and _ends_word(text, at):
            found[at] = _FINAL_SIGMA
    return found


def _title(text: str) -> str:
    """A capital where a word begins, small letters elsewhere; an apostrophe in a word does not end it."""
    lower = _lower_each(text)
    return "".join(_initial(text[at]) if _begins_word(text, at) else each for at, each in enumerate(lower))


def _initial(character: str) -> str:
    """The capital that a word begins with: of a letter whose capital is several, only the first one is."""
    upper = _DIGRAPHS.get(character) or _capital(character)
    first = next((at for at, each in enumerate(upper) if is_letter(ord(each))), 0)
    return upper if len(upper) == 1 else upper[: first + 1] + "".join(map(_lower, upper[first + 1 :]))


def _begins_word(text: str, at: int) -> bool:
    if not is_letter(ord(text[at])):
        return False
    before = _next(text, at, -1)
    if _at(text, before) in _APOSTROPHES:
        before = _next(text, before, -1)
    return not is_in_word(ord(_at(text, before)))


def _ends_word(text: str, at: int) -> bool:
    before, after = _at(text, _next(text, at, -1)), _at(text, _next(text, at, 1))
    return is_letter(ord(before)) and not is_letter(ord(after))


def _next(text: str, at: int, step: int) -> int:
    """Where the neighbour stands, but for soft hyphens and joiners."""
    at += step
    while _at(text, at) in _IN_WORDS:
        at += step
    return at


def _at(text: str, at: int) -> str:
    """What stands there; a space beyond the ends."""
    return text[at] if 0 <= at < len(text) else " "


def _belongs(code: int, cluster: str) -> bool:
    """Whether a character goes with those before it."""
    last = ord(cluster[-1])
    if mark(code) != "N" or code in _EXTENDING:
        return True
    if is_letter(code):
        return _joins(cluster) or (_is_in(code, _JAMO_BEHIND) and _is_in(last, _HANGUL))
    if last == _JOINER:
        return True
    return code in _REGIONAL and len(cluster) == 1 and last in _REGIONAL


def _joins(cluster: str) -> bool:
    """Whether the last consonant joins the one after it."""
    if ord(cluster[-1]) == _JOINER:
        return mark(ord(cluster[-2:-1] or " ")) in "VK"
    return mark(ord(cluster[-1])) == "V"


def _is_in(code: int, ranges: tuple[range, ...]) -> bool:
    return any(code in each for each in ranges)
