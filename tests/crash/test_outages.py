"""Outages beneath running programs: callers hear 503 and ask again; nothing acknowledged is lost, doubled, or without
its files. `make crash` does the same for longer.
"""

from pathlib import Path

import pytest

from tests.crash.outages import (
    absent_store,
    full_disk,
    jumping_clock,
    may_mount,
    restarted_database,
    small_disk,
)
from tests.crash.postgres import own_postgres
from tests.crash.programs import Installation
from tests.crash.storm import Storm, run_storm
from tests.s3 import s3_that_may_go

SECONDS = 3.0


def _fine(storm: Storm) -> None:
    assert (storm.verdict.all, storm.unforeseen) == ([], [])
    assert storm.kills
    assert storm.told.ordered


@pytest.mark.skipif(not may_mount(), reason="only root may make the small file system that is filled up")
def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk, Installation(disk, {}) as installation:
        url = f"sqlite:///{disk / 'spiff.db'}"
        storm = run_storm(installation, disk, url, "1", SECONDS, trouble=full_disk(disk))

    _fine(storm)
    assert storm.told.refused(), "nobody noticed that the disk was full"


def test_a_database_that_restarts(tmp_path: Path) -> None:
    with own_postgres() as postgres:
        url = postgres.url
        with Installation(tmp_path, {"SPIFF_DATABASE_URL": url}, webs=2, workers=2) as installation:
            storm = run_storm(installation, tmp_path, url, "1", SECONDS, trouble=restarted_database(postgres))

    _fine(storm)
    assert storm.told.refused(), "nobody noticed that the database was away"


def test_a_file_store_that_is_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with s3_that_may_go("spiff") as (server, address):
        store = {
            "AWS_ENDPOINT_URL": address,
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }
        for name, value in store.items():
            monkeypatch.setenv(name, value)
        url, files_url = f"sqlite:///{tmp_path / 'spiff.db'}", "s3://spiff/files"
        with Installation(tmp_path, {"SPIFF_FILES_URL": files_url, **store}) as installation:
            storm = run_storm(
                installation, tmp_path, url, "1", SECONDS, trouble=absent_store(server), files_url=files_url
            )

    _fine(storm)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # `make crash` does it on both
def test_a_clock_that_jumps(database_url: str, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    with Installation(tmp_path, {"SPIFF_DATABASE_URL": database_url, "SPIFF_CLOCK_FILE": str(clock)}) as installation:
        storm = run_storm(installation, tmp_path, database_url, "1", SECONDS, trouble=jumping_clock(clock))

    _fine(storm)
