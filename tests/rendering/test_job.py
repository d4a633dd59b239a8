"""A render job says what is made and for which medium."""

import pytest

from spiff.composing.scene import PathElement
from spiff.rendering.job import RenderJob
from spiff.rendering.making import render
from spiff.rendering.printing import Format
from tests.rendering.panels import panel, rectangle

PRINTED = PathElement(rectangle(0, 0, 50, 50), "#ff0000", only="print")
SHOWN = PathElement(rectangle(50, 0, 90, 50), "#00ff00", only="screen")


@pytest.mark.parametrize(
    ("format_", "begin"), [("pdf", b"%PDF"), ("png", b"\x89PNG"), ("svg", b"<svg"), ("dxf", b"0\nSECTION")]
)
def test_every_format_leaves_out_what_is_only_for_the_other_medium(format_: Format, begin: bytes) -> None:
    made = render(RenderJob(panel(PRINTED, SHOWN), {}, format_))

    assert made.startswith(begin)
    assert made == render(RenderJob(panel(PRINTED), {}, format_))
    assert made != render(RenderJob(panel(PRINTED, SHOWN), {}, format_, medium="screen"))
