"""The pool of killable children, with jobs that misbehave."""

import inspect
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from spiff.composing.scene import PathElement
from spiff.rendering.failures import RenderFailed
from spiff.rendering.job import RenderJob
from spiff.rendering.making import render
from spiff.rendering.processes.area import AREA_BYTES, LONG_BYTES
from spiff.rendering.processes.pool import RenderPool
from tests.journeys.running import open_files
from tests.rendering import odd_jobs
from tests.rendering.panels import panel, rectangle, sample

FUNCTIONS = {
    name: f"tests.rendering.odd_jobs:{name}" for name, each in vars(odd_jobs).items() if inspect.isfunction(each)
}
MEMORY_BYTES = 1 << 30


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    with RenderPool(1, seconds=1.5, memory_bytes=MEMORY_BYTES, functions=FUNCTIONS) as one:
        yield one


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"


def failure_of(pool: RenderPool, name: str, payload: bytes = b"") -> RenderFailed:
    with pytest.raises(RenderFailed) as caught:
        pool.run(name, payload)
    return caught.value


@pytest.mark.parametrize("file_format", ["pdf", "png"])
def test_a_child_makes_the_same_bytes_as_this_process(pool: RenderPool, file_format: str) -> None:
    shown, images = sample()
    job = RenderJob(shown, images, "pdf" if file_format == "pdf" else "png", title="x", width_px=300, trim=True)

    assert pool.render(job) == render(job)


def test_a_child_does_not_run_programs_of_the_folder_it_is_started_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "platform.py").write_text("raise SystemExit('this is the shop, not the standard library')")
    monkeypatch.chdir(tmp_path)
    shown, images = sample()

    with RenderPool(1, seconds=10, memory_bytes=MEMORY_BYTES) as one:
        made = one.render(RenderJob(shown, images, "png", width_px=300))

    assert made.startswith(b"\x89PNG")


def test_a_panel_that_cannot_be_drawn_is_a_final_failure(pool: RenderPool) -> None:
    with pytest.raises(RenderFailed) as caught:
        pool.render(RenderJob(panel(PathElement("nonsense", "#000000")), {}, "pdf"))

    assert (caught.value.code, caught.value.final) == ("not-drawable", True)


@pytest.mark.parametrize("name", ["stuck", "busy", "halting"])
def test_a_job_that_does_not_end_is_ended_and_the_next_one_is_done(pool: RenderPool, name: str) -> None:
    begun = time.monotonic()

    failure = failure_of(pool, name)

    assert (failure.code, failure.final) == ("out-of-time", True)
    assert time.monotonic() - begun < 10
    assert pool.run("echo", b"still here") == b"still here"


def test_a_child_that_takes_nothing_in_is_ended_and_the_next_job_is_done(pool: RenderPool) -> None:
    os.kill(int(pool.run("process_id", b"")), signal.SIGSTOP)

    failure = failure_of(pool, "echo", bytes(5_000_000))

    assert failure.code == "out-of-time"
    assert pool.run("echo", b"still here") == b"still here"


def test_files_longer_than_a_pipe_pass_through(pool: RenderPool) -> None:
    file = os.urandom(5_000_000)

    assert pool.run("echo", file) == file


@pytest.mark.parametrize("length", [LONG_BYTES - 1, LONG_BYTES, AREA_BYTES, AREA_BYTES + 1])
def test_files_of_every_length_pass_whole_by_either_way(pool: RenderPool, length: int) -> None:
    sent = os.urandom(length)

    assert pool.run("echo", sent) == sent
    assert pool.run("echo", b"short") == b"short"


def test_a_child_cannot_take_away_the_memory_that_it_shares_with_us(pool: RenderPool) -> None:
    assert pool.run("shrinking", b"") == b"Operation not permitted"
    assert len(pool.run("echo", bytes(LONG_BYTES))) == LONG_BYTES


@contextmanager
def no_more_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_child_that_cannot_be_replaced_at_once_is_replaced_later_and_closes_no_file_of_others(tmp_path: Path) -> None:
    """It let go of the memory it shared a second time, whose number was another file's by then."""
    with RenderPool(1, functions=FUNCTIONS) as pool:
        pool.run("echo", b"x")
        before = open_files()
        failure_of(pool, "leaving")
        with no_more_files(), pytest.raises(OSError, match="Too many open files"):
            pool.run("echo", b"x")
        others = [(tmp_path / str(each)).open("w") for each in range(10)]

        assert pool.run("echo", b"x") == b"x"
        for each in others:
            assert os.readlink(f"/proc/self/fd/{each.fileno()}") == each.name
            each.close()
        assert open_files() == before


