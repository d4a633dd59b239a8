"""QR codes are read by an independent reader, in every size there is."""

import numpy as np
import pytest
import zxingcpp

from spiff.composing.qr import MOST_BYTES, TooLong, qr_code

QUIET_MODULES, MODULE_PX = 4, 4


def read(rows: tuple[tuple[int, ...], ...]) -> str:
    """What the reader sees in a picture of the code."""
    light = np.pad(1 - np.array(rows, dtype=np.uint8), QUIET_MODULES, constant_values=1)
    picture = np.kron(light * 255, np.ones((MODULE_PX, MODULE_PX), dtype=np.uint8))
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


@pytest.mark.parametrize("text", ["http://a.b", "https://example.com/?q=übermäßig&r=日本語", "x", "0" * 40])
def test_a_code_says_what_it_was_made_of(text: str) -> None:
    assert read(qr_code(text)) == text


def test_every_size_is_read() -> None:
    sizes = set()
    for length in range(1, MOST_BYTES + 1, 40):
        text = ("https://example.com/" + "a1-B2_" * 400)[:length]
        rows = qr_code(text)
        sizes.add(len(rows))
        assert read(rows) == text

    assert len(sizes) >= 35


def test_the_largest_code_is_full() -> None:
    assert len(qr_code("x" * MOST_BYTES)) == 177
    with pytest.raises(TooLong):
        qr_code("x" * (MOST_BYTES + 1))
