"""Bodies that are not quite JSON: what is meant is read, and nothing holds up those who come after."""

from typing import Literal

import msgspec
import pytest

from spiff.errors import SpiffError
from spiff.web.decoding import decoded


class _Wish(msgspec.Struct, rename="camel"):
    first_word: Literal["yes", "no"] = "no"
    more_words: tuple[Literal["up", "down"], ...] = ()


DECODER = msgspec.json.Decoder(dict[str, str])


@pytest.mark.parametrize(
    ("sent", "words", "place"),
    [
        (b'{"firstWord": "maybe"}', "no, yes", "/firstWord"),
        (b'{"moreWords": ["up", "left"]}', "down, up", "/moreWords/1"),
    ],
)
def test_a_word_that_is_none_of_a_few_is_refused_with_those_few(sent: bytes, words: str, place: str) -> None:
    with pytest.raises(SpiffError, match=rf"\(expected one of {words}\), at {place}"):
        decoded(msgspec.json.Decoder(_Wish), sent)


def test_a_half_of_an_emoji_is_nothing() -> None:
    assert decoded(DECODER, b'{"a": "b\\ud83d"}') == {"a": "b"}


@pytest.mark.parametrize("count", [1, 2_000])
def test_halves_hidden_around_halves_had_the_body_looked_through_for_each_of_them(count: int) -> None:
    """Nine hundred held everybody up for half a minute, two thousand were an error of ours."""
    hidden = b"\\ud8" * count + b"\\ud83d" + b"3d" * count

    with pytest.raises(SpiffError, match="JSON"):
        decoded(DECODER, b'{"a": "' + hidden + b'"}')
