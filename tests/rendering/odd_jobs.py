"""Functions that a child process is made to call in the tests of the pool: each misbehaves in its own way."""

import contextlib
import ctypes
import fcntl
import json
import os
import socket
import struct
import time
from pathlib import Path


def echo(payload: bytes) -> bytes:
    return payload


def stuck(payload: bytes) -> bytes:
    time.sleep(60)
    return payload


def halting(payload: bytes) -> bytes:
    """Begins an answer of a thousand bytes and says no more."""
    for each in map(int, os.listdir("/proc/self/fd")):
        with contextlib.suppress(OSError):
            if each > 2 and fcntl.fcntl(each, fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY:
                os.write(each, struct.pack(">QQ", 1, 1000) + b"x")
    return stuck(payload)


def shrinking(payload: bytes) -> bytes:
    """Tries to take away the memory that it shares with us, and says why it could not."""
    shared = next(each for each in Path("/proc/self/fd").iterdir() if "memfd:area" in os.readlink(each))
    try:
        os.ftruncate(int(shared.name), 0)
    except OSError as failure:
        return str(failure.strerror).encode()
    return b"it is gone"


def waiting(payload: bytes) -> bytes:
    time.sleep(float(payload))
    return payload


def busy(payload: bytes) -> bytes:
    while True:
        pass


def working(payload: bytes) -> bytes:
    """Takes so many seconds of the processor."""
    until = time.process_time() + float(payload)
    while time.process_time() < until:
        pass
    return payload


def hungry(payload: bytes) -> bytes:
    return b"x" * int(payload)


def crashing(payload: bytes) -> bytes:
    ctypes.string_at(0)
    return payload


def leaving(payload: bytes) -> bytes:
    os._exit(7)


def printing(payload: bytes) -> bytes:
    os.write(1, b"noise")
    return payload


def wrong(payload: bytes) -> bytes:
    raise ZeroDivisionError("nothing to share")


def environment(payload: bytes) -> bytes:
    return json.dumps(dict(os.environ)).encode()


def writing(payload: bytes) -> bytes:
    with Path(payload.decode()).open("wb") as file:
        file.write(b"x")
    return payload


def networks(payload: bytes) -> bytes:
    return json.dumps([name for _, name in socket.if_nameindex()]).encode()


def process_id(payload: bytes) -> bytes:
    return str(os.getpid()).encode()
