"""What a product makes of findings: some keep answers from being saved, some a design from being finished."""

import pytest
from fixtures.composing import composed, context, designs, read

from spiff.composing.resources import Context
from spiff.errors import Invalid
from spiff.transactions.answers import preflight_report, refuse, refuse_to_finish

COARSE = composed(designs()["preflight-coarse-photo"]).findings
WORKFLOW, _ = read(designs()["preflight-coarse-photo"])


def test_a_coarse_photo_can_be_saved_and_is_reported() -> None:
    refuse(COARSE)
    refuse_to_finish(COARSE, Context())

    report = preflight_report(WORKFLOW, COARSE, Context())

    assert [(line["stepName"], line["stepTitle"], line["code"], line["value"]) for line in report] == [
        ("back", "Background", "resolution-too-low", "130"),
        ("edge", "Edge", "short-of-bleed", "card"),
    ]
    assert report[0]["detail"].endswith("dots per inch: 130")


def test_what_a_product_blocks_on_keeps_a_design_from_being_finished_but_not_from_being_saved() -> None:
    design = designs()["preflight-levels"]
    findings = composed(design).findings
    refuse(findings)

    with pytest.raises(Invalid) as refused:
        refuse_to_finish(findings, context(design))

    assert [(each["pointer"], each["code"]) for each in refused.value.errors] == [
        ("/answers/back/variantId", "resolution-too-low")
    ]


def test_what_a_product_ignores_is_not_reported() -> None:
    quiet = Context(preflight={"resolution-too-low": "ignore", "short-of-bleed": "ignore"})

    assert preflight_report(WORKFLOW, COARSE, quiet) == []


def test_no_product_can_let_a_mandatory_step_be_empty() -> None:
    empty = composed(designs()["gift-box-blank"]).findings
    assert "mandatory-empty" in {each.code for each in empty}

    with pytest.raises(Invalid):
        refuse_to_finish(empty, Context(preflight={"mandatory-empty": "ignore"}))
