"""Words that a product does not print (docs/composing.md, Findings). Knows no list of its own."""

from collections.abc import Collection

from spiff.composing.spelling import lowered, words


def profane_word(text: str, profanities: Collection[str]) -> str | None:
    """The first word of the text that is one of these, whatever its case (contract/domain.md 7)."""
    refused = {lowered(each.replace(" ", "")) for each in profanities}
    return next((word for word in words(text) if lowered(word) in refused), None)
