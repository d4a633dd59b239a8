"""Measures how many print files child processes make, two against one, and what the machine would let any two make."""

import time
from collections import deque
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context

from spiff.rendering.job import RenderJob
from spiff.rendering.making import render
from spiff.rendering.processes.pool import RenderPool

ROUNDS, JOBS = 5, 150


def rows(job: RenderJob) -> list[dict[str, object]]:
    """Two children against one, then the same of processes that render one job again and again and talk to nobody."""
    return [
        _row("print PDFs by child processes: two, one", *by_children(job)),
        _row("the same by processes that talk to nobody, the limit of the machine: two, one", *by_themselves(job)),
    ]


def _row(what: str, two: float, one: float) -> dict[str, object]:
    return {"what": what, "measured": two, "peer": one, "ratio": two / one, "unit": "1/s"}


def by_children(job: RenderJob) -> tuple[float, float]:
    """How many print files two children make in a second, and one; in turns, the quietest round of each."""
    with RenderPool(1) as one, RenderPool(2) as two:
        rounds = [(_per_second(two, job), _per_second(one, job)) for _ in range(ROUNDS)]
    return max(both for both, _ in rounds), max(alone for _, alone in rounds)


def _per_second(pool: RenderPool, job: RenderJob) -> float:
    """How many jobs a warm pool does, from submission to the last file in hand."""
    for future in [pool.submit(job) for _ in range(8)]:
        future.result()
    begun = time.perf_counter()
    waiting = deque(pool.submit(job) for _ in range(JOBS))
    while waiting:
        waiting.popleft().result()  # a file that was made is let go
    return JOBS / (time.perf_counter() - begun)


def by_themselves(job: RenderJob) -> tuple[float, float]:
    """As `by_children`, of processes that got the job once and only count."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        _rate(processes, job, 2)
        rounds = [(_rate(processes, job, 2), _rate(processes, job, 1)) for _ in range(ROUNDS)]
    return max(both for both, _ in rounds), max(alone for _, alone in rounds)


def _rate(processes: Executor, job: RenderJob, count: int) -> float:
    return sum(processes.map(renderings_per_second, [job] * count))


def renderings_per_second(job: RenderJob) -> float:
    """How many times this process renders a job in a second."""
    begun = time.perf_counter()
    for _ in range(JOBS):
        render(job)
    return JOBS / (time.perf_counter() - begun)
