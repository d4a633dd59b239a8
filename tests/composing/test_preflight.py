"""How a design will print: each rule on both sides of its edge. The browser's composer is held to the same design."""

from fixtures.composing import composed, designs

from spiff.composing.preflight import ADJUSTABLE


def test_each_rule_is_told_beyond_its_edge_and_not_on_it() -> None:
    found = [(each.step_name, each.code) for each in composed(designs()["preflight-edges"]).findings]

    assert sorted(found) == sorted((code, code) for code in ADJUSTABLE)


def test_a_photo_that_ends_between_trim_and_edge_is_told_and_one_with_a_border_is_not() -> None:
    """Where it is cut, it would leave a white line."""
    found = {
        name: [each.step_name for each in composed(designs()[f"preflight-photo-{name}"]).findings]
        for name in ("in-the-bleed", "with-a-border", "turned")
    }

    grounds = ["patch", "over"]
    assert found == {"in-the-bleed": ["photo", *grounds], "with-a-border": grounds, "turned": grounds}


def test_what_has_nearly_the_colour_beneath_it_is_told_and_what_lies_on_no_known_one_is_not() -> None:
    design = designs()["preflight-grounds"]

    found = [each for each in composed(design).findings if each.code == "contrast-too-low"]

    names = [each["stepName"] for each in design["workflow"]["steps"]]
    assert [each.step_name for each in found] == [name for name in names if name.startswith("told")]
    assert {each.field for each in found} == {"colorVariantId", "color", "text", "variantId"}
