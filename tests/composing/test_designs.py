"""The hand-written designs, against golden.json."""

import json
from typing import Any

import pytest
from fixtures.composing import DESIGNS, GOLDEN, composed, designs, golden

KNOWN: dict[str, Any] = json.loads(GOLDEN.read_text())
CODES = (
    *("unknown-step", "unknown-variant", "color-not-allowed", "field-not-allowed", "line-break-not-allowed"),
    *("text-too-long", "glyph-missing", "text-does-not-fit", "mandatory-empty"),
)


@pytest.mark.parametrize(("name", "design"), designs().items())
def test_a_design_has_the_digest_findings_and_cost_of_golden_json(name: str, design: dict[str, Any]) -> None:
    assert golden(design) == KNOWN[name], design["name"]


def test_golden_json_holds_no_design_that_is_gone() -> None:
    assert KNOWN.keys() == designs().keys()
    assert len(KNOWN) >= 40


def test_every_workflow_is_used() -> None:
    used = {json.loads((DESIGNS / f"{name}.json").read_text())["workflow"] for name in KNOWN}

    assert used == {path.stem for path in (DESIGNS / "workflows").glob("*.json")}


@pytest.mark.parametrize("code", CODES)
def test_every_finding_occurs_in_some_design(code: str) -> None:
    assert any(finding["code"] == code for known in KNOWN.values() for finding in known["findings"])


def test_a_design_composes_to_the_same_scene_twice() -> None:
    design = designs()["poster"]

    assert composed(design) == composed(design)
