"""`spiff jobs`: what an operator sees of promised work, and how it is tried at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from spiff.cli import commands
from spiff.jobs.model import enqueue
from spiff.settings import load_settings
from spiff.storage.opening import opened
from spiff.storage.work import Work, random_id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation with a job that waits for an hour."""

    def promise(work: Work) -> None:
        enqueue(work, "test.later", random_id(), run_at=work.now + timedelta(hours=1), thing="a")

    with opened(load_settings(data_dir=str(tmp_path)), may_be_new=True) as database:
        database.write_now(promise)
    return tmp_path


def _run(folder: Path, *words: str) -> str:
    result = CliRunner().invoke(commands, ["jobs", *words, "--data", str(folder)])
    return result.stdout if result.exit_code == 0 else str(result.exception)


def test_a_job_that_does_not_wait_is_not_found(folder: Path) -> None:
    assert "waits" in _run(folder, "retry", random_id())
    assert "there is no job" in _run(folder, "retry", "x")


def test_a_waiting_job_is_listed_and_made_due(folder: Path) -> None:
    (line,) = _run(folder, "list").splitlines()
    job_id, _, day, time = line.split()[:4]

    _run(folder, "retry", job_id)

    (after,) = _run(folder, "list").splitlines()
    assert "test.later thing=a, 0 tries" in line
    assert after.split()[2:4] < [day, time]
    assert _run(folder, "list", "--status", "done") == ""
