"""What is left of a drawing: slots, paths and numbers; and nothing else."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiff.assets.illustrations import flatten_svg
from spiff.assets.svg.refusals import SvgRefused
from spiff.composing.resources import DrawingPath, SlotColor
from spiff.errors import Invalid
from tests.assets.drawings import DRAWINGS, ROUND, svg

_PATH = re.compile(r"(?:M[-\d. ]+|L[-\d. ]+|Q[-\d. ]+|C[-\d. ]+|Z)+")


def slots(body: str) -> dict[str, str]:
    return {slot.id: slot.color for slot in flatten_svg(svg(body)).slots}


def path(body: str, attributes: str = 'viewBox="0 0 100 100"') -> DrawingPath:
    (only,) = flatten_svg(svg(body, attributes)).paths
    return only


def refusal(body: str) -> SvgRefused:
    with pytest.raises(SvgRefused) as caught:
        flatten_svg(svg(body))
    return caught.value


def box(more: str) -> str:
    return f'<rect width="9" height="9" {more}/>'


def test_each_colour_has_a_slot_in_order_of_appearance() -> None:
    found = slots(box('fill="red"') + box('fill="#00F"') + box('fill="rgb(255,0,0)"') + box(""))

    assert found == {"spiff-fill-1": "#ff0000", "spiff-fill-2": "#0000ff", "spiff-fill-3": "#000000"}


def test_a_class_names_the_slot_and_groups_hand_it_down() -> None:
    body = f'<g class="a spiff-fill-body" fill="red">{box("")}{box("""fill="blue" """)}</g>'

    assert slots(body) == {"spiff-fill-body": "#ff0000", "spiff-fill-1": "#0000ff"}


def test_a_slot_with_a_class_is_not_shared_with_its_colour_elsewhere() -> None:
    body = box('class="spiff-fill-1" fill="red"') + box('fill="red"')

    assert slots(body) == {"spiff-fill-1": "#ff0000", "spiff-fill-2": "#ff0000"}


def test_two_classes_may_have_one_colour() -> None:
    body = box('class="spiff-fill-a" fill="red"') + box('class="spiff-fill-b" fill="red"')

    assert slots(body) == {"spiff-fill-a": "#ff0000", "spiff-fill-b": "#ff0000"}


def test_what_is_cut_off_or_hidden_has_no_slot() -> None:
    body = box('fill="red" x="200"') + box('fill="green" display="none"') + box('fill="blue"')

    assert slots(body) == {"spiff-fill-1": "#0000ff"}


def test_a_round_stroke_stays_a_stroke_and_grows_with_its_group() -> None:
    found = path(f'<g transform="scale(3)"><path d="M5 5L9 9" stroke="red" fill="none" {ROUND}/></g>')

    assert found == DrawingPath("M15 15L27 27", None, "spiff-fill-1", 3.0)


def test_a_stroke_under_its_fill_is_one_path() -> None:
    found = path(f'<path paint-order="stroke" d="M5 5h9v9z" fill="red" stroke="blue" {ROUND}/>')

    assert (found.fill_slot, found.stroke_slot, found.stroke_width) == ("spiff-fill-1", "spiff-fill-2", 1.0)


def test_a_pointed_stroke_becomes_an_area() -> None:
    found = path('<path d="M10 50H90" stroke="red" stroke-width="10"/>'.replace("/>", ' fill="none"/>'))

    assert found == DrawingPath("M10 45L90 45L90 55L10 55L10 45Z", "spiff-fill-1", None, 0.0)


@pytest.mark.parametrize(
    ("shape", "stays"),
    [
        ('<rect x="5" y="5" width="80" height="80" rx="9" stroke-width="2"/>', True),
        ('<circle cx="50" cy="50" r="40" stroke-width="9"/>', True),
        ('<rect x="5" y="5" width="80" height="80" stroke-width=".2"/>', True),
        ('<rect x="5" y="5" width="80" height="80" stroke-width=".21"/>', False),
        ('<path d="M5 5 85 5 5 20Z" stroke-width=".1"/>', False),
        ('<path d="M5 5C30 5 30 80 50 80" stroke-width=".1"/>', False),
    ],
)
def test_a_cut_line_stays_a_line_where_round_corners_look_the_same(shape: str, stays: bool) -> None:
    """Cutters follow lines: around an area they cut twice. Drawing programs write pointed corners by default."""
    found = path(shape.replace("/>", ' fill="none" stroke="#f0f"/>'))

    assert (found.stroke_slot is not None) == stays


@pytest.mark.parametrize(
    ("before", "shape", "width"),
    [
        ("", '<rect class="spiff-line" width="100" height="100" stroke-width="3"/>', 3),
        ("", '<path id="spiff-line" d="M5 5 85 5 5 20" stroke-dasharray="3 1"/>', 1),
        ('<g id="spiff-line_1_" transform="scale(2 8)">', '<path d="M1 1 40 1 1 10"/>', 4),
    ],
)
def test_what_is_marked_as_a_line_stays_one_whatever_its_corners(before: str, shape: str, width: float) -> None:
    """A cutter sees no corners of a stroke; on the picture's edge half of it would be cut off."""
    after = "</g>" if before else ""
    found = path(before + shape.replace("/>", ' fill="none" stroke="#f0f"/>') + after)

    assert (found.fill_slot, found.stroke_slot, found.stroke_width) == (None, "spiff-fill-1", width)


