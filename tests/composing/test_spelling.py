"""From what was typed to what is set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiff.composing.spelling import capitals, cleaned, is_blank


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("e\u0301", "é"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("a\u0000\u0085\u200e\u202e\u2066\ufeffb", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("र्\u200dय", "र्\u200dय"),
    ],
)
def test_text_is_cleaned(typed: str, text: str) -> None:
    assert cleaned(typed) == text


@pytest.mark.parametrize(("text", "upper"), [("straße", "STRASSE"), ("ﬁn", "FIN"), ("ı", "I"), ("σς", "ΣΣ")])
def test_capitals_use_the_full_mapping(text: str, upper: str) -> None:
    assert capitals(text) == upper


def test_a_letter_whose_capital_came_after_unicode_14_stays() -> None:
    assert capitals("ƛɤ") == "ƛɤ"


@given(st.text())
def test_cleaning_leaves_no_control_but_the_line_feed(typed: str) -> None:
    assert not {each for each in cleaned(typed) if ord(each) < 0x20 or 0x7F <= ord(each) < 0xA0} - {"\n"}


def test_spaces_and_line_ends_are_blank() -> None:
    assert is_blank(" \n\u00a0\u3000")
    assert not is_blank(" .")
