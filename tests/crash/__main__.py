"""`make crash`: programs are killed for minutes on SQLite and PostgreSQL; prints the table of docs/operations.md."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import SystemRandom

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

_HEAD = (
    "",
    "seconds",
    "kills",
    "requests",
    "designs",
    "orders",
    "5xx",
    "no answer",
    "lost",
    "doubled",
    "missing files",
)


def main() -> None:
    """Run both storms, print what came of them, and exit with 1 where anything is wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=120.0, help="how long each storm lasts")
    asked.add_argument("--seed", default=str(SystemRandom().randrange(10**6)), help="draws victims and moments")
    options = asked.parse_args()
    _print(f"seed {options.seed}")
    storms = {f"killed, {kind}": _storm(kind, options.seed, options.seconds) for kind in ("SQLite", "PostgreSQL")}
    storms |= _outages(options.seed, options.seconds)
    _print(_line(_HEAD))
    _print(_line(["---"] * len(_HEAD)))
    for kind, storm in storms.items():
        _print(_line([kind, *_figures(storm)]))
    wrong = [sentence for storm in storms.values() for sentence in [*storm.verdict.all, *storm.unforeseen]]
    _print("\n".join(wrong))
    sys.exit(bool(wrong))


def _storm(kind: str, seed: str, seconds: float) -> Storm:
    several = 2 if kind == "PostgreSQL" else 1
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(own_postgres()).url if several == 2 else f"sqlite:///{folder / 'spiff.db'}"
        programs = Installation(folder, {"SPIFF_DATABASE_URL": url}, webs=several, workers=several)
        return run_storm(stack.enter_context(programs), folder, url, seed, seconds)


def _outages(seed: str, seconds: float) -> dict[str, Storm]:
    """What else may fail, each alone."""
    found = {}
    with _folder() as folder:
        if may_mount():
            with small_disk(folder / "disk") as disk, Installation(disk, {}) as programs:
                url = f"sqlite:///{disk / 'spiff.db'}"
                found["full disk, SQLite"] = run_storm(programs, disk, url, seed, seconds, trouble=full_disk(disk))
        with own_postgres() as postgres, Installation(folder / "b", {"SPIFF_DATABASE_URL": postgres.url}) as programs:
            trouble = restarted_database(postgres)
            found["restarted, PostgreSQL"] = run_storm(
                programs, folder / "b", postgres.url, seed, seconds, trouble=trouble
            )
        found["file store away, SQLite"] = _without_store(folder / "c", seed, seconds)
        found["clock jumps, SQLite"] = _with_jumps(
            folder / "d", f"sqlite:///{folder / 'd' / 'spiff.db'}", seed, seconds
        )
        with own_postgres() as postgres:
            found["clock jumps, PostgreSQL"] = _with_jumps(folder / "e", postgres.url, seed, seconds)
    return found


def _without_store(folder: Path, seed: str, seconds: float) -> Storm:
    with s3_that_may_go("spiff") as (server, address):
        store = {"AWS_ENDPOINT_URL": address, "AWS_REGION": "us-east-1"}
        os.environ |= store | {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret"}
        url, files_url = f"sqlite:///{folder / 'spiff.db'}", "s3://spiff/files"
        with Installation(folder, {"SPIFF_FILES_URL": files_url}) as programs:
            trouble = absent_store(server)
            return run_storm(programs, folder, url, seed, seconds, trouble=trouble, files_url=files_url)


def _with_jumps(folder: Path, url: str, seed: str, seconds: float) -> Storm:
    clock = folder / "clock"
    with Installation(folder, {"SPIFF_DATABASE_URL": url, "SPIFF_CLOCK_FILE": str(clock)}) as programs:
        return run_storm(programs, folder, url, seed, seconds, trouble=jumping_clock(clock))


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _figures(storm: Storm) -> list[object]:
    told, verdict = storm.told, storm.verdict
    seen = (sum(told.statuses.values()), len(told.designs), len(told.ordered), told.refused(), told.statuses[0])
    wrong = (len(verdict.lost), len(verdict.doubled), len(verdict.missing_files))
    return [round(storm.seconds), storm.kills, *seen, *wrong]


def _line(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(each) for each in cells)} |"


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
