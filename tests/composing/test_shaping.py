"""Shaping: letters join, marks reorder, fonts lack characters."""

from fixtures.composing import fonts

from spiff.composing.paragraphs import Line, Paragraph
from spiff.composing.positioning import positions_hebrew, with_positioning


def line(text: str, font: str) -> Line:
    paragraph = Paragraph.of(text)
    return paragraph.line(fonts()[f"font:{font}"], 0, len(paragraph.codes))


def glyphs(text: str, font: str) -> list[int]:
    return [glyph.id for glyph in line(text, font).glyphs]


def test_arabic_letters_join() -> None:
    alone, joined = glyphs("ب", "cairo"), glyphs("ببب", "cairo")

    assert len({*alone, *joined[:1]}) == 2
    assert len(set(joined)) >= 3, "initial, medial and final forms differ"


def test_lam_and_alef_become_one_ligature() -> None:
    apart = [*glyphs("ل", "cairo"), *glyphs("ا", "cairo")]

    assert not set(glyphs("لا", "cairo")) & set(apart)


def test_a_line_from_right_to_left_begins_on_the_right() -> None:
    letters = glyphs("אב", "noto"), line("سلام abc", "cairo")

    assert len(letters[0]) == 2
    assert letters[1].glyphs[0].id == glyphs("abc", "cairo")[0]


def test_a_devanagari_vowel_moves_before_its_consonant() -> None:
    consonant = glyphs("क", "baloo")[0]

    assert glyphs("कि", "baloo")[-1] == consonant
    assert glyphs("का", "baloo")[0] == consonant


def test_a_devanagari_conjunct_is_fewer_glyphs_than_characters() -> None:
    assert len(glyphs("क्ष", "baloo")) == 1
    assert len(glyphs("क्\u200cष", "baloo")) > 1


def test_pairs_kern_and_letters_join_in_latin() -> None:
    assert line("AV", "playfair").width < line("A", "playfair").width + line("V", "playfair").width
    assert len(glyphs("fi", "playfair")) == 1


def test_missing_characters_are_told_in_order_and_not_drawn() -> None:
    found = line("a漢b🎂漢", "noto")

    assert found.missing == (0x6F22, 0x1F382, 0x6F22)
    assert fonts()["font:noto"].outline(0).template == ""


def test_a_character_unicode_14_does_not_know_is_missing_in_every_font() -> None:
    assert line("a\U0001e4d0", "noto").missing == (0x1E4D0,)


def test_a_font_without_positioning_gets_an_empty_table_in_its_place() -> None:
    head = b"\0\1\0\0" + (2).to_bytes(2, "big") + bytes(6)
    tables = [(b"GDEF", 44), (b"cmap", 45)]
    directory = b"".join(tag + bytes(4) + at.to_bytes(4, "big") + (1).to_bytes(4, "big") for tag, at in tables)

    made = with_positioning(head + directory + b"de")

    assert [made[at : at + 4] for at in (12, 28, 44)] == [b"GDEF", b"GPOS", b"cmap"]
    assert made[60:62] == b"de"
    assert made[int.from_bytes(made[36:40], "big") :][:4] == b"\0\1\0\0"
    assert with_positioning(made) == made
    assert not positions_hebrew(made)


def test_what_is_no_font_stays_as_it_is() -> None:
    assert with_positioning(b"nonsense") == b"nonsense"
    assert not positions_hebrew(b"nonsense")
