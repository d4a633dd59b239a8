"""A mistake in a catalogue file is named by its line, all of them at once, and nothing is applied."""

from pathlib import Path

import pytest
from fixtures.hostile import corpus
from fixtures.hostile.hostile import Hostile

from spiff.catalogue.compiling import compile_catalogue
from spiff.catalogue.mistakes import CatalogueMistaken
from tests.catalogue import small
from tests.intake import shared_intake


def _mistakes(tmp_path: Path, text: str) -> list[str]:
    """The mistakes as `line:column: sentence`."""
    file = small.write(tmp_path, text)
    with pytest.raises(CatalogueMistaken) as mistaken:
        compile_catalogue(file, small.ENVIRON, intake=shared_intake())
    return [line.removeprefix(f"{file}:") for line in mistaken.value.lines]


def _line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


SPOILED = [
    ("name: Test & Sons, ", "nmae: Test & Sons, ", "nmae", 'has no "nmae", did you mean "name"?'),
    ("currency: AUD", "currency: aud", "currency: aud", "three capital letters of ISO 4217"),
    ("TEST_SECRET", "NOT_THERE", "{env: NOT_THERE", "the environment has no variable NOT_THERE"),
    ("secret: {env: TEST_SECRET}", "secret: short", "secret: short", "at least 16 characters"),
    ("0123456789abcdef0123456789abcdef01234567", "a:b", "a:b", '"accessKey" must be'),
    ("file: dots.png", "file: gone.png", "gone.png", "cannot be read: No such file"),
    ("file: dots.png", "file: catalogue.yaml", "file: catalogue.yaml", "a file is a picture"),
    ("default: script", "default: skript", "skript", 'no variant "skript", did you mean "script"?'),
    ("name: Swash, asset: script", "name: Swash, asset: dots", "Swash, asset: dots", "takes a font"),
    ('color: "#1D3557"', 'color: "blue"', 'color: "blue"', "must be a colour like"),
    ('color: "#1D3557"', 'color: "#12345"', 'color: "#12345"', "must be a colour like"),
    ('name: Red, color: "#aa0000"', 'name: Red, price: 5, color: "#aa0000"', "price: 5, ", "never charged"),
    ("name: Box, price: 450", "name: Box, price: 4.50", "price: 4.50", "24.50 AUD is written 2450"),
    ("name: Box, price: 450", "name: Box, price: -1", "price: -1", "between 0 and"),
    ("panel: back, left: 10", "panel: rear, left: 10", "panel: rear", 'there is no panel "rear"'),
    ("left: 20, top: 20, width: 160", "left: 20, top: 20, width: 181", "{panel: front, left: 20", "outside the panel"),
    ("left: 20, top: 20, width: 160", "left: 20, top: 20, width: -1", "{panel: front, left: 20", "between 0.1 and"),
    ("left: 20, top: 20,", "rotation: 45, left: 20, top: 20,", "{panel: front, rotation", "outside the panel"),
    ("width: 200, height: 100, bleed: 5", "width: 200, height: 100, bleed: 50", "front: {title", "leaves nothing"),
    ("height: 100, bleed: 5", "height: 100, when: {box: yes}, bleed: 5", "front: {title", "so it is always there"),
    ("back: {", "back: {when: {boxx: yes}, ", "boxx", 'there is no step "boxx", did you mean "box"?'),
    ("when: {box: yes}", "when: {boxx: yes}", "boxx", 'there is no step "boxx", did you mean "box"?'),
    ("when: {box: yes}", "when: {box: maybe}", "maybe", 'there is no variant "maybe"'),
    ("when: {box: yes}", "when: {wish: script}", "when: {wish", "can only look at earlier steps"),
    ("name, box, wish]", "name, box]", "      wish:", "is in no scene"),
    ("name, box, wish]", "name, box, wish, name]", "name, box, wish, name]", "already in the scene"),
    ("type: question, title", "type: questoin, title", "questoin", 'did you mean "question"?'),
    ("answers: box", "answers: inks", "answers: inks", "has the type color, but"),
    ("maxLength: 20", "maxLenght: 20", "maxLenght", 'did you mean "maxLength"?'),
    ("maxSize: 40", "maxSize: 4", "maxSize: 4\n", '"maxSize" is smaller than "minSize"'),
    ("mandatory: true", "mandatory: yes", "mandatory: yes", "must be true or false"),
    ("text: Ada", "text: 漢字", "      name:\n        type", "lacks these characters of its default text: 漢字"),
    ("text: Ada", f"text: {'word' * 5}\n        minSize: 39", "      name:\n        type", "does not fit the region"),
    ("workflows: [card]", "workflows: [cart]", "[cart]", 'there is no workflow "cart", did you mean "card"?'),
    ("integration: shop,", "integration: shpo,", "shpo", 'there is no integration "shpo"'),
    ("    price: 1200\n", "", "  card:\n    name: Card\n    image", 'needs "price"'),
    ("  card:\n    name: Card\n    panels", "  Card:\n    name: Card\n    panels", "  Card:", "lower-case letters"),
    ("externalId: test.example", "externalId:", "externalId:", "has no value"),
    ("width: 200, height: 100, bleed: 5", "width: 70 mm, height: 100", "70 mm", "70 mm are 198.43"),
    ('{name: Navy, color: "#1D3557"}', "\n        name: Navy\n        color: #1D3557", "color: #1D", "in quotes"),
    ("currency: AUD}", "currency: AUD, currencies: {EUR: x}}", "partner", "must be a number such as 0.9"),
    ("currency: AUD}", "currency: AUD, currencies: {EUR: 0}}", "partner", "must be a number above 0"),
    ("currency: AUD}", "currency: AUD, currencies: {AUD: 1}}", "partner", "other than the partner's own"),
    ("currency: AUD}", "currency: AUD, currencies: {XYZ: 1}}", "partner", "must be a currency of ISO 4217"),
    ("    price: 1200\n", "    price: 1200\n    priceBreaks: [{minQty: 5}]\n", "    price: 1200", 'needs "percentage"'),
    (
        "    price: 1200\n",
        "    price: 1200\n    priceBreaks: [{minQty: 5, percentage: 90}]\n",
        "    price: 1200",
        "is a factor from 0 to 1",
    ),
    (
        "    price: 1200\n",
        "    price: 1200\n    priceBreaks: [{minQty: 5, percentage: 0.9}, {minQty: 5, percentage: 0.8}]\n",
        "    price: 1200",
        "two price breaks from 5",
    ),
]


