"""The worker's door of tidying up: when it is due, and doing it. Knows no SQL."""

from datetime import datetime

import structlog
from msgspec.structs import asdict

from spiff.auth.caller import Caller
from spiff.housekeeping.jobs import EVERY, TIDY
from spiff.housekeeping.tidying import Tidying
from spiff.jobs import periods
from spiff.jobs.handlers import Handler
from spiff.web.routing import Services

log = structlog.get_logger()


def promise_tidying(services: Services) -> int:
    """Promise to tidy up when a period has passed, once for all workers."""
    if not services.database.read_now(lambda work: periods.is_due(work, TIDY, EVERY)):
        return 0
    return int(services.database.write_now(lambda work: periods.promise(work, TIDY, EVERY)))


def on_tidy(services: Services, _caller: Caller, *, at: str) -> None:
    """Remove what was old enough at that instant. Done twice it finds nothing more."""
    done = Tidying(services.settings, services.database, services.files).tidy(datetime.fromisoformat(at))
    log.info("tidied", **asdict(done))


handlers = {TIDY: Handler(on_tidy, lane="network")}
"""The jobs of this domain, by name. It waits for disks and networks, and keeps nobody from drawing."""

chores = (promise_tidying,)
"""What is to be looked after before jobs."""