def test_a_marked_line_that_leaves_the_picture_is_refused() -> None:
    with pytest.raises(SvgRefused, match="leaves the picture"):
        path('<path id="spiff-line" d="M5 5 185 5" stroke="red"/>')


def test_coordinates_are_rounded_half_up_to_thousandths() -> None:
    assert path('<path d="M0.0005 1.23449L-0 5.0004V10z"/>').d == "M0.001 1.234L0 5L0 10Z"


def test_a_small_drawing_is_enlarged_so_that_thousandths_are_fine() -> None:
    drawing = flatten_svg(svg('<path d="M0 0L.5 .25V.1z"/>', 'viewBox="0 0 1 .5"'))

    assert (drawing.width, drawing.height, drawing.paths[0].d) == (100, 50, "M0 0L50 25L50 10Z")


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="5 5 200 100"', (200, 100)),
        ('viewBox="0 0 200 100" width="4in"', (384, 192)),
        ('viewBox="0 0 200 100" height="150"', (300, 150)),
        ('viewBox="0 0 200 100" width="100%" height="100%"', (200, 100)),
        ('width="400" height="300px"', (400, 300)),
        ('width="254mm" height="25.4cm"', (960, 960)),
    ],
)
def test_the_size_is_that_of_the_document_or_follows_from_its_view_box(
    attributes: str, size: tuple[float, float]
) -> None:
    drawing = flatten_svg(svg(box(""), attributes))

    assert (drawing.width, drawing.height) == size


def test_notes_of_drawing_programs_are_passed_over() -> None:
    body = (
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><r:li/></r:RDF></metadata>'
        '<i:view xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:x="1"><path/></i:view><title>&lt;b&gt;</title>'
        "<!-- a comment --><?tool note?>" + box('data-name="x" aria-label="y" xml:space="preserve"')
    )

    assert path(body).d == "M0 0L9 0L9 9L0 9Z"


def test_a_refusal_names_the_element_or_the_attribute() -> None:
    assert "'linearGradient'" in refusal(f'<linearGradient id="g"/>{box("""fill="url(#g)" """)}').detail
    assert "'opacity'" in refusal(box('opacity=".5"')).detail
    assert "'mix-blend-mode'" in refusal(box('style="mix-blend-mode:screen"')).detail
    assert "'onclick'" in refusal(box('onclick="x"')).detail


def test_a_reference_to_what_is_not_there_says_so() -> None:
    assert refusal(box('fill="url(#gone)"')).detail == "'fill' refers to 'url(#gone)', which is not in the file"
    symbol = '<symbol id="s"/>'
    assert refusal(symbol + box('clip-path="url(#s)"')).detail == "'clip-path' cannot be the element 'symbol'"


def test_a_refusal_is_a_broken_rule_with_its_own_code() -> None:
    found = refusal("<text/>")

    assert isinstance(found, Invalid)
    assert (found.status, found.code) == (422, "svg-element")