@pytest.mark.parametrize(("right", "wrong", "place", "sentence"), SPOILED, ids=[each[1][:40] for each in SPOILED])
def test_a_mistake_is_named_by_its_line(tmp_path: Path, right: str, wrong: str, place: str, sentence: str) -> None:
    assert right in small.TEXT
    text = small.TEXT.replace(right, wrong, 1)

    mistakes = _mistakes(tmp_path, text)

    named = [each for each in mistakes if sentence in each]
    assert named, mistakes
    line = _line_of(text, place)
    assert int(named[0].split(":")[0]) in {line, line + 1}


def test_all_mistakes_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    text = small.TEXT.replace("currency: AUD", "currency: A").replace("maxLength: 20", "maxLength: many")

    mistakes = _mistakes(tmp_path, text)

    assert len(mistakes) == 2
    assert [int(each.split(":")[0]) for each in mistakes] == sorted(int(each.split(":")[0]) for each in mistakes)


def test_a_misspelt_type_made_a_mistake_of_every_key_of_its_step(tmp_path: Path) -> None:
    assert len(_mistakes(tmp_path, small.TEXT.replace("type: question, title", "type: questoin, title"))) == 1


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("type: question, title", "type: qr, title"),
        ("width: 200, height: 100, bleed: 5", "width: 70mm, height: 100, bleed: 5"),
    ],
)
def test_of_one_mistake_no_others_come(tmp_path: Path, good: str, bad: str) -> None:
    """A type that nobody knows was read as text, which needs fonts; no region lay inside a panel without a width."""
    (mistake,) = _mistakes(tmp_path, small.TEXT.replace(good, bad))

    assert f'"{bad.split(": ")[1].split(",")[0]}"' in mistake


