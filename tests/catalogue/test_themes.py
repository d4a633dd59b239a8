"""Themes: read, refused where they could not be read by people, and told to the page with all that follows."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from spiff.catalogue.mistakes import CatalogueMistaken
from spiff.merchants.model import Theme
from spiff.merchants.palette import LIGHT, contrast, mixed, palette, unreadable
from spiff.web.routing import Services
from tests.catalogue import small

STYLE = (Path(__file__).parents[2] / "browser/customiser/src/style.css").read_text("utf-8")
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def _text(theme: str) -> str:
    return small.TEXT.replace("    applicationKeys:", f"    theme: {theme}\n    applicationKeys:", 1)


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_colours_are_mixed_as_browsers_mix_them() -> None:
    assert mixed("#ff0000", "#ffffff", 0.08) == "#ffebeb"  # color-mix(in srgb, red 8%, white)
    assert mixed("#1d5a4c", "#000000", 1) == "#1d5a4c"


def test_the_light_look_is_that_of_the_style_sheet() -> None:
    properties = {"text": "ink", "outline": "control-line", "error": "warn"}

    assert [name for name, colour in LIGHT.items() if f"--{properties.get(name, name)}: {colour};" not in STYLE] == []


@pytest.mark.parametrize(
    ("theme", "sentence"),
    [
        ('{accent: "#ffcc00"}', '"accent" has a contrast of 1.5 to the paper; text needs 4.5'),
        ('{accent: "#757575"}', '"accent" has a contrast of 4.1 to the ground of fields'),
        ('{accent: "#1d5a4c", onAccent: "#000000"}', '"onAccent" has a contrast of 2.6 to "accent"'),
        ('{accent: "#1d5a4c", text: "#999999"}', '"text" has a contrast of 2.8 to the paper'),
        ('{accent: "#1d5a4c", muted: "#888888"}', '"muted" has a contrast of 3.5 to the paper'),
        ('{accent: "#1d5a4c", error: "#ff8888"}', '"error" has a contrast of 2.3 to the paper'),
        ('{accent: "#1d5a4c", outline: "#bbbbbb"}', "1.9 to the paper; the edges of controls need 3.0"),
        ('{accent: "#1d5a4c", wash: "#777777"}', '"text" has a contrast of 3.5 to the ground of fields'),
        ('{accent: "#1d5a4c", paper: "#101010"}', '"accent" has a contrast of 2.4 to the paper'),
        ('{accent: "#1d5a4c", radius: 25}', "radius"),
        ('{accent: "#1d5a4c", density: airy}', '"density" cannot be "airy"'),
        ('{accent: "#1d5a4c", font: comic}', "there is no asset"),
        ('{accent: "#1d5a4c", font: dots}', 'this asset is a picture, but "font" takes a font'),
        ('{accent: "#1d5a4c", logo: script}', 'this asset is a font, but "logo" takes a picture'),
        ("{accent: red}", "colour"),
        ("{}", "accent"),
    ],
)
def test_a_theme_that_could_not_be_read_is_refused(tmp_path: Path, theme: str, sentence: str) -> None:
    with pytest.raises(CatalogueMistaken) as mistaken:
        small.compiled(tmp_path, _text(theme))

    assert sentence in str(mistaken.value)


def test_a_theme_reaches_the_page_and_applying_again_changes_nothing(client: TestClient, services: Services) -> None:
    text = _text('{accent: "#7A1FA2", radius: 4, density: compact, font: serif, logo: dots}')
    compiled, _ = small.apply(services, text)
    again = small.apply(services, text)[1]

    told = client.get(f"/api/integration-products/{compiled.integration_products[0].id}").json()["theme"]

    assert client.get(told.pop("logoUrl")).headers["content-type"] == "image/png"
    colours = told.pop("colors")
    assert told == {"dark": False, "radius": 4, "density": "compact", "typeface": "serif", "fontUrl": None}
    assert (colours["accent"], colours["paper"], colours["accentWash"]) == ("#7a1fa2", "#ffffff", "#f4edf8")
    assert {change.verb for change in again} == {"unchanged"}


def test_a_dark_paper_makes_everything_dark_that_the_theme_leaves_open(client: TestClient, services: Services) -> None:
    compiled, _ = small.apply(
        services,
        _text('{accent: "#ffc46b", onAccent: "#241800", paper: "#161320", wash: "#211d2e", font: script}'),
    )

    told = client.get(f"/api/integration-products/{compiled.integration_products[0].id}").json()["theme"]

    assert told["dark"]
    assert contrast(told["colors"]["text"], told["colors"]["paper"]) > 10
    assert client.get(told["fontUrl"]).status_code == 200


@given(COLOURS, COLOURS, COLOURS)
def test_a_theme_that_is_let_through_can_be_read_everywhere(accent: str, on_accent: str, paper: str) -> None:
    theme = Theme(accent, on_accent, paper=paper)
    if unreadable(theme):
        return

    colours = palette(theme)

    for ink, ground in [
        ("text", "paper"),
        ("accent", "accentWash"),
        ("onAccent", "accentStrong"),
        ("error", "errorWash"),
    ]:
        assert contrast(colours[ink], colours[ground]) >= 4.5