def test_a_message_shows_little_of_the_file() -> None:
    assert len(refusal(box(f'fill="{"x" * 100_000}"')).detail) < 300


@pytest.mark.parametrize("name", DRAWINGS)
def test_only_outlines_are_left_and_the_same_every_time(name: str) -> None:
    drawing = flatten_svg(DRAWINGS[name])

    assert flatten_svg(DRAWINGS[name]) == drawing
    assert all(_PATH.fullmatch(each.d) for each in drawing.paths)
    assert all(re.fullmatch("#[0-9a-f]{6}", slot.color) for slot in drawing.slots)
    used = {each.fill_slot for each in drawing.paths} | {each.stroke_slot for each in drawing.paths}
    assert used - {None} == {slot.id for slot in drawing.slots}
    assert isinstance(drawing.slots[0], SlotColor)


@settings(max_examples=300, deadline=None)
@given(st.text("MLHVCSQTAZmlhvcsqtaz0123456789.,-+eE \n", max_size=60))
def test_any_path_data_is_either_drawn_or_refused(d: str) -> None:
    try:
        drawing = flatten_svg(svg(f'<path d="M0 0H9V9z"/><path d="{d}" stroke="red"/>'))
    except SvgRefused:
        return
    assert all(_PATH.fullmatch(each.d) for each in drawing.paths)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400))
def test_any_bytes_are_either_drawn_or_refused(noise: bytes, at: int) -> None:
    whole = DRAWINGS["transforms"]
    try:
        flatten_svg(whole[:at] + noise + whole[at + len(noise) :])
    except SvgRefused as refused:
        assert refused.code.startswith("svg-")


_PLAIN = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">'


@pytest.mark.parametrize("doctype", ["<!DOCTYPE svg>", _PLAIN, '<!DOCTYPE svg SYSTEM "file:///etc/passwd">'])
def test_a_doctype_that_declares_nothing_is_passed_over(doctype: str) -> None:
    whole = svg(box(""))

    assert flatten_svg(doctype.encode() + whole) == flatten_svg(whole)


@pytest.mark.parametrize("body", [box('id="&red;"'), "<desc>&red;</desc>" + box("")])
def test_an_entity_that_a_doctype_could_declare_elsewhere_is_refused(body: str) -> None:
    with pytest.raises(SvgRefused) as caught:
        flatten_svg(_PLAIN.encode() + svg(body))

    assert caught.value.code == "svg-doctype"


def test_the_outline_of_a_frame_is_the_path_that_is_marked() -> None:
    plain, by_class = box('fill="red"'), '<path class="a st0" d="M1 1H9V9Z" fill="none"/>'
    by_id = '<g transform="scale(2)"><path id="target-path" fill-rule="evenodd" d="M0 0H8V8H0Z M2 2H6V6H2Z"/></g>'

    assert flatten_svg(svg(plain)).outline is None
    assert flatten_svg(svg(plain + by_class)).outline == "M1 1L9 1L9 9Z"
    assert flatten_svg(svg(plain + by_class + by_id)).outline == "M16 0L16 16L0 16L0 0L16 0ZM12 4L4 4L4 12L12 12L12 4Z"


_ILLUSTRATOR = """<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
<!ENTITY ns_svg "http://www.w3.org/2000/svg"><!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
<!ATTLIST svg xmlns:xlink CDATA #FIXED "http://www.w3.org/1999/xlink">]>"""


def test_names_of_namespaces_that_a_doctype_abbreviates_are_read() -> None:
    """As Illustrator and Sodipodi write them; nothing is fetched for it."""
    document = f'{_ILLUSTRATOR}<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" viewBox="0 0 9 9"><i:x/>{box("")}</svg>'

    assert len(flatten_svg(document.encode()).paths) == 1


