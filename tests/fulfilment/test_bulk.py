"""Print files of many designs from a file of lines."""

import json
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from typer.testing import CliRunner

from spiff.catalogue.cli import apply_to
from spiff.catalogue.compiled import Compiled
from spiff.cli import commands
from tests.catalogue import small


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Compiled:
    """An installation of its own with the small catalogue, as a command finds it."""
    from spiff.settings import load_settings

    monkeypatch.setenv("SPIFF_DATA_DIR", str(tmp_path / "data"))
    compiled = small.compiled(tmp_path / "shop")
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
