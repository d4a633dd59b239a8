"""`make crash`: programs are killed for minutes on SQLite and PostgreSQL; prints the table of docs/operations.md."""

import argparse
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from random import SystemRandom

from tests.crash.postgres import own_postgres
from tests.crash.programs import Installation
from tests.crash.storm import Storm, run_storm

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
    storms = {kind: _storm(kind, options.seed, options.seconds) for kind in ("SQLite", "PostgreSQL")}
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
