"""What else fails beneath running programs: a full disk, a database or file store that is away, a clock that jumps."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.crash.merchant import Merchant
from tests.crash.postgres import Postgres
from tests.crash.programs import Installation
from tests.crash.storm import Trouble
from tests.s3 import S3Server

SMALL_DISK_BYTES = 96 << 20
_PIECE = 1 << 20
_WAIT = threading.Event()
"""Never set: waiting for it passes the time."""


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of SMALL_DISK_BYTES in memory. Only root may make one."""
    folder.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK_BYTES}", "spiff-small", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def full_disk(disk: Path) -> Trouble:
    """Fill it to the last byte, let the shop go on asking, and make room again."""

    def trouble(_installation: Installation, merchant: Merchant, _random: Random, seconds: float) -> int:
        merchant.sent.wait_for(40, seconds=seconds)
        filler = disk / "filler"
        _fill(filler)
        _WAIT.wait(seconds)
        filler.unlink()
        return 1

    return trouble


def restarted_database(postgres: Postgres) -> Trouble:
    """End it without a word, again and again; it recovers each time."""

    def trouble(_installation: Installation, merchant: Merchant, random: Random, seconds: float) -> int:
        return _again_and_again(merchant, random, seconds, postgres.stop_at_once, postgres.start)

    return trouble


def absent_store(server: S3Server) -> Trouble:
    """Stop the file store, and start it again."""

    def trouble(_installation: Installation, merchant: Merchant, random: Random, seconds: float) -> int:
        return _again_and_again(merchant, random, seconds, server.stop, server.again)

    return trouble


def jumping_clock(installation: Installation, merchant: Merchant, _random: Random, seconds: float) -> int:
    """Kill everything, and start it with the clock minutes ahead: within what signatures allow, beyond every lease.

    Forward only: what was put off by a clock ahead waits until the time has come, which no test can.
    """
    jumps = ("+300s", "+600s")
    for ahead in jumps:
        merchant.sent.wait_for(30, seconds=seconds)
        for program in installation.programs:
            program.kill()
            program.environment = {**program.environment, **faked_time(ahead)}
            program.start()
        _WAIT.wait(seconds / len(jumps))
    return len(jumps)


def faked_time(ahead: str) -> Mapping[str, str]:
    """The environment of a program whose clock shows another time. How long something takes is left alone."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    return {"LD_PRELOAD": str(library), "FAKETIME": ahead, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def may_mount() -> bool:
    """Whether this process may make a file system."""
    return os.geteuid() == 0 and shutil.which("mount") is not None


def _fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for size in (_PIECE, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue


def _again_and_again(merchant: Merchant, random: Random, seconds: float, stop: object, start: object) -> int:
    assert callable(stop)
    assert callable(start)
    times = max(1, int(seconds // 3))
    for _ in range(times):
        merchant.sent.wait_for(random.randint(10, 40), seconds=3.0)
        stop()
        _WAIT.wait(random.uniform(0.2, 1.0))
        start()
        _WAIT.wait(random.uniform(0.5, 1.5))
    return times
