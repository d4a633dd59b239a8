"""Every step type of the catalogue file: what is refused with a line, and what is published."""

from pathlib import Path

import pytest

from spiff.catalogue.compiled import Compiled
from spiff.catalogue.compiling import compile_catalogue
from spiff.catalogue.mistakes import CatalogueMistaken
from spiff.catalogue.model import Terms
from spiff.catalogue.reading.steps.registry import STEP_TYPES
from spiff.catalogue.vocabulary import KEYS
from spiff.composing import workflow as composing
from spiff.composing.document import Ink
from spiff.composing.steps.registry import KINDS
from tests.catalogue import everything, small

SPOILED = [
    ("frames: shapes", "frames: leaves", "leaves\n        extensions", "has the type illustration, but"),
    ("{type: frame, variants: {round: {asset: round}}}", "{type: frame, variants: {round: {asset: dots}}}", "dots}}}",
     "this asset is a picture, but the option takes a drawing"),
    ("{chair: {asset: chair}}}", "{chair: {asset: cut}}}", "cut}}}", "takes a model"),
    ("[.jpg, .svg]", "[.jpg, .gif]", ".gif", '".gif" cannot be uploaded'),
    ("zoom: 1.5", "zoom: 50", "50\n", '"zoom" must be between 0.05 and 20'),
    ("placeholder: dots", "placeholder: chair", "chair\n        overlay", "takes a picture or a drawing"),
    ("cmyk: [20, 25, 70, 20.5]", "cmyk: [20, 25, 70]", "[20, 25, 70]", "four percentages from 0 to 100"),
    ("cmyk: [20, 25, 70, 20.5]", "cmyk: [20, 25, 70, 101]", "[20, 25, 70, 101]", "four percentages from 0 to 100"),
    ("cmyk: [20, 25, 70, 20.5]", "cmyk: [20, 25, 70, nan]", "[20, 25, 70, nan]", "four percentages from 0 to 100"),
    ("PANTONE 871 C", "All", "All", '"All" names no ink: what has this name goes on every plate'),
    ("PANTONE 871 C", "none", "none", '"none" names no ink: what has this name is not printed at all'),
    ("PANTONE 871 C", '"PANTONE 871  C"', '"PANTONE', '"PANTONE 871 C" has blanks that cannot be seen'),
    ('"#101010",', '"#101010", namedColor: Pantone 871 C,', "Pantone", 'is written "PANTONE 871 C" in line 58'),
    ('"#101010",', '"#101010", namedColor: PANTONE 871 C, cmyk: [0, 0, 0, 9],', "ink: {color",
     'the ink "PANTONE 871 C" has another "cmyk" in line 58'),
    ("color: custom, price: 300", "color: custom, namedColor: Gold", "Gold}", "that the shopper picks has no ink"),
    ("{asset: leaf, category: Plants}", "{asset: leaf, overprint: true}", "true}}", 'only variants of a color option'),
    ("metafields: {kind: plain}", "metafields: {kind: []}\n        bad: {", "bad", "this is not YAML"),
    ("{spot: {kind: metal}}", "{spot: {kind: gold}}", "gold}}\n", 'has "kind: gold" in its "metafields"'),
    ("{spot: {kind: metal}}", "{spot: {}}", "{}}\n", "at least one property"),
    ("{spot: {kind: metal}}", "{code: gold}", "code: gold", 'nothing is chosen in the step "code"'),
    ('["m0 60a120 60 0 0 1 240 0"]', '["60 0 L 1 1"]', '"60 0 L', "must be SVG path data such as"),
    ('["m0 60a120 60 0 0 1 240 0"]', '["M5 5Z"]', '"M5 5Z', "has no length"),
    ('["m0 60a120 60 0 0 1 240 0"]', '["M0 0L9 9", "M0 0L9 9"]', '["M0', "2 curves but 1 regions"),
    ('["m0 60a120 60 0 0 1 240 0"]', "[]", "[]", "needs at least one curve"),
    ('["m0 60a120 60 0 0 1 240 0"]', '["M0 0L9 9"]', "type: text\n        fonts: letters\n        fills",
     "does not fit the region"),
    ("vertical: true", 'vertical: true\n        curves: ["M0 0L9 9"]', "true\n        curves", "not both"),
    ("minLength: 1", "minLength: 31", "31\n", 'is more than "maxLength" 30'),
    ("minLength: 1", "minLength: 4", "Ada\n        minLength", 'fewer than "minLength" 4'),
    ("minLength: 1\n        maxLength: 30", "maxLength: 2", "Ada\n        maxLength: 2\n", 'more than "maxLength" 2'),
    ('"{{}} & sons"', '"Ada & sons"', '"Ada & sons"', "needs {{}} where"),
    ('replaceableText: "{{}} & sons"\n        ', "", "true\n        deleteDefault", 'needs a "replaceableText"'),
    ("fills: dotted\n        ", "", "2\n        text: Ada\n        minLength", 'no effect without "fills"'),
    ("glyphs: {A: leaf, B: round}", "glyphs: {A: leaf}", "ab a", "no drawing for these characters of \"text\": B"),
    ("glyphs: {A: leaf, B: round}", "glyphs: {A: leaf, BC: round}", "BC", "a glyph is a single character"),
    ("glyphs: {A: leaf, B: round}", 'glyphs: {A: leaf, "E\\u0301": leaf, É: round, B: leaf}', "É", "twice"),
    ("glyphs: {A: leaf, B: round}", "glyphs: {A: dots, B: round}", "dots, B", "a glyph takes a drawing"),
    ('{"spiff-fill-1": {named', '{"spiff-fill-7": {named', '"spiff-fill-7"', 'no colour slot "spiff-fill-7"'),
    ("baseUrl: play.example/v", 'baseUrl: "play.example/v?a=1"', '"play.example', "without a question mark"),
    ("asset: cut\n        only", "only", "type: artwork", 'needs "asset", a drawing or a picture'),
    ("asset: cut\n", "asset: dots\n", "{spiff-fill-1:", "a picture has no colour slots"),
    ("{spiff-fill-1:", "{spiff-fill-2:", "spiff-fill-2", 'no colour slot "spiff-fill-2", did you mean "spiff-fill-1"?'),
    ("only: print", "only: paper", "paper", '"only" cannot be "paper"'),
    ("targetMaterials: [legs]", "targetMaterials: []", "[]}\n      extras", "the names of materials in the 3D model"),
    ("latitude: 20,", "latitude: 95,", "95,", '"latitude" must be between -90 and 90'),
    ("{x: 0.1, y: 0.4}", "[0.1, 0.4]", "[0.1", "must be a mapping"),
    ("distance: 1.2", "zoom: 1.2", "zoom: 1.2", 'has no "zoom"'),
    ("    model: chair\n", "    model: dots\n", "dots\n    workflows: [every]", "takes a model"),
    ("content: Wash at 30 degrees.", "help: Wash", "{type: information", 'needs "content"'),
    ("care: {type: information,", "care: {type: information, mandatory: true,", "mandatory: true, content", "has no"),
    ("safe: 6,", "safe: 150,", "150,", "leave nothing of the panel"),
    ("    overlay: dots\n", "", "[every]", 'has an overlay step, so product "every" needs "overlay"'),
    ("    overlay: dots\n", "    overlay: leaf\n", "leaf\n    profan", "takes a picture"),
    ('"spiff-fill-1": Leaf', '"spiff-fill-9": Leaf', '"spiff-fill-9"', 'no colour slot "spiff-fill-9"'),
    ("round: {asset: round}", "round: {asset: round, slots: {}}", "slots: {}", "variants of an illustration"),
    ('"https://shop.example/terms"', "javascript:alert(1)", "link:", "begins with https:// or http://"),
    ("resolution-too-low: block", "resolution: block", "resolution:", 'did you mean "resolution-too-low"?'),
    ("resolution-too-low: block", "resolution-too-low: stop", "stop", "cannot be \"stop\""),
]  # fmt: skip


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compile_catalogue(everything.write(tmp_path_factory.mktemp("every")), small.ENVIRON)


