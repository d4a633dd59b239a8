"""An integration's own look: it reaches the page, and one that could not be read is refused."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from spiff.catalogue.mistakes import CatalogueMistaken
from spiff.catalogue.reading.themes import PAPER, WASH, contrast
from spiff.web.routing import Services
from tests.catalogue import small

STYLE = Path("browser/customiser/src/style.css").read_text("utf-8")


def _text(theme: str) -> str:
    return small.TEXT.replace("    applicationKeys:", f"    theme: {theme}\n    applicationKeys:", 1)


def test_the_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_the_grounds_are_those_of_the_style_sheet() -> None:
    assert f"--paper: {PAPER};" in STYLE
    assert f"--wash: {WASH};" in STYLE


@pytest.mark.parametrize(
    ("theme", "sentence"),
    [
        ('{accent: "#ffcc00"}', "to the paper"),
        ('{accent: "#757575"}', "to the ground of fields"),
        ('{accent: "#1d5a4c", onAccent: "#000000"}', 'to "onAccent"'),
        ('{accent: "#1d5a4c", radius: 25}', "radius"),
        ("{accent: red}", "colour"),
        ("{}", "accent"),
    ],
)
def test_a_theme_that_could_not_be_read_is_refused(tmp_path: Path, theme: str, sentence: str) -> None:
    with pytest.raises(CatalogueMistaken) as mistaken:
        small.compiled(tmp_path, _text(theme))

    assert sentence in str(mistaken.value)


def test_a_theme_reaches_the_page_and_applying_again_changes_nothing(
    client: TestClient, services: Services, tmp_path: Path
) -> None:
    compiled, _ = small.apply(services, tmp_path, _text('{accent: "#7A1FA2", radius: 4}'))
    again = small.apply(services, tmp_path, _text('{accent: "#7A1FA2", radius: 4}'))[1]

    told = client.get(f"/api/integration-products/{compiled.integration_products[0].id}").json()

    assert told["theme"] == {"accent": "#7a1fa2", "onAccent": "#ffffff", "radius": 4}
    assert {change.verb for change in again} == {"unchanged"}
