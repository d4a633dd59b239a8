"""The database: one writer that commits many waiting operations at once, and readers. Knows no domain.

SQLite takes one writer at a time anyway, and an fsync costs more than the work between two of them. So operations
queue up while a commit is being made durable, and the next commit carries all of them: each is acknowledged only
after the commit that holds it. The same writer serves PostgreSQL.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, make_url, text

from spiff.storage.clock import Clock, utc_now
from spiff.storage.engines import open_engine, translated
from spiff.storage.prepared import Prepared
from spiff.storage.waiting import Outcome, Waiting, tell
from spiff.storage.work import Commit, Work, random_id

T = TypeVar("T")
Asked = TypeVar("Asked")
Operation = Callable[[Work], T]
Together = Callable[[Work, Sequence[Asked]], Sequence[T | Exception]]
"""An operation on many: what each gets, or its refusal, which has written nothing."""

_SAVE, _UNDO, _RELEASE = (
    Prepared(text(statement)) for statement in ("SAVEPOINT one", "ROLLBACK TO SAVEPOINT one", "RELEASE SAVEPOINT one")
)


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
        self._writing = open_engine(url, writes=True, pool_size=1)
        self._reading = open_engine(url, writes=False, pool_size=5)
        self._readers = ThreadPoolExecutor(4, thread_name_prefix="database-reader")
        self._counting = ThreadPoolExecutor(1, thread_name_prefix="database-counter")
        self._waiting: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write_on, name="database-writer", daemon=True)
        self._writer.start()

    @property
    def engine(self) -> Engine:
        """For migrations only; operations go through `write` and `read`."""
        return self._writing

    async def write(self, operation: Operation[T]) -> T:
        """Run in a transaction that is durable when this returns.

        The operation shares it with others, and is run once more where one of them fails: it does nothing but read
        and write with what it is given.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._waiting.put(Waiting(operation, answer, loop))
        return await answer

    async def write_together(self, operation: Together[Asked, T], asked: Asked) -> T:
        """The same with an operation on many, which is run once for all that was asked of it since the last commit.

        What it raises undoes all it did; it is then run again for each alone.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[T] = loop.create_future()
        self._waiting.put(Waiting(operation, answer, loop, asked))
        return await answer

    def write_now(self, operation: Operation[T]) -> T:
        """`write` for plain threads: the worker and the command line."""
        answer: Future[T] = Future()
        self._waiting.put(Waiting(operation, answer))
        return answer.result()

    async def read(self, operation: Operation[T]) -> T:
        """Run in a transaction that only reads; all it sees is of one instant."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self.read_now, operation)

    async def count(self, operation: Operation[T]) -> T:
        """`read` for what looks at much: such operations wait for each other, and nobody else waits for them."""
        return await asyncio.get_running_loop().run_in_executor(self._counting, self.read_now, operation)

    def read_now(self, operation: Operation[T]) -> T:
        """The same for plain threads."""
        with translated(), self._reading.connect() as connection, connection.begin():
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
        self._counting.shutdown()
        self._writing.dispose()
        self._reading.dispose()

    def _work(self, connection: Connection) -> Work:
        return Work(connection, self.clock(), self._new_id)

    def _write_on(self) -> None:
        while batch := self._next_batch():
            self._commit_together([item for item in batch if item is not None])
            if None in batch:
                return

    def _next_batch(self) -> list[Waiting | None]:
        batch = [self._waiting.get()]
        with suppress(queue.Empty):
            while len(batch) < self._most_together and batch[-1] is not None:
                batch.append(self._waiting.get_nowait())
        return batch

    def _commit_together(self, batch: list[Waiting]) -> None:
        # From here on nobody can cancel what will be written; who gave up before is left out.
        wanted = [waiting for waiting in batch if not waiting.answer.cancelled()]
        if not wanted:  # who only read, and closes, need not wait for other programs that write
            return
        try:
            outcomes = self._all_or_none(wanted) or self._each_apart(wanted)
        except Exception as failure:  # noqa: BLE001 - handed to everyone who waits; nothing of the batch was kept
            outcomes = [(None, failure)] * len(wanted)
        tell(zip(wanted, outcomes, strict=True))

    def _all_or_none(self, wanted: list[Waiting]) -> list[Outcome] | None:
        """The operations one after the other, as if they were one; None, and nothing kept, where one of many failed.

        Most batches hold nothing that fails. A savepoint for each would cost more than running the others again.
        """
        try:
            with translated(), self._writing.connect() as connection, connection.begin():
                commit = Commit(connection, self.clock(), self._new_id)
                outcomes = _run_all(commit, wanted)
                commit.finish()
        except Exception as refusal:  # noqa: BLE001 - handed to the one who waits for it
            return [(None, refusal)] if len(wanted) == 1 else None
        return outcomes

    def _each_apart(self, wanted: list[Waiting]) -> list[Outcome]:
        """The same with a savepoint around each: a failure undoes its own writes and nobody else's."""
        with translated(), self._writing.connect() as connection, connection.begin():
            commit = Commit(connection, self.clock(), self._new_id)
            outcomes = [_run_apart(commit, each) for each in wanted]
            commit.finish()
        return outcomes


def _run_all(commit: Commit, wanted: Sequence[Waiting]) -> list[Outcome]:
    """One after the other, but operations on many once, for everything they were asked."""
    outcomes: dict[int, Outcome] = {}
    together: dict[Callable[..., Any], list[int]] = {}
    for position, each in enumerate(wanted):
        if each.asked is None:
            outcomes[position] = commit.run(each.operation), None
        else:
            together.setdefault(each.operation, []).append(position)
    for operation, positions in together.items():
        results = _run_together(commit, operation, [wanted[position].asked for position in positions])
        outcomes.update(zip(positions, results, strict=True))
    return [outcomes[position] for position in range(len(wanted))]


def _run_apart(commit: Commit, waiting: Waiting) -> Outcome:
    connection = commit.connection
    _SAVE.run(connection)
    try:
        with translated():
            (outcome,) = _run_all(commit, [waiting])
    except Exception as refusal:  # noqa: BLE001 - handed to the one who waits for it
        _UNDO.run(connection)
        outcome = None, refusal
    _RELEASE.run(connection)
    return outcome


def _run_together(commit: Commit, operation: Together[Any, Any], asked: list[Any]) -> list[Outcome]:
    results = commit.run(lambda work: operation(work, asked))
    return [(None, each) if isinstance(each, Exception) else (each, None) for each in results]
