"""The intake of files for the whole run: starting its process takes longer than most tests."""

import atexit
from functools import cache

from spiff.assets.inspecting import intake_pool
from spiff.rendering.processes.pool import RenderPool


@cache
def shared_intake() -> RenderPool:
    """One process, ended with the run."""
    pool = intake_pool()
    atexit.register(pool.close)
    return pool
