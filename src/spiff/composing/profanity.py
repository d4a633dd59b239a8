"""Words that a product does not print (docs/composing.md, Findings). Knows no list of its own."""

from functools import lru_cache

from spiff.composing.spelling import cleaned, lowered, words


def profane_word(text: str, profanities: tuple[str, ...]) -> str | None:
    """The first word of the text that is one of these, whatever its case (contract/domain.md 7)."""
    refused = _refused(profanities)
    return next((word for word in words(text) if lowered(word) in refused), None)


@lru_cache(64)
def _refused(profanities: tuple[str, ...]) -> frozenset[str]:
    """The words in small letters. Remembered: a product may refuse thousands, and they stay from key to key."""
    return frozenset(lowered(cleaned(each).replace(" ", "")) for each in profanities)
