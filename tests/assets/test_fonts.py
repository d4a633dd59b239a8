"""The intake of fonts, with fonts that are made here."""

import io
from collections.abc import Callable

import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from spiff.assets.fonts import FontRefused, inspect_font
from spiff.assets.glyph_classes import with_glyph_classes
from spiff.assets.intake import take_in
from spiff.assets.rewriting import rewritten
from spiff.assets.specimens import specimen
from spiff.assets.taken import FontFacts
from spiff.assets.webfonts import unpacked

GLYPHS = [".notdef", "A", "B"]
CHARACTERS = {65: "A", 66: "B", 0x41F: "B"}


def _square(pen: TTGlyphPen | T2CharStringPen, side: int) -> None:
    pen.moveTo((0, 0))
    pen.lineTo((0, side))
    pen.lineTo((side, side))
    pen.lineTo((side, 0))
    pen.closePath()


def _finished(builder: FontBuilder, family: str) -> bytes:
    builder.setupHorizontalMetrics({name: (600, 0) for name in GLYPHS})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    # The same bytes at any time: what is made while tests are collected must be the same in all their processes.
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def made_ttf(*, side: int = 500, upem: int = 1000, characters: dict[int, str] | None = None) -> bytes:
    builder = FontBuilder(upem, isTTF=True)
    builder.setupGlyphOrder(GLYPHS)
    builder.setupCharacterMap(CHARACTERS if characters is None else characters)
    glyphs = {}
    for name in GLYPHS:
        pen = TTGlyphPen(None)
        if side:
            _square(pen, side)
        glyphs[name] = pen.glyph()
    builder.setupGlyf(glyphs)
    return _finished(builder, "Square Sans")


def made_otf() -> bytes:
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(GLYPHS)
    builder.setupCharacterMap(CHARACTERS)
    pen = T2CharStringPen(600, None)
    _square(pen, 500)
    square = pen.getCharString()
    builder.setupCFF("SquareScript", {}, dict.fromkeys(GLYPHS, square), {})
    return _finished(builder, "Square Script")


def refused(data: bytes) -> str:
    with pytest.raises(FontRefused) as caught:
        inspect_font(data)
    assert caught.value.status == 422
    return caught.value.code


def test_a_ttf_is_accepted_with_its_facts() -> None:
    assert inspect_font(made_ttf()) == FontFacts("Square Sans", 3, "U+41-42,U+41F", 1000)


def test_an_otf_is_accepted_with_its_facts() -> None:
    assert inspect_font(made_otf()) == FontFacts("Square Script", 3, "U+41-42,U+41F", 1000)


@pytest.mark.parametrize(
    "data", [b"", b"wOF2" + b"\0" * 100, b"wOFF" + b"\0" * 100, b"ttcf" + b"\0" * 100, b"%PDF-1.6"]
)
def test_other_formats_are_refused(data: bytes) -> None:
    assert refused(data) == "font-format"


@pytest.mark.parametrize("kept", [0.01, 0.2, 0.5, 0.9])
def test_a_font_that_is_cut_off_is_refused(kept: float) -> None:
    whole = made_ttf()

    assert refused(whole[: int(len(whole) * kept)]) in {"font-damaged", "font-format"}


def test_a_directory_without_tables_is_refused() -> None:
    assert refused(b"\0\1\0\0" + b"\0" * 200) == "font-damaged"


def test_a_font_without_characters_is_refused() -> None:
    assert refused(made_ttf(characters={})) == "font-damaged"


def test_a_font_that_draws_nothing_is_refused() -> None:
    assert refused(made_ttf(side=0)) == "font-no-outlines"


def test_a_font_that_lost_its_outlines_is_refused() -> None:
    font = TTFont(io.BytesIO(made_ttf()))
    del font["glyf"], font["loca"]
    file = io.BytesIO()
    font.save(file)

    assert refused(file.getvalue()) == "font-no-outlines"


def test_damage_anywhere_never_crashes() -> None:
    whole = made_ttf()
    for position in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        try:
            inspect_font(bytes(damaged))
        except FontRefused as failure:
            assert failure.code.startswith("font-")


def test_arabic_letters_that_nothing_joins_are_refused_for_browsers_would_set_them_differently() -> None:
    with pytest.raises(FontRefused) as refused:
        inspect_font(made_ttf(characters={0x0628: "A", 0x0629: "B"}))

    assert refused.value.code == "font-tables"


