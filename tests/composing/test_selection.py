"""Active steps, selected variants, prices and exported data."""

from typing import Any

from fixtures.composing import composed, designs, read

from spiff.composing.answers import Answer, Answers
from spiff.composing.compose import compose, needed
from spiff.composing.exported import design_metadata, exported_data
from spiff.composing.pricing import options_cost
from spiff.composing.resources import ResourceMissing, Resources
from spiff.composing.selection import selections
from spiff.composing.workflow import Workflow


def workflow(name: str) -> Workflow:
    """The workflow of a hand-written design."""
    return read(designs()[name])[0]


def active(name: str) -> list[str]:
    return [each.step.step_name for each in selections(*read(designs()[name])) if each.active]


def test_conditions_follow_the_chain() -> None:
    assert active("gift-no") == ["gift", "thing", "later"]
    assert active("gift-box") == ["gift", "wrap", "dedication", "later"]
    assert active("gift-default-wrap") == ["gift", "wrap", "short", "later"]


def test_a_panel_whose_condition_does_not_hold_is_left_out() -> None:
    def panels(name: str) -> list[str]:
        return [panel.name for panel in composed(designs()[name]).scene.panels]

    assert panels("panel-nobody-asked-for") == ["side", "inlay", "back"]
    assert panels("panel-asked-for") == ["side", "lid", "inlay", "back"]


def test_silent_steps_cost_too_and_inactive_ones_do_not() -> None:
    assert options_cost(workflow("gift-no"), {"gift": Answer("no"), "wrap": Answer("box")}) == 7
    assert options_cost(*read(designs()["gift-box"])) == 500 + 900


def test_the_cart_gets_selections_texts_and_colours() -> None:
    answers: Answers = {
        "gift": Answer("yes"),
        "wrap": Answer("box"),
        "dedication": Answer("pacifico", text="For Anna", color="#AA0000"),
        "later": Answer("paper"),
    }

    assert exported_data(workflow("gift-box"), answers) == {
        "A gift? selection": {"value": "Yes", "priceModifier": 500},
        "Wrapping selection": {"value": "Box", "priceModifier": 900},
        "Dedication selection": {"value": "Pacifico", "priceModifier": 150},
        "Dedication text": {"value": "For Anna", "priceModifier": 0},
    }


def test_the_design_record_hides_nothing() -> None:
    assert design_metadata(*read(designs()["gift-box"])) == {
        "Dedication text": "For Anna",
        "Dedication color": "#aa0000",
    }
    assert design_metadata(*read(designs()["stroked-chosen"]))["Name stroke"] == "Ink"


def test_a_colour_is_exported_by_its_name_where_it_has_one() -> None:
    card = workflow("latin")

    assert design_metadata(card, {"name": Answer(color_variant_id="rose")})["Name color"] == "Rose"
    assert design_metadata(card, {"name": Answer(color="#ABCDEF")})["Name color"] == "#abcdef"


def test_a_text_step_always_exports_its_text() -> None:
    assert exported_data(workflow("latin"), {})["Name text"] == {"value": "", "priceModifier": 0}


def test_the_fonts_needed_are_those_selected_in_active_text_steps() -> None:
    assert needed(*read(designs()["latin-script"])).fonts == {"font:pacifico"}
    assert needed(*read(designs()["gift-no"])).fonts == frozenset()


def test_a_selected_font_that_was_not_loaded_is_named() -> None:
    try:
        compose(*read(designs()["latin"]), Resources())
    except ResourceMissing as failure:
        assert "font:noto" in str(failure)
    else:
        raise AssertionError("composed without a font")


def test_a_text_too_long_is_cut_for_the_picture() -> None:
    limit = read(designs()["at-the-limit"])[0].steps[0]
    design: dict[str, Any] = designs()["too-long"]

    cut = {**design, "answers": {"name": {"text": "x" * 60, "variantId": "noto"}}}

    assert limit.step_name == "name"
    assert composed(design).scene == composed(cut).scene
    assert [each.code for each in composed(design).findings] == ["text-too-long"]