def test_a_program_that_cannot_be_started_leaves_no_memory_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_files()
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    with pytest.raises(FileNotFoundError):
        RenderPool(1)

    assert open_files() == before


def test_files_pass_where_the_kernel_refuses_memory_to_share(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str, flags: int) -> int:
        raise PermissionError(name, flags)

    monkeypatch.setattr(os, "memfd_create", refused)

    with RenderPool(1, functions=FUNCTIONS) as pool:
        assert pool.run("echo", bytes(AREA_BYTES)) == bytes(AREA_BYTES)


def test_a_busy_machine_does_not_end_a_job_that_waits() -> None:
    with RenderPool(1, seconds=0.2, wall_seconds=30, functions=FUNCTIONS) as pool:
        assert pool.run("waiting", b"0.6") == b"0.6"
        assert failure_of(pool, "busy").code == "out-of-time"


def test_a_job_may_be_given_more_time_than_others() -> None:
    with RenderPool(1, seconds=0.2, wall_seconds=30, functions=FUNCTIONS) as pool:
        assert pool.run("working", b"0.4", seconds=20) == b"0.4"
        assert failure_of(pool, "working", b"0.4").code == "out-of-time"


@pytest.mark.parametrize("name", ["crashing", "leaving"])
def test_a_crash_fails_its_job_and_the_next_one_is_done(pool: RenderPool, name: str) -> None:
    failure = failure_of(pool, name)

    assert (failure.code, failure.final) == ("crashed", False)
    assert pool.run("echo", b"still here") == b"still here"


def test_a_job_may_not_take_more_memory_than_allowed(pool: RenderPool) -> None:
    failure = failure_of(pool, "hungry", b"%d" % (2 * MEMORY_BYTES))

    assert failure.code == "out-of-memory"
    assert len(pool.run("hungry", b"1000000")) == 1_000_000


def test_a_failure_without_a_code_is_unexpected(pool: RenderPool) -> None:
    failure = failure_of(pool, "wrong")

    assert (failure.code, failure.detail) == ("unexpected", "ZeroDivisionError: nothing to share")


def test_what_a_library_prints_does_not_get_into_the_answer(pool: RenderPool) -> None:
    assert pool.run("printing", b"answer") == b"answer"


def test_a_child_sees_no_secret_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPIFF_SECRET", "hush")

    with RenderPool(1, functions=FUNCTIONS) as pool:
        seen = json.loads(pool.run("environment", b""))

    of_memory = {"MALLOC_ARENA_MAX", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"}
    assert set(seen) <= {"PYTHONPATH", "OPENBLAS_NUM_THREADS", "LC_ALL", "LC_CTYPE"} | of_memory


def test_a_child_writes_no_file(pool: RenderPool, tmp_path: Path) -> None:
    failure = failure_of(pool, "writing", str(tmp_path / "made").encode())

    assert "File too large" in failure.detail


def test_a_child_has_no_network(pool: RenderPool) -> None:
    allowed = subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode == 0
    if not allowed:
        pytest.skip("this kernel lets nobody leave the network")

    assert json.loads(pool.run("networks", b"")) == ["lo"]


def test_a_name_that_is_not_on_the_list_is_not_called(pool: RenderPool) -> None:
    with pytest.raises(KeyError):
        pool.run("os:system", b"true")


def test_many_threads_share_the_children() -> None:
    job = RenderJob(panel(PathElement(rectangle(1, 1, 9, 9), "#000000")), {}, "pdf")

    with RenderPool(2) as pool, ThreadPoolExecutor(8) as threads:
        files = set(threads.map(lambda _: pool.render(job), range(40)))
        later = [pool.submit(job) for _ in range(5)]
        files |= {future.result() for future in later}

    assert files == {render(job)}


def test_no_child_is_left_after_close_and_later_jobs_fail() -> None:
    pool = RenderPool(2, functions=FUNCTIONS)
    children = {int(pool.run("process_id", b"")) for _ in range(4)}
    assert len(children) == 2

    pool.close()
    pool.close()

    assert not any(is_alive(child) for child in children)
    assert failure_of(pool, "echo").code == "closed"
    with pytest.raises(RenderFailed):
        pool.submit(RenderJob(panel(), {}, "pdf"))


def test_children_end_when_their_parent_is_killed() -> None:
    script = (
        "import os, signal, sys; from spiff.rendering.processes.pool import RenderPool\n"
        "pool = RenderPool(1, functions={'id': 'tests.rendering.odd_jobs:process_id'})\n"
        "print(pool.run('id', b'').decode(), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = {"PYTHONPATH": os.pathsep.join(["src", "."])}

    parent = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=False,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    child = int(parent.stdout)

    waited = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < waited:
        time.sleep(0.02)
    assert not is_alive(child)
