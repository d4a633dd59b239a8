"""The fixture designs as panels with bytes for every picture they name: made by rule, alike on every run."""

import io
from collections.abc import Iterator
from functools import cache

from fixtures.composing import composed, designs
from PIL import Image

from spiff.composing.scene import ImageElement, ScenePanel


@cache
def picture() -> bytes:
    """Red grows to the right, green downwards, slowly enough for any two resamplers."""
    across, down = Image.linear_gradient("L").rotate(90), Image.linear_gradient("L")
    file = io.BytesIO()
    Image.merge("RGB", (across, down, Image.new("L", across.size, 128))).save(file, "PNG")
    return file.getvalue()


def panels() -> Iterator[tuple[str, ScenePanel, dict[str, bytes]]]:
    """Every panel of the hand-written designs that can be a page; of those that look alike, the first."""
    seen = set()
    for name, design in designs().items():
        for panel in composed(design).scene.panels:
            is_page = min(panel.width, panel.height) > 2 * panel.bleed and max(panel.width, panel.height) < 2000
            if is_page and panel not in seen:
                seen.add(panel)
                assets = {element.asset for element in panel.elements if isinstance(element, ImageElement)}
                yield f"{name}/{panel.name}", panel, dict.fromkeys(assets, picture())
