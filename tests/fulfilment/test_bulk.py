"""Print files of many designs from a file of lines."""

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from typer.testing import CliRunner

from spiff.catalogue.cli import apply_to
from spiff.catalogue.compiled import Compiled
from spiff.cli import commands
from tests.catalogue import small

WITH_PORTRAIT = small.TEXT.replace(
    "      box: {type: question",
    """\
      portrait:
        type: upload
        title: Portrait
        mandatory: true
        regions: [{panel: front, left: 120, top: 10, width: 60, height: 80, layer: 3}]
      box: {type: question""",
).replace("steps: [ground,", "steps: [portrait, ground,")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compiled:
    """An installation of its own with the small catalogue, as a command finds it."""
    return _installed(tmp_path, monkeypatch, small.TEXT)


@pytest.fixture
def portraits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compiled:
    """The same, and the card has a portrait."""
    return _installed(tmp_path, monkeypatch, WITH_PORTRAIT)


def _installed(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Compiled:
    from spiff.settings import load_settings

    monkeypatch.setenv("SPIFF_DATA_DIR", str(folder / "data"))
    compiled = small.compiled(folder / "shop", text)
    apply_to(load_settings(), compiled)
    return compiled


def line(shop: Compiled, name: str, *, text: str = "Ada", **more: Any) -> str:
    """A design of the card with everything that must be chosen, by the titles of its steps."""
    patterns = next(option for option in shop.workflows[0].workflow.options if option.name == "patterns")
    answers = {"Pattern": {"variantId": patterns.variants[0].id}, "Name": {"text": text}}
    product = shop.integration_products[0].id
    return json.dumps({"integrationProductId": product, "name": name, "answers": answers} | more)


def run(folder: Path, lines: list[str], *options: str) -> Any:
    """`spiff render` over these lines."""
    file = folder / "designs.jsonl"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return CliRunner().invoke(commands, ["render", "--from", str(file), "--out", str(folder / "out"), *options])


def test_lines_that_cannot_be_made_are_named_and_stop_no_others(shop: Compiled, tmp_path: Path) -> None:
    unknown = json.dumps({"integrationProductId": "00000000-0000-4000-8000-000000000000", "answers": {}})
    lines = [unknown, "no json", line(shop, "ok"), line(shop, "long", text="x" * 99), line(shop, "odd", size="A4")]

    done = run(tmp_path, lines, "--processes", "2")

    assert done.exit_code == 1
    for number in (1, 2, 4, 5):
        assert f"line {number}: " in done.stderr
    assert "too long" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["ok-back.pdf", "ok-front.pdf"]
    assert "1 designs, 2 files" in done.stdout


def test_what_is_refused_is_told_by_the_titles_of_steps(shop: Compiled, tmp_path: Path) -> None:
    """A line of ids told nobody which of the columns to look at."""
    done = run(tmp_path, [line(shop, "long", text="x" * 99), line(shop, "none", answers={})], "--processes", "1")

    assert "line 1: Name: the text is too long; most characters: 20" in done.stderr
    assert "line 2: Pattern: this must be chosen or filled in" in done.stderr


def test_variants_may_be_written_by_their_names(shop: Compiled, tmp_path: Path) -> None:
    answers = {"Pattern": {"variantId": "Dots"}, "Name": {"text": "Bo", "variantId": "Swash", "colorVariantId": "Red"}}
    wrong = answers | {"Box": {"variantId": "Bow"}}

    done = run(tmp_path, [line(shop, "bo", answers=answers), line(shop, "wrong", answers=wrong)], "--format", "svg")

    assert "line 2: Box: the step does not offer this variant Bow" in done.stderr
    assert "#aa0000" in (tmp_path / "out" / "bo-front.svg").read_text()


def test_many_designs_become_files_that_open(shop: Compiled, tmp_path: Path) -> None:
    names = [f"guest {number:02d}" for number in range(24)]

    done = run(tmp_path, [line(shop, name, text=name) for name in names], "--processes", "2")

    assert done.exit_code == 0, done.stderr
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == 48
    for file in files:
        with pikepdf.open(file) as pdf:
            assert len(pdf.pages) == 1


def test_the_same_lines_give_the_same_bytes_however_many_processes_draw(shop: Compiled, tmp_path: Path) -> None:
    lines = [line(shop, f"n{number}", text=f"Guest {number}") for number in range(6)]
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()

    run(tmp_path / "one", lines, "--processes", "1")
    run(tmp_path / "two", lines, "--processes", "2")

    one, two = (
        {path.name: path.read_bytes() for path in (tmp_path / each / "out").iterdir()} for each in ("one", "two")
    )
    assert one == two


def test_a_name_cannot_leave_the_folder(shop: Compiled, tmp_path: Path) -> None:
    done = run(tmp_path, [line(shop, "../../etc/passwd"), line(shop, "..")], "--format", "png", "--processes", "1")

    assert done.exit_code == 0, done.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["_-back.png", "_-front.png", "_.._etc_passwd-back.png", "_.._etc_passwd-front.png"]


def test_lines_with_the_same_name_lose_no_file(shop: Compiled, tmp_path: Path) -> None:
    """Two guests called Anna were one card."""
    lines = [line(shop, name, text=name) for name in ("Anna", "anna", "Anna", "")] + [line(shop, "000004")]

    done = run(tmp_path, lines, "--format", "svg", "--processes", "2")

    assert "5 designs, 10 files" in done.stdout
    made = {path.name.removesuffix("-front.svg") for path in (tmp_path / "out").glob("*-front.svg")}
    assert made == {"Anna", "anna-000002", "Anna-000003", "000004", "000004-000005"}


def portrait_line(shop: Compiled, name: str, file: str) -> str:
    """A card with a portrait that lies beside the lines."""
    answers = {"Pattern": {"variantId": "Dots"}, "Name": {"text": name}, "Portrait": {"file": file}}
    return line(shop, name, answers=answers)


def test_files_that_cannot_come_along_are_named_and_stop_no_others(portraits: Compiled, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes((tmp_path / "shop" / "dots.png").read_bytes())
    inside = tmp_path / "lines"
    (inside / "photos").mkdir(parents=True)
    (inside / "photos" / "link.png").symlink_to(tmp_path / "secret.png")
    (inside / "notes.txt").write_text("no picture")
    (inside / "ok.png").write_bytes((tmp_path / "secret.png").read_bytes())
    outside = ["../secret.png", str(tmp_path / "secret.png"), "photos/link.png"]
    files = [*outside, "gone.png", "photos", "notes.txt", "a\0b"]
    lines = [portrait_line(portraits, f"n{number}", file) for number, file in enumerate(files, 1)]
    not_an_upload = {"Pattern": {"variantId": "Dots"}, "Name": {"text": "Bo", "file": "ok.png"}}

    done = run(inside, [*lines, line(portraits, "bo", answers=not_an_upload), portrait_line(portraits, "ok", "ok.png")])

    told = dict(each.removeprefix("line ").split(": ", 1) for each in done.stderr.splitlines() if ": " in each)
    assert all("does not lie in the folder of the lines" in told[number] for number in "123")
    assert told["4"] == "gone.png cannot be read: No such file or directory"
    assert told["5"] == "photos cannot be read: Is a directory"
    assert "file-kind" in told["6"]
    assert "cannot be read" in told["7"]
    assert "Name: an answer to a step of this type has no such member" in told["8"]
    assert sorted(path.name for path in (inside / "out").iterdir()) == ["ok-back.pdf", "ok-front.pdf"]


def test_portraits_beside_the_lines_are_printed_without_being_kept(portraits: Compiled, tmp_path: Path) -> None:
    """A school has a folder of photos and a list of names, and no shopper who uploads them one by one."""
    store = tmp_path / "data" / "files"
    kept = sorted(path.name for path in store.rglob("*") if path.is_file())
    (tmp_path / "photos").mkdir()
    exif = Image.Exif()
    exif[0x010E] = "where Ada lives"
    exif[0x0112] = 6  # lies on its side
    Image.new("RGB", (400, 300), "#aa3355").save(tmp_path / "photos" / "ada.jpg", exif=exif)
    (tmp_path / "photos" / "bo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 40"><path fill="#12ab34" d="M0 0H30V40H0Z"/></svg>'
    )
    lines = [portrait_line(portraits, "ada", "photos/ada.jpg"), portrait_line(portraits, "bo", "photos/bo.svg")]

    done = run(tmp_path, lines, "--format", "svg", "--processes", "2")
    printed = run(tmp_path, lines[:1], "--processes", "1")

    assert done.exit_code == printed.exit_code == 0, done.stderr + printed.stderr
    assert "#12ab34" in (tmp_path / "out" / "bo-front.svg").read_text()
    with pikepdf.open(tmp_path / "out" / "ada-front.pdf") as pdf:
        sizes = {(int(image.Width), int(image.Height)) for image in pdf.pages[0].get_images().values()}
    assert (400, 300) in sizes or (300, 400) in sizes
    assert b"where Ada lives" not in (tmp_path / "out" / "ada-front.pdf").read_bytes()
    assert sorted(path.name for path in store.rglob("*") if path.is_file()) == kept
