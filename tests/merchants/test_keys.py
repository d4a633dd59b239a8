"""`spiff keys`: what an operator sees of secrets, and that exchanging one locks nobody out."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from spiff.cli import commands
from spiff.merchants import operations
from spiff.settings import load_settings
from spiff.storage.opening import opened
from tests.catalogue import small

SHOP = "test.example"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation with one catalogue applied."""
    _applied(tmp_path)
    return tmp_path


def _applied(folder: Path) -> str:
    file = small.write(folder)
    words = ["catalogue", "apply", str(file), "--data", str(folder)]
    result = CliRunner().invoke(commands, words, env=small.ENVIRON)
    assert result.exit_code == 0, result.output
    return result.stdout


def _run(folder: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands, ["keys", *words, "--data", str(folder)])
    return result.exit_code, result.stdout if result.exit_code == 0 else str(result.exception)


def _secrets(folder: Path) -> tuple[str, ...]:
    with opened(load_settings(data_dir=str(folder))) as database:
        (integration,) = database.read_now(operations.list_integrations)
    return integration.secrets


def test_an_unknown_integration_is_not_found(folder: Path) -> None:
    assert "there is no integration" in _run(folder, "rotate", "nobody.example")[1]


@pytest.mark.parametrize("name", ["shop", "00000000-0000-4000-8000-000000000000"])
def test_who_names_an_integration_by_its_key_in_the_catalogue_is_told_where_its_names_are(
    folder: Path, name: str
) -> None:
    assert f"there is no integration {name!r}; `spiff keys list`" in _run(folder, "rotate", name)[1]


def test_the_only_secret_cannot_be_retired(folder: Path) -> None:
    assert "only live secret" in _run(folder, "retire", SHOP, "1")[1]


def test_a_third_secret_is_refused(folder: Path) -> None:
    _run(folder, "rotate", SHOP)

    assert "2 secrets are live already" in _run(folder, "rotate", SHOP)[1]


def test_a_secret_in_use_is_retired_only_by_force(folder: Path) -> None:
    old = _secrets(folder)[0]
    _run(folder, "rotate", SHOP)
    with opened(load_settings(data_dir=str(folder))) as database:
        (integration,) = database.read_now(operations.list_integrations)
        database.write_now(lambda work: operations.note_use(work, integration.id, old))

    assert "the shop still uses it" in _run(folder, "retire", SHOP, "1")[1]
    assert _run(folder, "retire", SHOP, "1", "--force")[0] == 0
    assert old not in _secrets(folder)


def test_an_exchanged_secret_is_told_once_and_listed_by_number(folder: Path) -> None:
    old = _secrets(folder)[0]

    made = _run(folder, "rotate", SHOP)[1].split()[1]
    listed = _run(folder, "list")[1]

    assert _secrets(folder) == (old, made)
    assert [line.split(",")[0].strip() for line in listed.splitlines()[1:3]] == ["secret 1", "secret 2"]
    assert "never used" in listed
    assert old not in listed
    assert made not in listed


def test_a_file_applied_again_does_not_bring_a_retired_secret_back(folder: Path) -> None:
    made = _run(folder, "rotate", SHOP)[1].split()[1]
    _run(folder, "retire", SHOP, "1")

    told = _applied(folder)

    assert _secrets(folder) == (made,)
    assert "those of the file are passed over" in told


def test_an_integration_is_found_by_what_the_list_shows_of_it(folder: Path) -> None:
    shown = _run(folder, "list")[1].splitlines()[0].split()

    assert shown[:3:2] == [SHOP, "key"]
    assert _run(folder, "rotate", shown[3])[0] == 0
