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


def jumping_clock(file: Path) -> Trouble:
    """Put the programs' clock forward by minutes and back by seconds: within what signatures allow."""

    def trouble(_installation: Installation, merchant: Merchant, _random: Random, seconds: float) -> int:
        jumps = ("+300s", "+297s", "+600s", "+598s")
        for jump in jumps:
            merchant.sent.wait_for(30, seconds=seconds)
            set_clock(file, jump)
            _WAIT.wait(seconds / len(jumps))
        return len(jumps)

    return trouble


def set_clock(file: Path, ahead: str) -> None:
    """What programs with `faked_time` read from now on: the real time and so much more."""
    beside = file.with_suffix(".new")
    beside.write_text(ahead)
    beside.replace(file)


def faked_time(file: Path) -> Mapping[str, str]:
    """The environment of programs whose clock follows a file. How long something takes is left alone."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_CACHE_DURATION": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


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
