"""A child process of the render pool: reads jobs from its input, answers on its output, until the input ends.

It is told at its start which functions it may call, and limits itself before it sees the first byte of a job.
"""

import contextlib
import ctypes
import importlib
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from typing import IO

import msgspec

from spiff.rendering.processes.area import Area
from spiff.rendering.processes.messages import Limits, Outcome, receive, send

Function = Callable[..., bytes]

GRACE_SECONDS = 5
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


def main() -> None:
    """Serve jobs until the parent closes the pipe or ends."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    _quiet(1)  # a library that prints must not write into our answers
    started = receive(requests.read, None)
    if started is None:
        return
    limits = msgspec.msgpack.decode(started[0], type=Limits)
    area = None if limits.area is None else Area(limits.area)
    _leave_the_network()
    functions = {name: _imported(path) for name, path in limits.functions.items()}
    _quiet(2)  # until here an operator wants to read why we do not start
    _limit(limits)
    send(replies.write, area, b"ready")
    replies.flush()
    while _serve(requests, replies, area, functions, limits):
        pass  # no variable holds anything of a job while the next one comes in


def _serve(
    requests: IO[bytes], replies: IO[bytes], area: Area | None, functions: Mapping[str, Function], limits: Limits
) -> bool:
    """Do one job. Returns whether there may be another."""
    request = receive(requests.read, area)
    if request is None:
        return False
    name, seconds, *frames = request
    _limit_time(float(seconds), limits.wall_seconds)
    outcome, result = _answer(functions[name.decode()], frames)
    send(replies.write, area, msgspec.msgpack.encode(outcome), *([] if outcome.code else [result]))
    replies.flush()
    return outcome.code != "out-of-memory"  # a heap that hit its limit is not a good place for the next job


def _quiet(descriptor: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _leave_the_network() -> None:
    """Move into an empty network namespace where the kernel lets us; elsewhere the other limits must do."""
    with contextlib.suppress(OSError, AttributeError):
        unshare = ctypes.CDLL(None).unshare
        if unshare(_CLONE_NEWNET) != 0:
            unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


def _imported(path: str) -> Function:
    module, _, name = path.partition(":")
    function: Function = getattr(importlib.import_module(module), name)
    return function


def _limit(limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal reaches us too; the parent decides when we end
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    if sys.platform == "linux":  # elsewhere address space is not limited this way
        most = limits.memory_bytes + _reserved_bytes()
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _reserved_bytes() -> int:
    """Address space without memory behind it: the parts of libraries that nobody has called yet."""
    with open("/proc/self/statm", encoding="ascii") as pages:
        mapped, resident, *_ = map(int, pages.read().split())
    return (mapped - resident) * resource.getpagesize()


def _answer(function: Function, frames: list[bytes]) -> tuple[Outcome, bytes]:
    try:
        return Outcome(), function(*frames)
    except MemoryError:
        return Outcome("out-of-memory", "the job needs more memory than it may have"), b""
    except Exception as failure:  # noqa: BLE001 - the edge of this process: the parent raises it again by its code
        detail = f"{type(failure).__name__}: {failure}"[:500]
        return Outcome(getattr(failure, "code", "unexpected"), detail), b""
    finally:
        for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)


def _limit_time(seconds: float, wall_seconds: float) -> None:
    """The kernel ends us when we overrun, even with no parent left to do it. First by the time of our processor."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, wall_seconds + GRACE_SECONDS)


if __name__ == "__main__":
    main()
