"""Bodies that are not quite JSON: what is meant is read, and nothing holds up those who come after."""

import msgspec
import pytest

from spiff.errors import SpiffError
from spiff.web.decoding import decoded

DECODER = msgspec.json.Decoder(dict[str, str])


def test_a_half_of_an_emoji_is_nothing() -> None:
    assert decoded(DECODER, b'{"a": "b\\ud83d"}') == {"a": "b"}


@pytest.mark.parametrize("count", [1, 2_000])
def test_halves_hidden_around_halves_had_the_body_looked_through_for_each_of_them(count: int) -> None:
    """Nine hundred held everybody up for half a minute, two thousand were an error of ours."""
    hidden = b"\\ud8" * count + b"\\ud83d" + b"3d" * count

    with pytest.raises(SpiffError, match="JSON"):
        decoded(DECODER, b'{"a": "' + hidden + b'"}')
