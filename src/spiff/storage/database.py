"""The database: one writer that commits many waiting operations at once, and readers. Knows no domain.

SQLite takes one writer at a time anyway, and an fsync costs more than the work between two of them. So operations
queue up while a commit is being made durable, and the next commit carries all of them: each is acknowledged only
after the commit that holds it. The same writer serves PostgreSQL.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from spiff.errors import Unavailable
from spiff.storage.work import Work, random_id

T = TypeVar("T")
Operation = Callable[[Work], T]
Clock = Callable[[], datetime]
_Waiting = tuple[Operation[Any], "Future[Any]"]

log = structlog.get_logger()


def utc_now() -> datetime:
    """The clock of an installation; tests hand in another."""
    return datetime.now(UTC)


class Database:
    """Runs operations in transactions. `write` answers after the commit is durable; an exception rolls back."""

    def __init__(
        self, url: str, *, clock: Clock = utc_now, new_id: Callable[[], str] = random_id, most_together: int = 256
    ) -> None:
        self.url = url
        self.clock = clock
        self._new_id = new_id
        self._most_together = most_together
        if (sqlite := make_url(url).database) and url.startswith("sqlite"):
            Path(sqlite).parent.mkdir(parents=True, exist_ok=True)
        self._writing = _engine(url, begin="BEGIN IMMEDIATE", pool_size=1)
        self._reading = _engine(url, begin="BEGIN", pool_size=4)
        self._readers = ThreadPoolExecutor(4, thread_name_prefix="database-reader")
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_on, name="database-writer", daemon=True)
        self._writer.start()

    @property
    def engine(self) -> Engine:
        """For migrations only; operations go through `write` and `read`."""
        return self._writing

    async def write(self, operation: Operation[T]) -> T:
        """Run in a transaction that is durable when this returns."""
        return await asyncio.wrap_future(self._submit(operation))

    def write_now(self, operation: Operation[T]) -> T:
        """The same for plain threads: the worker and the command line."""
        return self._submit(operation).result()

    async def read(self, operation: Operation[T]) -> T:
        """Run in a transaction that only reads."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, operation)

    def read_now(self, operation: Operation[T]) -> T:
        """The same for plain threads."""
        with _translated(), self._reading.connect() as connection, connection.begin():
            return operation(self._work(connection))

    def waiting(self) -> int:
        """How many operations wait for the next commit: a measure of load."""
        return self._waiting.qsize()

    def ping(self) -> None:
        """Raise Unavailable where the database does not answer."""
        self.read_now(lambda work: work.connection.execute(text("SELECT 1")).scalar_one())

    def close(self) -> None:
        """Finish what was accepted, then let go."""
        self._waiting.put(None)
        self._writer.join()
        self._readers.shutdown()
        self._writing.dispose()
        self._reading.dispose()

    def _submit(self, operation: Operation[T]) -> "Future[T]":
        future: Future[T] = Future()
        self._waiting.put((operation, future))
        return future

    def _work(self, connection: Connection) -> Work:
        return Work(connection, self.clock(), self._new_id)

    def _write_on(self) -> None:
        while batch := self._next_batch():
            self._commit_together([item for item in batch if item is not None])
            if None in batch:
                return

    def _next_batch(self) -> list[_Waiting | None]:
        batch = [self._waiting.get()]
        with suppress(queue.Empty):
            while len(batch) < self._most_together and batch[-1] is not None:
                batch.append(self._waiting.get_nowait())
        return batch

    def _commit_together(self, batch: list[_Waiting]) -> None:
        # From here on nobody can cancel what will be written; who gave up before is left out.
        wanted = [(operation, future) for operation, future in batch if future.set_running_or_notify_cancel()]
        outcomes: list[tuple[Any, BaseException | None]] = []
        try:
            with _translated(), self._writing.connect() as connection, connection.begin():
                outcomes = [self._run_one(connection, operation) for operation, _ in wanted]
        except Exception as failure:  # noqa: BLE001 - handed to everyone who waits; nothing of the batch was kept
            outcomes = [(None, failure)] * len(wanted)
        for (_, future), (result, refusal) in zip(wanted, outcomes, strict=True):
            if refusal is None:
                future.set_result(result)
            else:
                future.set_exception(refusal)

    def _run_one(self, connection: Connection, operation: Operation[Any]) -> tuple[Any, BaseException | None]:
        """One operation inside the shared transaction; its failure undoes its own writes and nobody else's."""
        connection.exec_driver_sql("SAVEPOINT one")
        try:
            with _translated():
                result = operation(self._work(connection))
        except Exception as refusal:  # noqa: BLE001 - handed to the one who waits for it
            connection.exec_driver_sql("ROLLBACK TO SAVEPOINT one")
            connection.exec_driver_sql("RELEASE SAVEPOINT one")
            return None, refusal
        connection.exec_driver_sql("RELEASE SAVEPOINT one")
        return result, None


class _translated:  # noqa: N801 - reads as an adverb where it is used
    """Turn a database that is away, or that chose us as a deadlock's victim, into our Unavailable; the rest passes."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, failure: BaseException | None, trace: Any) -> None:
        if isinstance(failure, DBAPIError) and failure.connection_invalidated:
            raise Unavailable("the database does not answer") from failure
        if isinstance(failure, SQLAlchemyError) and type(failure).__name__ in {"OperationalError", "TimeoutError"}:
            log.error("database_unavailable", reason=type(failure).__name__)
            raise Unavailable("the database does not answer") from failure


def _engine(url: str, *, begin: str, pool_size: int) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=pool_size, max_overflow=0, pool_pre_ping=True, hide_parameters=True)
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "timeout": 15},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    # Python's sqlite3 would open transactions by itself, and too late for a writer: we say BEGIN ourselves.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
