"""What composing never makes but scenes may hold: clips, no fill. browser/composer/test/svg.test.ts has the same."""

from msgspec import structs

from spiff.composing.canonical import canonical_scene
from spiff.composing.document import Ink
from spiff.composing.scene import ImageElement, PathElement, Scene, ScenePanel
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

SPOT = Ink(spot="CutContour", overprint=True)
CLIPPED = structs.replace(
    PANEL,
    elements=(
        PathElement("M9 9Z", stroke="#ec008c", stroke_width=1, stroke_ink=SPOT, only="print"),
        PathElement("M0 0Z", "#000000", fill_ink=Ink((0, 12.5, 0, 100), overprint=True), clip="M1 1Z"),
        PathElement("M2 2Z", "#123456", clip="M1 1Z"),
        PathElement("M3 3Z", "#123456", only="screen"),
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


def test_neighbours_share_a_clip_and_what_is_only_for_print_is_not_shown() -> None:
    assert to_svg(CLIPPED, str) == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="10.5" height="20" viewBox="0 0 10.5 20">'
        '<clipPath id="clip0"><path d="M1 1Z"/></clipPath><g clip-path="url(#clip0)">'
        '<path d="M0 0Z" fill="#000000"/><path d="M2 2Z" fill="#123456"/></g><path d="M3 3Z" fill="#123456"/></svg>'
    )


def test_inks_clips_and_media_are_part_of_the_scenes_identity() -> None:
    assert canonical_scene(Scene((CLIPPED,))) == (
        '{"panels":[{"bleed":0,"elements":['
        '{"d":"M9 9Z","kind":"path","only":"print","stroke":"#ec008c",'
        '"strokeInk":{"overprint":true,"spot":"CutContour"},"strokeWidth":1},'
        '{"clip":"M1 1Z","d":"M0 0Z","fill":"#000000","fillInk":{"cmyk":[0,12.5,0,100],'
        '"overprint":true},"kind":"path"},'
        '{"clip":"M1 1Z","d":"M2 2Z","fill":"#123456","kind":"path"},'
        '{"d":"M3 3Z","fill":"#123456","kind":"path","only":"screen"}],'
        '"height":20,"name":"a\\"\\n\\u0001é","width":10.5}]}'
    )