def without_glyph_classes(characters: dict[int, str]) -> bytes:
    font = TTFont(io.BytesIO(made_ttf(characters=characters)))
    addOpenTypeFeaturesFromString(font, "feature kern { pos A B -50; } kern;")
    if "GDEF" in font:
        del font["GDEF"]
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def test_positioning_without_glyph_classes_is_refused_for_browsers_would_set_it_differently() -> None:
    with pytest.raises(FontRefused) as refused:
        inspect_font(without_glyph_classes(CHARACTERS))

    assert refused.value.code == "font-tables"


@pytest.mark.parametrize(
    ("characters", "classes"),
    [
        ({65: "A", 0x301: "B"}, {"A": 1, "B": 3}),
        ({65: "A", 66: "B", 0x301: "B"}, {"A": 1, "B": 1}),
        ({65: "A", 0x1ACF: "B"}, {"A": 1, "B": 1}),
    ],
)
def test_a_font_without_glyph_classes_is_given_those_of_its_characters(
    characters: dict[int, str], classes: dict[str, int]
) -> None:
    """Fonts of older programs lack them, and were refused. U+1ACF is a mark since Unicode 16 only."""
    whole = without_glyph_classes(characters)

    taken = take_in(whole)

    with TTFont(io.BytesIO(taken.kept.data)) as font:
        assert font["GDEF"].table.GlyphClassDef.classDefs == classes
        assert font["GPOS"].table.FeatureList.FeatureRecord[0].FeatureTag == "kern"
    assert take_in(taken.kept.data).kept.data == b""
    assert take_in(whole) == taken


def with_mark_sets() -> bytes:
    font = TTFont(io.BytesIO(made_ttf(characters={65: "A", 0x301: "B"})))
    rules = "lookup l { lookupflag UseMarkFilteringSet [B]; sub A by B; } l; feature ccmp { lookup l; } ccmp;"
    addOpenTypeFeaturesFromString(font, f"table GDEF {{ GlyphClassDef [A],,[B],; }} GDEF; {rules}")
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def test_lookups_that_name_sets_of_marks_which_are_not_there_are_refused() -> None:
    """The two builds of HarfBuzz set an i with a dot above differently by such a font."""
    whole = with_mark_sets()
    at = whole.index(b"GDEF", 12) + 8
    offset = int.from_bytes(whole[at : at + 4], "big")

    with pytest.raises(FontRefused) as refused:
        inspect_font(whole[: offset + 2] + b"\0\0" + whole[offset + 4 :])

    assert (refused.value.code, "sets of marks" in refused.value.detail) == ("font-tables", True)
    assert inspect_font(whole).characters == 2


def test_a_font_without_glyph_classes_whose_tables_are_damaged_is_refused() -> None:
    whole = without_glyph_classes(CHARACTERS)
    at = whole.index(b"cmap") + 8
    offset = int.from_bytes(whole[at : at + 4], "big")

    with pytest.raises(FontRefused) as refused:
        with_glyph_classes(whole[:offset] + b"\xff" * 4 + whole[offset + 4 :])

    assert refused.value.code == "font-damaged"


@pytest.mark.parametrize(("failure", "raised"), [(ValueError, FontRefused), (MemoryError, MemoryError)])
def test_what_fails_in_rewriting_a_font_is_the_fonts_fault_but_for_memory_that_ran_out(
    failure: type[Exception], raised: type[Exception]
) -> None:
    def change(_font: TTFont) -> None:
        raise failure

    with pytest.raises(raised):
        rewritten(made_ttf(), change, "it is damaged")


@pytest.mark.parametrize("flavor", ["woff", "woff2"])
@pytest.mark.parametrize("made", [made_ttf, made_otf])
def test_a_web_font_is_unpacked_to_the_font_inside(flavor: str, made: Callable[[], bytes]) -> None:
    packed = io.BytesIO()
    with TTFont(io.BytesIO(made()), recalcTimestamp=False) as font:
        font.flavor = flavor
        font.save(packed)

    found = unpacked(packed.getvalue())

    assert found[:4] == made()[:4]
    assert inspect_font(found) == inspect_font(made())
    assert unpacked(packed.getvalue()) == found


@pytest.mark.parametrize(
    ("family", "drawn"), [("A", "A"), ("Square Sans", "A")], ids=["its own name", "a letter it has"]
)
def test_a_font_is_shown_by_its_name_or_by_what_letters_it_has(family: str, drawn: str) -> None:
    shown = specimen(made_ttf(characters={ord(drawn): "A"}), family)

    assert shown.paths[0].d.startswith("M")
    assert 0 < shown.width < 200
    assert shown.height == 100
