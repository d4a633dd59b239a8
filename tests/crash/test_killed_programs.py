"""Web server and worker are killed at random moments; nothing acknowledged is lost, doubled or without its files.

`make crash` does the same for minutes. Here it is a few seconds, with a new seed each time, which a failure names.
"""

import os
from pathlib import Path
from random import SystemRandom

from tests.crash.programs import Installation
from tests.crash.storm import run_storm

SECONDS = 6.0


def test_nothing_acknowledged_is_lost_or_doubled_when_programs_are_killed(database_url: str, tmp_path: Path) -> None:
    seed = os.environ.get("SPIFF_SEED") or str(SystemRandom().randrange(10**6))
    with Installation(tmp_path, {"SPIFF_DATABASE_URL": database_url}) as installation:
        storm = run_storm(installation, tmp_path, database_url, seed, SECONDS)

    assert (storm.verdict.all, storm.unforeseen) == ([], []), f"seed {seed}"
    assert storm.told.ordered, f"seed {seed}: nothing was ordered"
