"""The example shop's models: made from their sources, taken by intake, their prints where the panels' trims are."""

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from examples.shop.models import box, mug, tote
from examples.shop.models.glb import Part, write_glb
from spiff.assets.intake import take_in

FOLDER = Path(__file__).parents[2] / "examples" / "shop" / "models"


@pytest.mark.parametrize(("name", "model"), [("mug", mug), ("box", box), ("tote", tote)])
def test_the_file_is_what_its_source_makes_and_intake_takes_it(name: str, model: ModuleType) -> None:
    kept = (FOLDER / f"{name}.glb").read_bytes()

    assert write_glb(name, model.parts()) == kept
    assert take_in(kept).kept.kind == "model"


def _part(parts: list[Part], material: str) -> Part:
    return next(part for part in parts if part.material == material)


def test_the_mugs_print_is_as_large_as_the_trim_and_its_middle_is_in_front() -> None:
    (surface,) = _part(mug.parts(), "wrap").surfaces
    row = surface.points[0]
    around = np.linalg.norm(np.diff(row, axis=0), axis=1).sum()
    trim = (mug.PANEL_WIDTH - 2 * mug.BLEED) * mug.POINT
    left, right = surface.uv[0, 0, 0], surface.uv[0, -1, 0]
    front = surface.points[..., 2].argmax()

    assert around == pytest.approx(trim, rel=1e-3)
    assert np.ptp(surface.points[..., 1]) == pytest.approx((mug.PANEL_HEIGHT - 2 * mug.BLEED) * mug.POINT)
    assert (left, right) == pytest.approx((mug.BLEED / mug.PANEL_WIDTH, 1 - mug.BLEED / mug.PANEL_WIDTH))
    assert surface.uv.reshape(-1, 2)[front, 0] == pytest.approx(0.5, abs=0.01)
    # What is left on the panel is left for whoever stands in front of the mug.
    assert surface.points[0, 40, 0] < 0 < surface.points[0, -40, 0]


def test_the_totes_print_is_all_of_its_front_the_right_way_round() -> None:
    (surface,) = _part(tote.parts(), "print").surfaces
    top_left, bottom_right = surface.points[-1, 0], surface.points[0, -1]

    assert surface.uv[-1, 0].tolist() == [0, 0]
    assert (top_left[0], top_left[1]) == (-tote.WIDTH / 2, tote.HEIGHT)
    assert (bottom_right[0], bottom_right[1]) == (tote.WIDTH / 2, 0)
    assert surface.points[..., 2].min() > -1e-9


def test_the_lid_is_read_from_the_front() -> None:
    (surface,) = _part(box.parts(), "lid").surfaces
    flat, uv = surface.points.reshape(-1, 3), surface.uv.reshape(-1, 2)
    top_left, bottom_right = uv.sum(axis=1).argmin(), uv.sum(axis=1).argmax()

    assert flat[top_left, 2] < flat[bottom_right, 2]
    assert flat[top_left, 0] < flat[bottom_right, 0]