@pytest.mark.parametrize(("right", "wrong", "place", "sentence"), SPOILED, ids=[each[1][:40] for each in SPOILED])
def test_a_mistake_in_a_step_is_named_by_its_line(
    tmp_path: Path, right: str, wrong: str, place: str, sentence: str
) -> None:
    assert right in everything.TEXT
    text = everything.TEXT.replace(right, wrong, 1)
    file = everything.write(tmp_path, text)

    with pytest.raises(CatalogueMistaken) as mistaken:
        compile_catalogue(file, small.ENVIRON)

    line = text[: text.index(place)].count("\n") + 1
    assert [each for each in mistaken.value.mistakes if sentence in each.sentence and each.line == line], (
        line,
        mistaken.value.lines,
    )


def test_the_language_has_a_word_for_every_step_type_of_composing(compiled: Compiled) -> None:
    steps = [step for each in compiled.workflows for step in each.workflow.steps]

    assert {type(step) for step in steps} == set(KINDS)
    assert {f"{word} step" for word in STEP_TYPES} == {part for part in KEYS if part.endswith(" step")}
    assert len(STEP_TYPES) == len(KINDS)


def _step(compiled: Compiled, title: str) -> composing.Step:
    return next(step for step in compiled.workflows[1].workflow.steps if step.step_title == title)


