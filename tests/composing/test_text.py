"""Where text stands: on curves, from edge to edge, upright, and under a picture."""

import re
from typing import Any

import pytest
from fixtures.composing import fonts

from spiff.composing.answers import Answer
from spiff.composing.compose import Composition, compose
from spiff.composing.paragraphs import Paragraph
from spiff.composing.resources import Resources
from spiff.composing.scene import ImageElement, PathElement
from spiff.composing.workflow import Option, Panel, Picture, Region, TextStep, Variant, Workflow

PANEL = Panel("front", 400, 300)
REGION = Region("front", 50, 40, 200, 100)
FONTS = Option(
    "fonts", "Fonts", "Font", tuple(Variant(each, each, asset=f"font:{each}") for each in ("noto", "cairo", "upright"))
)
FILLS = Option("fills", "Fills", "Image", (Variant("wood", "Wood", asset="picture:wood"),))
INKS = Option("inks", "Inks", "Color", (Variant("red", "Red", color="#cc0000"),))


def set_text(text: str, font: str = "noto", **members: Any) -> Composition:
    """A text of 20 points in the region."""
    members = {"size": 20.0, "regions": (REGION,), **members}
    step = TextStep(step_name="text", step_title="Words", option="fonts", **members)
    pictures = {"picture:wood": Picture(100, 100)}
    workflow = Workflow("sample", (PANEL,), (FONTS, FILLS, INKS), (step,), (), pictures=pictures)
    return compose(workflow, {"text": Answer(font, text=text)}, Resources(fonts()))


def paths(made: Composition) -> list[str]:
    return [each.d for each in made.scene.panels[0].elements if isinstance(each, PathElement)]


