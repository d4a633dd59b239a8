"""Structured logs: one event a line. No personal data, no secret, no body is ever handed to them."""

import asyncio
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, BinaryIO

import msgspec
import structlog


def configure_logs(*, log_format: str, level: str) -> None:
    """Write events of `level` and above to standard error, as JSON or for people."""
    json = log_format == "json"
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(_json_line) if json else structlog.dev.ConsoleRenderer(colors=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=_lines_to(sys.stderr.buffer) if json else structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


class Lines:
    """Writes log lines. Those of one turn of an event loop are written together, at its end.

    A write lets go of the interpreter, and a busy server waits long until it has it back: once a turn, not once a line.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._waiting: list[bytes] = []
        self._loop: asyncio.AbstractEventLoop | None = None

    def msg(self, line: bytes) -> None:
        """Write a line, soon."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # a thread, such as the worker's
            self._write([line])
            return
        if not self._waiting or self._loop is not loop:
            self._loop = loop
            loop.call_soon(self._flush)
        self._waiting.append(line)

    debug = info = warning = warn = error = critical = exception = fatal = failure = log = msg

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        self._write(waiting)

    def _write(self, lines: list[bytes]) -> None:
        with suppress(OSError):  # a full disk beneath the log is no reason to fail a request
            self._file.write(b"".join(line + b"\n" for line in lines))
            self._file.flush()


def _lines_to(file: BinaryIO) -> Callable[..., Lines]:
    lines = Lines(file)  # one for all loggers: they share the turn
    return lambda *_: lines


def _json_line(event: dict[str, Any], **_: Any) -> bytes:
    """A line is written for every request: this is a tenth of what Python's own encoder takes."""
    return msgspec.json.encode(event, enc_hook=str)