@pytest.mark.parametrize(
    "declared",
    [
        *('<!ENTITY a "<rect/>">', '<!ENTITY a "&b;">', '<!ENTITY a "&#60;">', f'<!ENTITY a "{"x" * 300}">'),
        *('<!ENTITY % a "x">', '<!ENTITY a SYSTEM "a.svg">', '<!ENTITY a SYSTEM "a.gif" NDATA gif>'),
        *('<!ATTLIST use href CDATA #FIXED "#a">', "<!ELEMENT svg ANY>", '<!NOTATION gif SYSTEM "viewer">'),
        "".join(f'<!ENTITY a{at} "x">' for at in range(51)),
    ],
)
def test_all_else_that_a_doctype_declares_is_refused(declared: str) -> None:
    with pytest.raises(SvgRefused) as caught:
        flatten_svg(f"<!DOCTYPE svg [{declared}]>".encode() + svg(box("")))

    assert caught.value.code == "svg-doctype"


def test_an_abbreviation_is_not_used_thousands_of_times() -> None:
    with pytest.raises(SvgRefused) as caught:
        flatten_svg(b'<!DOCTYPE svg [<!ENTITY a "x">]>' + svg(f"<desc>{'&a;' * 501}</desc>{box('')}"))

    assert caught.value.code == "svg-doctype"


def test_an_old_file_without_a_namespace_is_read() -> None:
    document = f'<svg viewBox="0 0 9 9"><g>{box("")}</g><x xmlns="urn:x">{box("")}</x></svg>'

    assert len(flatten_svg(document.encode()).paths) == 1


@pytest.mark.parametrize(
    ("element", "use"),
    [
        ("radialGradient", "stroke"),
        ("pattern", "fill"),
        ("linearGradient", "fill"),
        ("mask", "clip-path"),
    ],
)
def test_what_uses_a_definition_that_is_no_path_is_refused_with_its_name(element: str, use: str) -> None:
    found = refusal(f'<{element} id="g"/><style>.a {{ {use}: url("#g") }}</style>{box("""class="a" """)}')

    assert (found.code, f"'{element}'" in found.detail, f"'{use}'" in found.detail) == ("svg-element", True, True)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ('<clipPath id="c" clipPathUnits="objectBoundingBox"><circle r="1"/></clipPath>', "svg-attribute"),
        ('<clipPath id="c"><circle r="9" clip-path="url(#d)"/></clipPath><clipPath id="d"/>', "svg-attribute"),
        ('<clipPath id="c"><use id="u" href="#u"/></clipPath>', "svg-empty"),
        ('<clipPath id="c"><use href="#nobody"/></clipPath>', "svg-reference"),
        ('<g id="c"/>', "svg-reference"),
        ("", "svg-reference"),
    ],
)
def test_a_clip_path_that_cannot_be_reduced_is_refused(body: str, code: str) -> None:
    assert refusal(body + box("""clip-path="url(#c)" """)).code == code


def test_a_clip_path_of_too_many_shapes_is_refused() -> None:
    circle = '<circle r="9"/>'
    clip = f'<clipPath id="c">{circle * 101}</clipPath>'

    assert refusal(clip + box("""clip-path="url(#c)" """)).code == "svg-too-complex"


def test_a_clip_path_is_united_once_for_all_that_it_cuts() -> None:
    """Drawing programs cut every object by the same artboard."""
    clip = '<clipPath id="c"><circle r="5"/><circle r="8"/></clipPath>'

    found = flatten_svg(svg(clip + box("""clip-path="url(#c)" """) * 3_000))

    assert len({each.d for each in found.paths}) == 1


def test_a_line_of_too_many_dashes_is_refused() -> None:
    found = refusal('<path d="M0 0H9000" stroke="red" stroke-dasharray=".0001"/>')

    assert found.code == "svg-too-complex"


@pytest.mark.parametrize("value", [".5", "50%", "nonsense"])
@pytest.mark.parametrize("name", ["opacity", "fill-opacity", "stroke-opacity"])
def test_what_lets_light_through_is_refused(name: str, value: str) -> None:
    found = refusal(box(f'fill="red" stroke="red" {name}="{value}"'))

    assert (found.code, f"'{name}'" in found.detail) == ("svg-attribute", True)


def test_an_outline_is_cut_where_skia_needs_it_smaller() -> None:
    """It filled the wrong side of this one in its own size, and the drawing was refused."""
    curve = "M0 0C0-10 50 0 0 241C50 120-10 0 0 240C241 240 240 120-10-10C240 120 240 120 100 240Z"

    assert path(f'<path d="{curve}"/>', 'viewBox="0 0 240 240"').d.startswith("M")