def points(d: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", d)]


def box(d: str) -> tuple[float, float, float, float]:
    xs, ys = zip(*points(d), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_on_a_straight_path_text_stands_as_it_does_without_one() -> None:
    straight = points(paths(set_text("AVATAR fi", text_align="left", vertical_align="top"))[0])

    along = points(paths(set_text("AVATAR fi", text_align="left", curved=True, paths=("M0 0L200 0",)))[0])

    down = along[0][1] - straight[0][1]
    assert down < 0, "the baseline is the path"
    assert along == [pytest.approx((x, y + down), abs=0.0011) for x, y in straight]


def test_a_circle_turns_every_letter_upright_to_it() -> None:
    upper = "M0 100C0 44.772 44.772 0 100 0C155.228 0 200 44.772 200 100"

    letters = points(paths(set_text("OOOOOOOOO", curved=True, paths=(upper,)))[0])

    distances = [((x - 150) ** 2 + (y - 140) ** 2) ** 0.5 for x, y in letters]
    assert 99 < min(distances) < max(distances) < 117, "no letter leaves the ring above the circle"


@pytest.mark.parametrize(
    ("text", "align", "at_the_end"), [("abc", "justify", False), ("سلام", "justify", True), ("abc", "right", True)]
)
def test_on_a_curve_a_justified_line_stands_where_its_paragraph_begins(text: str, align: str, at_the_end: bool) -> None:
    on: dict[str, Any] = {"text_align": align, "curved": True, "paths": ("M0 50L200 50",)}

    left, _, right, _ = box(paths(set_text(text, "cairo", **on))[0])

    assert (left < 55, right > 245) == (not at_the_end, at_the_end)


def test_text_longer_than_its_curve_is_smaller_down_to_the_least_size() -> None:
    on: dict[str, Any] = {"curved": True, "paths": ("M0 50L60 50",), "size": None, "min_size": 6.0, "max_size": 40.0}

    fitting, refused = set_text("Grandmother", **on), set_text("Grandmother " * 4, **on)

    left, _, right, _ = box(paths(fitting)[0])
    assert right - left == pytest.approx(60, abs=2)
    assert not fitting.findings
    assert [each.code for each in refused.findings] == ["text-does-not-fit"]


def test_justified_lines_reach_both_edges_but_the_last() -> None:
    on: dict[str, Any] = {"allow_newlines": True, "text_align": "justify", "vertical_align": "top"}

    made = set_text("Hello all of you here and there\nBye you", **on)

    lines: dict[float, list[float]] = {}
    for x, y in points(paths(made)[0]):
        lines.setdefault((y - 40) // 27.24, []).append(x)
    reaches = [(min(xs), max(xs)) for _, xs in sorted(lines.items())]
    assert len(reaches) == 3
    assert all(left == pytest.approx(50, abs=3) for left, _ in reaches)
    assert [right > 245 for _, right in reaches] == [True, False, False]


def test_upright_text_has_a_line_for_each_character() -> None:
    word = box(paths(set_text("III", vertical=True, size=10.0))[0])

    one = box(paths(set_text("I", vertical=True, size=10.0))[0])

    assert word[2] - word[0] == pytest.approx(one[2] - one[0], abs=0.001)
    assert word[3] - word[1] == pytest.approx(one[3] - one[1] + 2 * 13.62, abs=0.001)


def test_in_upright_text_signs_take_the_forms_for_vertical_lines() -> None:
    """The long mark of kana lay across the column."""
    left, top, right, bottom = box(paths(set_text("ー", "upright", vertical=True))[0])
    across = box(paths(set_text("ー", "upright"))[0])

    assert (right - left, bottom - top) == pytest.approx((2, 16), abs=0.01)
    assert (across[2] - across[0], across[3] - across[1]) == pytest.approx((16, 2), abs=0.01)


def test_a_picture_fills_the_letters_over_their_stroke_and_covers_the_region() -> None:
    filled: dict[str, Any] = {"image_fill_option": "fills", "stroke_option": "inks", "stroke_thickness": 2.0}

    stroke, picture = set_text("WOOD", **filled, image_fill_scale=0.1).scene.panels[0].elements

    assert isinstance(stroke, PathElement)
    assert (stroke.fill, stroke.stroke) == (None, "#cc0000")
    assert isinstance(picture, ImageElement)
    assert (picture.asset, picture.clip) == ("picture:wood", stroke.d)
    assert picture.matrix == (200, 0, 0, 200, 50, -10)


def test_a_picture_covers_letters_that_stand_outside_the_region() -> None:
    outside: dict[str, Any] = {"curved": True, "paths": ("M0 -80L300 -80",), "text_align": "right"}

    picture = set_text("WOOD", **outside, image_fill_option="fills").scene.panels[0].elements[0]

    assert isinstance(picture, ImageElement)
    assert picture.clip is not None
    width, _, _, height, x, y = picture.matrix
    left, top, right, bottom = box(picture.clip)
    assert right == pytest.approx(x + width, abs=0.001), "just so"
    assert x <= left
    assert y <= top < bottom <= y + height


@pytest.mark.parametrize(("size", "only", "small"), [(4.9, None, True), (5.0, None, False), (4.9, "screen", False)])
def test_text_below_five_points_is_told_where_it_prints(size: float, only: str | None, small: bool) -> None:
    found = set_text("tiny", size=size, only=only).findings

    assert [(each.code, each.detail) for each in found] == ([("text-too-small", "4.9")] if small else [])


NARROW = Region("front", 50, 40, 100, 200)
WRAPPED: dict[str, Any] = {"regions": (NARROW,), "allow_newlines": True, "text_align": "left", "vertical_align": "top"}


@pytest.mark.parametrize(
    ("text", "as_typed_by_hand"),
    [
        ("Grandmother\u200bGrandfather", "Grandmother\nGrandfather"),
        ("Grand\u00admotherly", "Grand\u2010\nmotherly"),
        ("Grand\u00admot", "Grandmot"),
        ("Of\u00adfice", "Office"),
        ("Grandmother\u200b Grandfather", "Grandmother\nGrandfather"),
        ("Grandmother\u00ad Grandfather", "Grandmother\nGrandfather"),
        ("Grandmother-\u00adGrandfather", "Grandmother-\nGrandfather"),
        ("\u00adGrandmother\u00ad", "Grandmother"),
        ("\u200bGrandmothers\u200b", "Grandmothers"),
        ("Grandmothe\u00ad\u0301r", "Grandmothe\u0301r"),
        ("Grand\u00ad\u200bmotherly", "Grand\nmotherly"),
        ("日本Grandmother", "日本\nGrandmother"),
        ("Grandmother日本語", "Grandmother\n日本語"),
        ("日本「Grandmother」日", "日本\n「Grandmother」\n日"),
    ],
)
def test_a_line_ends_as_if_parted_by_hand(text: str, as_typed_by_hand: str) -> None:
    assert paths(set_text(text, **WRAPPED)) == paths(set_text(as_typed_by_hand, **WRAPPED))


def test_a_soft_hyphen_is_a_hyphen_minus_in_a_font_without_hyphens() -> None:
    parted = set_text("Grand\u00admotherly", "cairo", **WRAPPED)

    assert paths(parted) == paths(set_text("Grand-\nmotherly", "cairo", **WRAPPED))


def test_a_hyphen_too_wide_for_its_line_is_not_shown_where_the_next_letter_fits() -> None:
    word = "i" * 18

    assert paths(set_text(f"{word}\u00adi ab", **WRAPPED)) == paths(set_text(f"{word}i\nab", **WRAPPED))


def test_a_hyphen_stands_behind_its_word_in_both_directions() -> None:
    cairo = fonts()["font:cairo"]
    latin, arabic = Paragraph.of("سلام Grand\u00admother"), Paragraph.of("Grand مسؤو\u00adليات")

    for paragraph, word, ends in ((latin, "Grand-", slice(6)), (arabic, "مسؤو-", slice(-5, None))):
        line = paragraph.line(cairo, 0, 10, True)
        alone = Paragraph.of(word).line(cairo, 0, len(word))
        assert [each.id for each in line.glyphs[ends]] == [each.id for each in alone.glyphs]


def test_spaces_before_a_word_longer_than_the_line_make_no_empty_line() -> None:
    made = box(paths(set_text("   Grandmotherlyness", **WRAPPED))[0])

    assert made[1] < 40 + 27.24, "on the first line"


def test_upright_and_bent_text_stands_as_without_break_marks() -> None:
    bent: dict[str, Any] = {"curved": True, "paths": ("M0 50L200 50",)}

    for how in ({"vertical": True}, bent):
        assert paths(set_text("\u200bab\u00adcd\u200b", **how)) == paths(set_text("abcd", **how))
