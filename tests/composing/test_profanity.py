"""Words that a product does not print."""

import pytest

from spiff.composing.profanity import profane_word

REFUSED = ("darn", "He Ck", "cre\u0301tin", "Straße", "ΟΔΟΣ")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("oh DARN it", "DARN"),
        ("what the heck!", "heck"),
        ("Quel Crétin", "Crétin"),
        ("straße", "straße"),
        ("οδος", "οδος"),
        ("(darn)", "darn"),
    ],
)
def test_a_refused_word_is_told_as_it_was_typed(text: str, word: str) -> None:
    assert profane_word(text, REFUSED) == word


@pytest.mark.parametrize("text", ["darning", "Edarn", "he ck", "STRASSE", "darn2", ""])
def test_a_part_of_a_word_is_not_the_word(text: str) -> None:
    assert profane_word(text, REFUSED) is None


def test_a_list_of_nothing_refuses_nothing() -> None:
    assert profane_word("darn", ()) is None
    assert profane_word(" - ", ("", " ")) is None
