"""A worker process is killed in the middle of a job; another one takes the job over and does it once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from spiff.jobs.worker import Worker
from spiff.orders.tasks import handlers
from spiff.web.routing import Services
from tests.orders.shops import open_shop

VICTIM = """
import sys, time
from pathlib import Path
from spiff.jobs.handlers import Handler
from spiff.jobs.worker import Worker
from spiff.orders import operations, tasks
from spiff.rendering.processes.pool import RenderPool
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.web.routing import Services
from spiff.assets.inspecting import intake_pool

url, files, mark, moment = sys.argv[1:]

def hang(*_, **__):
    Path(mark).touch()
    time.sleep(600)

if moment == "before rendering":
    tasks._make = hang
else:
    operations.attach_print_files = hang
services = Services(Settings(database_url=url), Database(url), FileStore(files), RenderPool(1), intake_pool())
Worker(services, tasks.handlers, lease_seconds=3).run_forever()
"""


def _until(holds: Callable[[], Any], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "this did not come about in time"
        time.sleep(0.05)


@pytest.mark.parametrize("moment", ["before rendering", "before attaching"])
def test_a_killed_workers_job_is_done_once_by_another(
    client: TestClient, services: Services, database_url: str, tmp_path: Path, moment: str
) -> None:
    shop, mark = open_shop(services), tmp_path / "mark"
    order_id = shop.order(client, shop.finished()).json()["id"]
    arguments = [database_url, f"file://{tmp_path / 'files'}", str(mark), moment]
    victim = subprocess.Popen([sys.executable, "-c", VICTIM, *arguments])
    try:
        _until(mark.exists)
    finally:
        os.kill(victim.pid, signal.SIGKILL)
        victim.wait()
    assert shop.read(client, order_id).json()["status"] == "rendering"

    worker = Worker(services, handlers, poll_seconds=0.05)
    worker.start()
    try:
        _until(lambda: shop.read(client, order_id).json()["status"] == "ready")
    finally:
        worker.stop()

    files = shop.read(client, order_id).json()["orderItems"][0]["printFiles"]
    assert [(each["panel"], each["format"]) for each in files] == [
        ("front", "pdf"), ("front", "png"), ("back", "pdf"), ("back", "png"),
    ]  # fmt: skip
    assert worker.drain() == 0


PATIENT = """
import sys, time
from pathlib import Path
from spiff.jobs import worker
from spiff.jobs.handlers import Handler
from spiff.jobs.model import enqueue
from spiff.assets.inspecting import intake_pool
from spiff.rendering.processes.pool import RenderPool
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.storage.work import random_id
from spiff.web.routing import Services

url, files, mark = sys.argv[1:]

def send(*_, **__):
    Path(mark).touch()
    time.sleep(600)

worker._STOPPING_SECONDS = 0.2
services = Services(Settings(database_url=url), Database(url), FileStore(files), RenderPool(1), intake_pool())
services.database.write_now(lambda work: enqueue(work, "test.send", random_id()))
worker.Worker(services, {"test.send": Handler(send, lane="network")}).run_forever()
for each in (services.rendering, services.intake, services.database):
    each.close()
"""


def test_a_worker_that_was_told_to_stop_waited_for_as_long_as_a_server_was_silent(
    services: Services, database_url: str, tmp_path: Path
) -> None:
    mark = tmp_path / "mark"
    patient = subprocess.Popen([sys.executable, "-c", PATIENT, database_url, f"file://{tmp_path / 'files'}", str(mark)])
    try:
        _until(mark.exists)
        patient.terminate()
        status = patient.wait(30)
    finally:
        patient.kill()
        patient.wait()

    assert status == 0
