"""Kills programs at random moments while orders come in, starts them again, and waits until all is quiet."""

import itertools
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from spiff.catalogue import applying
from spiff.catalogue.compiling import compile_catalogue
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.storage.migrating import migrate
from tests.catalogue import small
from tests.crash.checking import Verdict, check, unsettled
from tests.crash.merchant import Merchant, Told
from tests.crash.programs import Installation, Web
from tests.journeys.running import eventually

CALLERS = 4
"""How many shops sell at a time."""
FEWEST_KILLS = 3
"""On a busy machine a program takes seconds to start; a storm is not over before so many were killed."""
QUIET_SECONDS = 180.0


@dataclass
class Storm:
    """What came of one run."""

    kills: int
    told: Told
    verdict: Verdict
    unforeseen: list[str]
    seconds: float


def open_shop(folder: Path, database_url: str, files_url: str, urls: Sequence[str], seed: str) -> Merchant:
    """A shop that sells the small catalogue's card on these web processes. The database may be new."""
    migrate(database_url)
    compiled = compile_catalogue(small.write(folder), small.ENVIRON)
    applying.put_files(FileStore(files_url), compiled)
    database = Database(database_url)
    database.write_now(lambda work: applying.apply(work, compiled))
    database.close()
    integration, (offered,) = compiled.integrations[0], compiled.integration_products
    return Merchant(urls, integration.access_key, integration.secrets[0], offered.id, seed)


def strike(installation: Installation, merchant: Merchant, random: Random, seconds: float) -> int:
    """Kill one program after another while requests are on their way, and start each again; how many were killed."""
    deadline, kills = time.monotonic() + seconds, 0
    while kills < FEWEST_KILLS or time.monotonic() < deadline:
        merchant.sent.wait_for(random.randint(1, 40), seconds=1.0)
        victim = random.choice(installation.programs)
        victim.kill(children_too=random.random() < 0.5)
        victim.start()
        kills += 1
        if isinstance(victim, Web) and random.random() < 0.8:  # the others are killed while they start
            victim.wait_until_ready()
    return kills


Trouble = Callable[[Installation, Merchant, Random, float], int]
"""What goes wrong for so many seconds while a merchant sells; how often it went wrong."""


def run_storm(
    installation: Installation,
    folder: Path,
    database_url: str,
    seed: str,
    seconds: float,
    *,
    trouble: Trouble = strike,
    files_url: str | None = None,
) -> Storm:
    """Sell for so long while programs die, or something else goes wrong; wait until all is made, and compare."""
    started, files_url = time.monotonic(), files_url or f"file://{folder / 'files'}"
    merchant = open_shop(folder / "shop", database_url, files_url, [web.url for web in installation.webs], seed)
    closing = threading.Event()
    with ThreadPoolExecutor(CALLERS) as threads:
        callers = [threads.submit(sell_until, closing, merchant.like(f"caller {n}")) for n in range(CALLERS)]
        try:
            kills = trouble(installation, merchant, Random(seed), seconds)  # noqa: S311 - chance, not secrecy
        finally:
            closing.set()
        for each in callers:
            each.result()
    database = Database(database_url)
    try:
        eventually(lambda: unsettled(database) == 0, "every job is done", QUIET_SECONDS)
        verdict = check(merchant.told, database, FileStore(files_url))
    finally:
        database.close()
    return Storm(kills, merchant.told, verdict, installation.unforeseen(), time.monotonic() - started)


def sell_until(closing: threading.Event, merchant: Merchant) -> None:
    """Shoppers design, their shop orders; what was begun is seen through."""
    for number in itertools.count():
        if closing.is_set():
            return
        transactions = [merchant.design(f"No {number}") for _ in range(1 + number % 2)]
        merchant.order(transactions, with_key=number % 3 != 0)
