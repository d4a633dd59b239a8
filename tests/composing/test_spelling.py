"""From what was typed to what is set."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiff.composing.spelling import (
    capitals,
    cased,
    cleaned,
    clusters,
    first_characters,
    is_blank,
    letters,
    lowered,
    shortened,
    words,
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("e\u0301", "é"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("a\u0000\u0085\u200e\u202e\u2066\ufeffb", "ab"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("र्\u200dय", "र्\u200dय"),
        ("x\ud83d e\udc00\u0301", "x é"),
        ("Groß\u00adeltern ภาษา\u200bไทย", "Groß\u00adeltern ภาษา\u200bไทย"),
        ("a\u00ad\u00ad\u2060\u00adb\u00ad\u200b\u00adc", "a\u00adb\u200bc"),
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


@pytest.mark.parametrize("text", ["\u200b", "\u00ad \u00ad", "\u200d", " \u200c\n"])
def test_what_cannot_be_seen_by_itself_is_blank(text: str) -> None:
    assert is_blank(text)
    assert not is_blank(text + "a")


@pytest.mark.parametrize(
    ("text", "lower"),
    [("STRAẞE", "straße"), ("ΣΊΣΥΦΟΣ ΟΣ", "σίσυφος ος"), ("Σ ΑΣ.", "σ ας."), ("İ", "i\u0307"), ("АННА", "анна")],
)
def test_small_letters_know_the_sigma_that_ends_a_word(text: str, lower: str) -> None:
    assert lowered(text) == lower


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("the o'neil-SMITH family", "The O'neil-Smith Family"),
        ("don’t 1ST (of)", "Don’t 1st (Of)"),
        ("ΟΔΟΣ ΣΙΣΥΦΟΥ", "Οδος Σισυφου"),
        ("e\u0323\u0302a q\u0302Q", "E\u0323\u0302a Q\u0302q"),
        ("سلام anna", "سلام Anna"),
        ("the 'best' dad ’tis", "The 'Best' Dad ’Tis"),
        ("пʼять П’ЯТЬ", "Пʼять П’ять"),
        ("ﬁn ßa ŉ և ᾳ", "Fin Ssa ʼN Եւ Αι"),
        ("ǆep Ǉ ǌ Ǳǳ", "ǅep ǈ ǋ ǲǳ"),
        ("donau\u00addampf auf\u200clage", "Donau\u00addampf Auf\u200clage"),
        ("ΟΔΟ\u00adΣΑΣ\u00ad", "Οδο\u00adσας\u00ad"),
        ("one\u200btwo", "One\u200bTwo"),
    ],
)
def test_a_title_has_a_capital_where_a_word_begins(text: str, title: str) -> None:
    assert cased(text, "title") == title


def test_words_are_letters_marks_and_digits() -> None:
    assert words("To be, or—not 2be: प्रेम…") == ["To", "be", "or", "not", "2be", "प्रेम"]
    assert words("Donau\u00addampf auf\u200clage one\u200btwo") == ["Donaudampf", "auflage", "one", "two"]


@pytest.mark.parametrize(
    "clusters_of_one_text",
    [
        ["a", "b", " ", "c"],
        ["q\u0323\u0302", "w"],
        ["क्ष", "त्रि", "य"],
        ["क्\u200dष", "र्\u200c", "य"],
        ["👍🏽", "👨\u200d👩\u200d👧", "❤\ufe0f"],
        ["🇩🇪", "🇦🇹", "🇨"],
        ["🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "🏴"],
        ["ที่", "กำ", "นํ้", "า"],
        ["த", "மி", "ழ்", "நா", "டு"],
        ["မြ", "န်", "မာ"],
        ["က္က", "ක්", "ෂ", "ක්\u200dෂ"],
        ["ｶﾞ", "ｷ"],
        ["\u1112\u119e\u11ab", "가"],
        ["\u0301", "x"],
    ],
)
def test_what_belongs_together_stays_together(clusters_of_one_text: list[str]) -> None:
    assert clusters("".join(clusters_of_one_text)) == clusters_of_one_text


@given(st.text())
def test_clusters_are_all_of_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Zoë", 3),
        ("q\u0323\u0302", 1),
        ("👨🏻\u200d👩🏼\u200d👧🏽\u200d👦🏿!", 2),
        ("🇩🇪🇦🇹", 2),
        ("स्त्री", 1),
        ("क्\u200dष", 1),
        ("क्\u200cष", 2),
        ("a\u200db\u200cc", 3),
        ("e" + "\u0301" * 11, 1),
        ("e" + "\u0301" * 12, 2),
        ("e" + "\u0301" * 120, 11),
    ],
)
def test_characters_are_what_a_reader_counts(text: str, count: int) -> None:
    assert len(first_characters(text, 100)) == count
    assert "".join(first_characters(text, 100)) == text


def test_only_as_much_is_looked_at_as_may_be_kept() -> None:
    assert first_characters("abc" * 1000, 4) == ["a", "b", "c", "a"]
    assert first_characters("\u0301" * 5000, 1) == ["\u0301" * 12]


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("ab\u00adcd\u200bef", 6, "ab\u00adcd\u200bef"),
        ("ab\u00adcd\u200bef", 3, "ab\u00adc"),
        ("\u200ba\u00adb", 1, "\u200ba\u00ad"),
        ("e\u00ad\u0301x", 1, "e\u00ad\u0301"),
    ],
)
def test_break_marks_are_no_characters_of_a_length(text: str, most: int, kept: str) -> None:
    assert shortened(text, most) == kept
    assert len(first_characters(kept, 100)) == most


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("e\u0301A\u030a", ["é", "Å"]),
        ("J\u030cx", ["J\u030c", "x"]),
        ("❤\ufe0f1\ufe0f\u20e3", ["❤", "1\u20e3"]),
        ("👍🏽👍", ["👍🏽", "👍"]),
        ("a\u00adb\u200b", ["a", "b"]),
        ("\ufe0f", ["\ufe0f"]),
    ],
)
def test_letters_that_are_drawings_are_what_a_reader_counts(text: str, found: list[str]) -> None:
    assert letters(text) == found
