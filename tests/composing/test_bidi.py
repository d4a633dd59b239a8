"""The bidirectional algorithm, against python-bidi."""

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from spiff.composing import bidi
from spiff.composing.characters import bidi_class

# Letters, numbers, separators, terminators, brackets, marks and neutrals.
ALPHABET = "abא" + "בגشسل" + "12٣٤" + "+-,.:/%$€" + " !?*" + "()[]()" + "\u0301\u064e"


def displayed(text: str) -> str:
    """The characters in visual order; marks stay after their letter, as python-bidi leaves them."""
    classes = [bidi_class(ord(each)) for each in text]
    base = bidi.base_level(classes)
    levels = bidi.with_line_end(bidi.levels([ord(each) for each in text], classes, base), classes, base)
    placed = bidi.visual(list(zip(levels, text, strict=True)), lambda each: each[0])
    return "".join(character for _, character in placed)


@pytest.mark.parametrize(
    "text",
    [
        "hello world",
        "שלום עולם",
        "abc שלום def",
        "שלום abc עולם",
        "price 10.50 שקל",
        "مرحبا 12,5% hello",
        "السعر ١٢٣ ريال",
        "12 שלום 34",
        "a-ב 1-2 +3",
        "!שלום?",
        "אני אוהב C++ (ISO)",
        "حفلة Anna (2024)",
        "Anna (מזל טוב)!",
        "א(ב[a)ג]",
    ],
)
def test_a_line_is_ordered_as_by_python_bidi(text: str) -> None:
    assert displayed(text) == get_display(text)


@given(st.text(ALPHABET.replace("\u0301", "").replace("\u064e", ""), min_size=1, max_size=20))
def test_any_line_is_ordered_as_by_python_bidi(text: str) -> None:
    assert displayed(text) == get_display(text)


@given(st.text(ALPHABET, max_size=30))
def test_text_left_of_hebrew_in_unicode_needs_no_algorithm(text: str) -> None:
    codes = [ord(each) for each in text]
    classes = [bidi_class(code) for code in codes]

    needed = any(bidi.levels(codes, classes, bidi.base_level(classes)))

    assert bidi.needs_bidi(codes) or not needed


def test_a_joiner_takes_the_level_before_it() -> None:
    codes = [ord(each) for each in "a\u200dש\u200cb"]

    assert bidi.levels(codes, [bidi_class(code) for code in codes], 0) == [0, 0, 1, 1, 0]


def test_a_mark_on_a_bracket_goes_with_it() -> None:
    codes = [ord(each) for each in "א a(b)\u0301"]

    assert bidi.levels(codes, [bidi_class(code) for code in codes], 1) == [1, 1, 2, 2, 2, 2, 2]


def test_of_brackets_that_open_too_many_times_over_none_is_a_pair() -> None:
    """BD16: 63 at once are looked at, and nothing behind them."""
    text = "א" + "(" * 64 + "a" + ")" * 64

    assert displayed(text) == get_display(text)
