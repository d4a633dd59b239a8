import os
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from spiff.housekeeping.cli import tidy
from spiff.storage.files import FileStore
from spiff.storage.migrating import migrate

app = typer.Typer()
app.command()(tidy)


@pytest.fixture
def orphans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    """An installation in whose file store there are two files that nobody knows."""
    monkeypatch.setenv("SPIFF_DATA_DIR", str(tmp_path))
    migrate(f"sqlite:///{tmp_path / 'spiff.db'}")
    files = FileStore(f"file://{tmp_path / 'files'}")
    for data in (b"one", b"two"):
        digest = files.put(data)
        path = tmp_path / "files" / digest[:2] / digest
        os.utime(path, (0, 0))
    return files


def test_tidy_says_what_it_did_and_dry_run_what_it_would_do(orphans: FileStore) -> None:
    would = CliRunner().invoke(app, ["--dry-run"])
    did = CliRunner().invoke(app)
    again = CliRunner().invoke(app)

    assert "2 files that nothing refers to would be set aside" in would.stdout
    assert did.stdout.startswith("0 designs that nobody ordered in 60 days removed\n2 files")
    assert "0 files that nothing refers to set aside" in again.stdout


def test_tidy_says_what_of_events_goes_and_what_is_kept_for_good(
    orphans: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = CliRunner().invoke(app)
    for name in ("DESIGN", "UNUSED_FILE", "EVENT"):
        monkeypatch.setenv(f"SPIFF_{name}_DAYS", "0")
    kept = CliRunner().invoke(app)

    assert "0 events older than 90 days removed\n0 records of webhooks" in usual.stdout
    assert "0 of them dead letters" in usual.stdout
    assert kept.stdout.splitlines()[:3] == [
        "designs that nobody ordered are kept (SPIFF_DESIGN_DAYS=0)",
        "files that nothing refers to are kept (SPIFF_UNUSED_FILE_DAYS=0)",
        "events and records of webhooks are kept (SPIFF_EVENT_DAYS=0)",
    ]
