"""Two web processes and two workers on one PostgreSQL and one S3 store, by settings alone; nothing else is shared."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from spiff.storage.database import Database
from spiff.storage.files import FileStore
from tests.crash.checking import check, unsettled
from tests.crash.merchant import ORDERS
from tests.crash.programs import Installation, Program
from tests.crash.storm import open_shop, sell_until
from tests.journeys.running import eventually
from tests.s3 import s3_server

SECONDS, CALLERS = 4.0, 4


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_programs_on_machines_of_their_own_share_the_work(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with s3_server("spiff") as address:
        files_url = "s3://spiff/files"
        store = {
            "AWS_ENDPOINT_URL": address,
            "AWS_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
        }
        for name, value in store.items():
            monkeypatch.setenv(name, value)
        environment = {"SPIFF_DATABASE_URL": database_url, "SPIFF_FILES_URL": files_url, **store}
        with Installation(tmp_path / "machines", environment, webs=2, workers=2, apart=True) as installation:
            urls = [web.url for web in installation.webs]
            merchant = open_shop(tmp_path / "shop", database_url, files_url, urls, "1")
            closing = threading.Event()
            with ThreadPoolExecutor(CALLERS) as threads:
                callers = [threads.submit(sell_until, closing, merchant.like(str(n))) for n in range(CALLERS)]
                closing.wait(SECONDS)
                closing.set()
                for each in callers:
                    each.result()
            database = Database(database_url)
            eventually(lambda: unsettled(database) == 0, "every job is done", 60)
            verdict = check(merchant.told, database, FileStore(files_url))
            database.close()

    assert (verdict.all, installation.unforeseen()) == ([], [])
    assert merchant.told.refused() == 0
    assert all(_count(web, "request", route=ORDERS) for web in installation.webs)
    assert all(_count(worker, "job", name="orders.render_print_files") for worker in installation.workers)


def _count(program: Program, event: str, **members: str) -> int:
    """How many such lines a program logged."""
    lines = [json.loads(line) for line in program.messages().splitlines() if line.startswith("{")]
    wanted = {"event": event, **members}
    return sum(wanted.items() <= line.items() for line in lines)
