"""How a design will print: each rule on both sides of its edge. The browser's composer is held to the same design."""

from fixtures.composing import composed, designs

from spiff.composing.preflight import ADJUSTABLE


def test_each_rule_is_told_beyond_its_edge_and_not_on_it() -> None:
    found = [(each.step_name, each.code) for each in composed(designs()["preflight-edges"]).findings]

    assert sorted(found) == sorted((code, code) for code in ADJUSTABLE)
