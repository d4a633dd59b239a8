"""What `spiff catalogue lint` notes though it is no mistake: it would print badly, or be seen nowhere."""

from pathlib import Path

import pytest
from fixtures.hostile.models import glb
from typer.testing import CliRunner

from spiff.catalogue.cli import catalogue
from tests.catalogue import small

SVG = "http://www.w3.org/2000/svg"


def _notes(folder: Path, *changes: tuple[str, str], model: bytes = b"") -> list[str]:
    """The notes of the small catalogue with these changes, without their places."""
    (folder / "card.glb").write_bytes(model)
    text = small.TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return [note.partition(": ")[2] for note in small.compiled(folder, text).notes]


def test_nothing_is_noted_of_a_design_that_prints_well(tmp_path: Path) -> None:
    assert _notes(tmp_path) == []


@pytest.mark.parametrize("levels", ["", "preflight: {text-too-small: block}"])
def test_what_preflight_finds_in_the_design_that_a_product_starts_with_is_noted(tmp_path: Path, levels: str) -> None:
    found = _notes(tmp_path, ("maxSize: 40", "size: 4"), ("price: 1200\n", f"price: 1200\n    {levels}\n"))

    sentence = "the text is too small to be printed well, in points: 4 (text-too-small)"
    assert found == [f"workflow/card/step/name: in the design that Card starts with, {sentence}"]


def test_what_a_product_ignores_is_not_noted(tmp_path: Path) -> None:
    ignored = ("price: 1200\n", "price: 1200\n    preflight: {text-too-small: ignore}\n")

    assert _notes(tmp_path, ("maxSize: 40", "size: 4"), ignored) == []


def test_steps_that_are_not_there_at_first_are_looked_at_too(tmp_path: Path) -> None:
    (found,) = _notes(tmp_path, ("text: Love\n", "text: Love\n        size: 3\n"))

    assert found.startswith("workflow/card/step/wish: ") and "text-too-small" in found


def test_a_colour_with_more_ink_than_its_panel_takes_is_noted_where_it_stands(tmp_path: Path) -> None:
    wet = ('red: {name: Red, color: "#aa0000"}', 'red: {name: Red, color: "#aa0000", cmyk: [80, 90, 90, 50]}')
    panel = ("height: 100, bleed: 5}", "height: 100, bleed: 5, maxInk: 300}")

    sentence = 'option/inks/red: its inks come to 310 percent, more than the "maxInk" 300 of panel "front"'
    assert _notes(tmp_path, wet, panel) == [sentence]
    assert _notes(tmp_path, wet) == []


def test_a_text_that_is_not_seen_until_a_font_is_chosen_is_noted(tmp_path: Path) -> None:
    found = _notes(tmp_path, ("    default: script\n", ""))

    sentence = 'its text is not seen until a font is chosen; give the step or its "fonts" a "default"'
    assert f"workflow/card/step/name: {sentence}" in found


def test_a_grey_for_text_that_takes_four_inks_is_noted(tmp_path: Path) -> None:
    grey, inked = 'red: {name: Grey, color: "#222222"}', 'red: {name: Grey, color: "#222222", cmyk: [0, 0, 0, 87]}'
    red = 'red: {name: Red, color: "#aa0000"}'

    sentence = 'text in this grey is printed with four inks; "cmyk: [0, 0, 0, 87]" takes one'
    assert _notes(tmp_path, (red, grey)) == [f"option/inks/red: {sentence}"]
    assert _notes(tmp_path, (red, inked)) == _notes(tmp_path, (red, red.replace("#aa0000", "#000000"))) == []


def test_a_rich_black_with_more_ink_than_a_panel_takes_is_noted(tmp_path: Path) -> None:
    rich = ("price: 1200\n", "price: 1200\n    print: {richBlack: [90, 90, 80, 100]}\n")

    sentences = [
        f'product "card": "richBlack" comes to 360 percent, more than the "maxInk" 330 of panel "{name}"'
        for name in ("back", "front")
    ]
    assert _notes(tmp_path, rich) == sentences


MODEL = [("  dots: {file", "  shape: card.glb\n  dots: {file"), ("price: 1200\n", "price: 1200\n    model: shape\n")]


def test_a_model_that_shows_no_panel_is_noted(tmp_path: Path) -> None:
    there = "no panel of Card is a material of the model, so that the design is not seen in 3D"

    assert _notes(tmp_path, *MODEL, model=glb(materials=[{"name": "Front"}, {}])) == [
        f'product "card": {there}; the model has Front'
    ]
    assert _notes(tmp_path, *MODEL, model=glb()) == [f'product "card": {there}; the model has no materials']
    assert _notes(tmp_path, *MODEL, model=glb(materials=[{"name": "front"}])) == []


def test_a_material_that_the_model_lacks_is_noted_at_its_step(tmp_path: Path) -> None:
    woods = (
        "  box:\n    type: question",
        "  woods: {type: material, variants: {oak: {asset: dots}}}\n  box:\n    type: question",
    )
    step = "      legs: {type: material, materials: woods, targetMaterials: [legs, leg]}\n      box: {type"
    steps = [("      box: {type", step), ("name, box, wish", "name, legs, box, wish")]

    found = _notes(tmp_path, *MODEL, woods, *steps, model=glb(materials=[{"name": "front"}, {"name": "legs"}]))

    assert found == ['workflow/card/step/legs: the model of product "card" has no material "leg", did you mean "legs"?']


@pytest.mark.parametrize(("mark", "noted"), [("", True), ('id="spiff-line" ', False)])
def test_an_area_in_an_ink_for_cutters_is_noted(tmp_path: Path, mark: str, noted: bool) -> None:
    rectangle = f'<rect {mark}width="200" height="100" fill="none" stroke="red"/>'
    (tmp_path / "die.svg").write_text(f'<svg xmlns="{SVG}" width="200" height="100">{rectangle}</svg>', "utf-8")
    ink = "inks: {spiff-fill-1: {namedColor: CutContour, cmyk: [0, 100, 0, 0]}}, only: print"
    place = "regions: [{panel: front, left: 0, top: 0, width: 200, height: 100}]"
    step = f"      die: {{type: artwork, asset: die, {ink}, {place}}}\n      box: {{type"
    changes = [("  dots: {file", "  die: die.svg\n  dots: {file"), ("      box: {type", step)]

    found = _notes(tmp_path, *changes, ("name, box, wish", "name, die, box, wish"))

    assert [each.partition(";")[0] for each in found] == [
        'workflow/card/step/die: "CutContour" is an area of the drawing, around which a cutter goes twice'
    ] * noted


def test_lint_tells_notes_by_their_lines_and_succeeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_SECRET", small.ENVIRON["TEST_SECRET"])
    text = small.TEXT.replace("maxSize: 40", "size: 4")
    file = small.write(tmp_path, text)

    result = CliRunner().invoke(catalogue, ["lint", str(file)])

    line = text[: text.index("        type: text\n        title: Name")].count("\n") + 1
    assert result.exit_code == 0
    assert result.stderr.startswith(f"{file}:{line}:9: workflow/card/step/name: ")
    assert result.stdout.endswith("no mistakes, 1 note\n")
