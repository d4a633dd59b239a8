"""The cart's picture is drawn from small copies of photos, unless that would show."""

from fixtures.composing import composed, designs

from spiff.composing.scene import ImageElement, ScenePanel
from spiff.transactions.designing import PREVIEW_WIDTH_PX, enough_for_screens

PROXIES = {"photo": "small"}


def panel(side_px: float) -> ScenePanel:
    """A panel whose photo is so wide in the cart's picture."""
    side = side_px * 200 / PREVIEW_WIDTH_PX
    return ScenePanel("front", 220, 120, 10, None, (ImageElement("photo", (0, side, -side / 2, 0, 0, 0)),))


def test_a_photo_is_drawn_from_its_small_copy() -> None:
    assert enough_for_screens(panel(999), PROXIES) == {"photo": "small"}


def test_a_photo_drawn_larger_than_its_copy_is_drawn_from_itself() -> None:
    assert enough_for_screens(panel(1001), PROXIES) == {"photo": "photo"}


def test_a_picture_without_a_copy_is_drawn_from_itself() -> None:
    sample = composed(designs()["sample"]).scene.panels[0]

    assert enough_for_screens(sample, PROXIES) == {"upload:photo": "upload:photo"}
