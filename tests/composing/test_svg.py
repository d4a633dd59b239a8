"""What composing never makes but scenes may hold: clips, no fill. browser/composer/test/svg.test.ts has the same."""

from spiff.composing.canonical import canonical_scene
from spiff.composing.model import ImageElement, PathElement, Scene, ScenePanel
from spiff.rendering.svg import to_svg

PANEL = ScenePanel(
    name='a"\n\u0001é',
    width=10.5,
    height=20,
    bleed=0,
    background=None,
    elements=(
        PathElement("M0 0L1 1Z", None, "#ff0000", 0.5),
        ImageElement('x"&', (1, 0, 0, -0.0, 2.00049, 3), "M0 0L5 5L0 5Z"),
    ),
)


def test_a_clip_stands_right_before_its_image() -> None:
    assert to_svg(PANEL, lambda asset: f"/{asset}<>") == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10.5" height="20" viewBox="0 0 10.5 20">'
        '<path d="M0 0L1 1Z" fill="none" stroke="#ff0000" stroke-width="0.5" stroke-linejoin="round"'
        ' stroke-linecap="round" paint-order="stroke"/>'
        '<clipPath id="clip1"><path d="M0 0L5 5L0 5Z"/></clipPath><g clip-path="url(#clip1)">'
        '<image width="1" height="1" preserveAspectRatio="none" transform="matrix(1 0 0 0 2 3)"'
        ' href="/x&quot;&amp;&lt;&gt;"/></g></svg>'
    )


def test_absent_members_are_left_out_of_canonical_json() -> None:
    assert canonical_scene(Scene((PANEL,))) == (
        '{"panels":[{"bleed":0,"elements":[{"d":"M0 0L1 1Z","kind":"path","stroke":"#ff0000","strokeWidth":0.5},'
        '{"asset":"x\\"&","clip":"M0 0L5 5L0 5Z","kind":"image","matrix":[1,0,0,0,2,3]}],'
        '"height":20,"name":"a\\"\\n\\u0001é","width":10.5}]}'
    )
