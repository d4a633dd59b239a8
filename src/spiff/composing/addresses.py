"""Web addresses as people type them, and as codes say them (docs/composing.md, Codes). Knows no step."""

import re
from unicodedata import normalize
from urllib.parse import quote

from spiff.composing.characters import bidi_class, is_in_word, is_unknown, mark, script
from spiff.composing.spelling import capitals, cleaned, is_blank, lowered

MOST_CHARACTERS = 1000
_WITH_SCHEME = re.compile("[Hh][Tt][Tt][Pp][Ss]?://[!-~]+")
"""Keyboards of telephones begin with a capital."""
_BARE = re.compile(
    "(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?[.])+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9](?::[0-9]{1,5})?(?:[/?#][!-~]*)?"
)
"""As people write it and browsers take it; an e-mail address, a number or another scheme is none."""
_PARTS = re.compile("((?:[Hh][Tt][Tt][Pp][Ss]?://)?)([^/?#:]*)((?::[0-9]*)?)((?:[/?#].*)?)")
_MOST_IN_LABEL = 63
_FOLDED = "Cher"
"""The script whose small letters browsers make capitals."""
_NO_LETTERS = (range(0xE000, 0xF900), range(0xFE00, 0xFE10))
"""For private use, and variation selectors."""
_LONG_MARK = "\u30fc"
"""Of kana, whose script nobody can tell."""
_SMALL_ONLY = "ßς"
"""Their capitals are those of other letters, but names have them."""


def web_address(url: str | None) -> str | None:
    """The whole address that is meant, in ASCII, `https://` before a bare one; None where it is none.

    Letters beyond ASCII are written as browsers send them: RFC 3492 in names, RFC 3986 behind them.
    """
    if url is None or len(url) > MOST_CHARACTERS:  # in ASCII it is no shorter
        return None
    written = _in_ascii(url)
    if written is None or len(written) > MOST_CHARACTERS:
        return None
    if _BARE.fullmatch(written):
        return f"https://{written}"
    return written if _WITH_SCHEME.fullmatch(written) else None


def _in_ascii(url: str) -> str | None:
    if url.isascii():
        return url
    found = _PARTS.fullmatch(cleaned(url))
    if found is None:
        return None
    scheme, host, port, rest = found.groups()
    labels = [_label(each) for each in host.split(".")]
    if None in labels or any(not each.isascii() and is_blank(each) for each in rest):
        return None
    encoded = (each if each.isascii() else quote(each) for each in rest)
    return f"{scheme}{'.'.join(map(str, labels))}{port}{''.join(encoded)}"


def _label(label: str) -> str | None:
    """A part of a name in ASCII; None where browsers take no such part, or would read another one in it."""
    if label.isascii():
        return label
    small = lowered(label)
    if len(small) > _MOST_IN_LABEL:
        return None
    if (
        not all(each in {"-", _LONG_MARK} or _stays(each) for each in small)
        or normalize("NFKC", small) != small
        or not _begins_well(small)
        or small.endswith("-")
    ):
        return None
    encoded = "xn--" + small.encode("punycode").decode("ascii")
    return encoded if len(encoded) <= _MOST_IN_LABEL else None


def _stays(character: str) -> bool:
    """A letter, mark or digit that no browser takes for another one (UTS #46)."""
    code = ord(character)
    if not is_in_word(code) or is_unknown(code) or script(code) == _FOLDED or any(code in each for each in _NO_LETTERS):
        return False
    return character in _SMALL_ONLY or lowered(capitals(character)) == lowered(character)


def _begins_well(label: str) -> bool:
    """No mark and no hyphen; from right to left with a letter, and then with no letter of the other direction."""
    classes = [bidi_class(ord(each)) for each in label]
    if any(each in "RAN" for each in classes):
        return classes[0] in "RA" and "L" not in classes
    return label[0] != "-" and mark(ord(label[0])) == "N"