def test_a_colour_without_quotes_is_named_where_a_comment_hides_the_rest(tmp_path: Path) -> None:
    text = small.TEXT.replace('name: Red, color: "#aa0000"', "name: Red, color: #aa0000")

    (mistake,) = _mistakes(tmp_path, text)

    line = _line_of(text, "color: #aa0000")
    assert mistake.endswith(f"in line {line}, #aa0000 needs quotes: # begins a comment")


def test_a_key_written_twice_is_a_mistake(tmp_path: Path) -> None:
    text = small.TEXT.replace("maxLength: 20", "maxLength: 20\n        maxLength: 30")

    assert '"maxLength" is written twice, first in line' in _mistakes(tmp_path, text)[0]


def test_a_shop_product_is_sold_once(tmp_path: Path) -> None:
    line = "      - {integration: shop, externalProductId: CARD-1, externalVariantId: V-1}\n"

    mistakes = _mistakes(tmp_path, small.TEXT.replace(line, line * 2))

    assert f"this shop product is already written in line {_line_of(small.TEXT, line)}" in mistakes[-1]


def test_the_default_text_of_a_step_that_is_not_there_at_first_is_read_too(tmp_path: Path) -> None:
    mistakes = _mistakes(tmp_path, small.TEXT.replace("text: Love", "text: 愛"))

    assert "workflow/card/step/wish: its default font lacks" in mistakes[0]


def test_two_parts_cannot_have_the_same_id(tmp_path: Path) -> None:
    same = "id: 11111111-1111-4111-8111-111111111111"
    text = small.TEXT.replace("navy: {", f"navy: {{{same}, ").replace("red: {", f"red: {{{same}, ")

    assert 'this "id" is also that of option/inks/navy' in _mistakes(tmp_path, text)[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty"),
        ("{", "this is not YAML"),
        ("a: 1\n---\nb: 2\n", "this is not YAML"),
        ("partner: \x00", "this is not YAML"),
        ("[" * 5000, "nested too deeply"),
        ("- 1\n", "a catalogue must be a mapping"),
        ("partner: {name: A, currency: AUD}\n? [x]\n: 1\n", "a key must be a word"),
        ("partner: !!python/object/apply:os.system [exit]\n", '"partner" must be a mapping'),
        ("x: " + "a" * 1_000_001, "more than 1000000 bytes"),
    ],
)
def test_a_file_that_is_no_catalogue_gets_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    assert any(sentence in each for each in _mistakes(tmp_path, text))


def test_aliases_cannot_grow_a_small_file_into_a_large_one(tmp_path: Path) -> None:
    levels = [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    mistakes = _mistakes(tmp_path, "\n".join(["a0: &a0 [x]", *levels]))

    assert "too large or nested too deeply" in mistakes[0]


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CatalogueMistaken, match="cannot be read"):
        compile_catalogue(tmp_path / "nothing.yaml")


def test_a_broken_font_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0" + b"\xff" * 400)
    text = small.TEXT.replace(str(small.FONT), "broken.ttf")

    assert "broken.ttf: the font is" in _mistakes(tmp_path, text)[0]


def test_a_mistake_never_shows_a_secret(tmp_path: Path) -> None:
    text = small.TEXT.replace("secret: {env: TEST_SECRET}", "secret: [hunter2hunter2hunter2]")

    assert "hunter2" not in "".join(_mistakes(tmp_path, text))


BROKEN = {"element-script.svg", "billion-laughs.svg", "cut-off.jpg", "20000.png", "glyph-of-itself.ttf", "cut-off.mp4"}


@pytest.mark.parametrize("broken", [each for each in corpus(Path("/nowhere")) if each.name in BROKEN], ids=str)
def test_an_asset_that_the_intake_refuses_is_a_mistake_with_its_line(tmp_path: Path, broken: Hostile) -> None:
    (tmp_path / broken.name).write_bytes(broken.make())
    text = small.TEXT.replace("dots.png", broken.name)

    mistakes = _mistakes(tmp_path, text)

    assert mistakes[0].startswith(f"{_line_of(text, broken.name)}:")
    assert mistakes[0].endswith(f"({broken.code})")
