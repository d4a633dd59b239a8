"""Makes all models and material pictures of the example shop.

Run it after a change: `.venv/bin/python -m examples.shop.models`. It uses no chance and no clock, so it always makes
the same.
"""

from pathlib import Path

from examples.shop.models import box, clays, mug, tote
from examples.shop.models.glb import write_glb

HERE = Path(__file__).parent


def main() -> None:
    """Make everything."""
    for model in (mug, box, tote):
        name = model.__name__.rpartition(".")[2]
        (HERE / f"{name}.glb").write_bytes(write_glb(name, model.parts()))
    clays.draw_all(HERE)


main()
