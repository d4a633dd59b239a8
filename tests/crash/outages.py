"""What else fails beneath running programs: a full disk, a database or file store that is away, a clock that jumps."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
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


def jumping_clock(clock: Path) -> Trouble:
    """Jump forward and back under running programs, within what signatures allow, beyond every lease.

    Workers die while the clock is ahead: what they held then, and what was put off, lies in the future when it is back.
    """

    def trouble(installation: Installation, merchant: Merchant, _random: Random, seconds: float) -> int:
        jumps = ("600", "0", "-600", "0", "600", "0")
        for ahead in jumps:
            merchant.sent.wait_for(20, seconds=seconds)
            clock.write_text(ahead)
            _WAIT.wait(seconds / len(jumps))
            if ahead == "600":
                for worker in installation.workers:
                    worker.kill()
                    worker.start()
        return len(jumps)

    return trouble


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
