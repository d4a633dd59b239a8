"""Words that a product does not print (docs/composing.md, Findings). Knows no list of its own."""

from functools import lru_cache

from spiff.composing.spelling import cleaned, lowered, without_break_marks, without_joints, words


def profane_word(text: str, profanities: tuple[str, ...]) -> str | None:
    """The first word of the text that is one of these, whatever its case (contract/domain.md 7).

    A zero width space may part words, or hide in one that looks whole.
    """
    if not profanities:
        return None
    refused = _refused(profanities)
    found = (word for each in (without_break_marks(text), text) for word in words(each))
    return next((word for word in found if lowered(word) in refused), None)


@lru_cache(64)
def _refused(profanities: tuple[str, ...]) -> frozenset[str]:
    """The words in small letters. Remembered: a product may refuse thousands, and they stay from key to key."""
    return frozenset(lowered(_bare(cleaned(each))) for each in profanities)


def _bare(text: str) -> str:
    return without_joints(without_break_marks(text)).replace(" ", "")
