"""The commands: exit codes, messages on standard error, and what they leave behind."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from spiff.catalogue.cli import catalogue
from tests.catalogue import small


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TEST_SECRET", small.ENVIRON["TEST_SECRET"])
    return small.write(tmp_path)


def test_a_mistake_is_told_on_standard_error_and_nothing_is_applied(file: Path, tmp_path: Path) -> None:
    file.write_text(small.TEXT.replace("maxLength: 20", "maxLength: many"), "utf-8")

    result = CliRunner().invoke(catalogue, ["apply", str(file), "--data", str(tmp_path / "data")])

    assert result.exit_code == 1
    assert f"{file}:" in result.stderr and "nothing was applied" in result.stderr
    assert not (tmp_path / "data").exists()


def test_lint_diff_and_apply_tell_what_they_did(file: Path, tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "data")]
    run = CliRunner().invoke

    assert "no mistakes" in run(catalogue, ["lint", str(file)]).output
    assert "created   workflow card: version 1 is published" in run(catalogue, ["diff", str(file), *data]).output
    assert "created   workflow card: version 1 is published" in run(catalogue, ["apply", str(file), *data]).output
    sold, counts = run(catalogue, ["apply", str(file), *data]).output.splitlines()
    assert re.fullmatch(r"unchanged sold CARD-1 as integration product [0-9a-f-]{36}", sold)
    assert counts == "0 differ, 7 unchanged"


def test_a_conflict_is_told_in_a_sentence(file: Path, tmp_path: Path) -> None:
    data = ["--data", str(tmp_path / "data")]
    CliRunner().invoke(catalogue, ["apply", str(file), *data])
    file.write_text(small.TEXT.replace("Test & Sons", "Other Ltd"), "utf-8")

    result = CliRunner().invoke(catalogue, ["apply", str(file), *data])

    assert (result.exit_code, "already those of" in result.stderr) == (1, True)