def test_curves_are_published_as_composing_reads_them(compiled: Compiled) -> None:
    step = _step(compiled, "arch")

    assert isinstance(step, composing.TextStep)
    assert step.curved
    assert step.paths == ("M0 60C0 26.863 53.726 0 120 0C186.274 0 240 26.863 240 60",)
    assert (step.replaceable_text, step.case, step.min_length) == ("{{}} & sons", "title", 1)


def test_a_step_says_where_the_3d_view_looks_from(compiled: Compiled) -> None:
    looks = composing.LookAt(20.0, -35.5, 1.2, composing.Point(0.1, 0.4))

    assert _step(compiled, "chair").look_at_animation == looks
    assert _step(compiled, "wood").look_at_animation is None


def test_a_condition_may_ask_for_a_property(compiled: Compiled) -> None:
    (condition,) = _step(compiled, "arch").conditions

    assert condition.required_variant_metafields == (composing.Metafield("kind", "metal"),)
    assert condition.target_step_name == _step(compiled, "spot").step_name


def test_inks_are_published_as_they_are_written(compiled: Compiled) -> None:
    (spots,) = (each for each in compiled.workflows[1].workflow.options if each.name == "spots")
    cut = _step(compiled, "cut")

    assert (spots.variants[0].named_color, spots.variants[0].cmyk) == ("PANTONE 871 C", (20, 25, 70, 20.5))
    assert spots.variants[1].overprint
    assert isinstance(cut, composing.SilentIllustrationStep)
    assert cut.only == "print"
    assert cut.inks == (composing.SlotInk("spiff-fill-1", "#ff00ff", Ink(spot="CutContour", overprint=True)),)
    letters = _step(compiled, "letters")
    assert isinstance(letters, composing.ModuleStep)
    assert letters.inks == (composing.SlotInk("spiff-fill-1", None, Ink((80, 20, 90, 10), "Press Green")),)


def test_a_workflow_knows_the_sizes_of_the_pictures_it_mentions(compiled: Compiled) -> None:
    dots = next(file.sha256 for file in compiled.files if file.file.name == "Dots")

    assert compiled.workflows[1].workflow.pictures == {dots: composing.Picture(8, 8)}


def test_a_product_says_what_it_makes_of_findings(compiled: Compiled) -> None:
    product = compiled.products[1].row

    assert product.profanities == ["darn", "Blast it"]
    assert product.terms == Terms("The photo is mine.", "https://shop.example/terms")
    assert product.preflight == {"resolution-too-low": "block", "text-too-small": "ignore"}
    assert product.overlay in compiled.workflows[1].workflow.pictures


def test_a_panel_is_published_with_the_conditions_under_which_it_is_made(tmp_path: Path) -> None:
    published = (
        small.compiled(tmp_path, small.TEXT.replace("back: {", "back: {when: {box: yes}, ")).workflows[0].workflow
    )
    front, back = published.panels
    box = next(each for each in published.steps if each.step_title == "Box")

    assert front.conditions == ()
    assert [each.target_step_name for each in back.conditions] == [box.step_name]
