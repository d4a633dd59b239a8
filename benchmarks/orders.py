"""Signed, durable orders on SQLite against a bare ASGI no-op: same uvicorn, same core, same load generator.

Both servers run on one core, the load comes from this process on another, and they are asked in turn, round by round:
what a neighbour on the machine takes, it takes from both. The quietest round of each counts. Every order is for a
transaction of its own and is signed beforehand; the body is that of a small shop order.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert, select

from spiff.auth import soa
from spiff.catalogue.model import IntegrationProduct, Product
from spiff.catalogue.store import save
from spiff.merchants.model import Integration, Partner
from spiff.merchants.operations import save_integration, save_partner
from spiff.rendering.printing import Printing
from spiff.storage.database import Database
from spiff.storage.migrating import migrate
from spiff.storage.work import Work, random_id
from spiff.transactions.model import Design, Transaction
from spiff.transactions.store import add_design, add_transaction, designs, transactions

ROUNDS = 10
ORDERS = 1_000
NO_OPS = 4_000
CONNECTIONS = 64
_WARM_UP = 500
_PATH = "/api/v2/orders"
_PORT, _NO_OP_PORT = 8679, 8680

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
    """Orders per second, and the same for a server that does nothing, measured in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        requests = iter(seed(Path(folder), _WARM_UP + ROUNDS * ORDERS))
        (Path(folder) / "no_op.py").write_text(NO_OP)
        with _server(_no_op(folder), folder) as peer, _server(_platform(), folder) as platform:
            first = list(islice(requests, _WARM_UP))
            peer.take(first[:1] * _WARM_UP)
            platform.take(first)
            rounds = [
                (*platform.take(list(islice(requests, ORDERS))), *peer.take(first[:1] * NO_OPS)) for _ in range(ROUNDS)
            ]
    orders, orders_cpu, no_op, no_op_cpu = (min(seconds) for seconds in zip(*rounds, strict=True))
    return [
        {
            "what": f"signed order, durable, SQLite, {CONNECTIONS} connections, one core",
            "measured": round(1 / orders),
            "peer": round(1 / no_op),
            "ratio": round(no_op / orders, 3),
            "unit": "requests/s; peer: bare ASGI no-op",
        },
        {
            "what": "the same, processor time of the server alone",
            "measured": round(orders_cpu * 1e6),
            "peer": round(no_op_cpu * 1e6),
            "ratio": round(no_op_cpu / orders_cpu, 3),
            "unit": "microseconds a request; peer: bare ASGI no-op",
        },
    ]


def seed(folder: Path, count: int) -> list[bytes]:
    """A database with finished transactions, and a signed request for each."""
    url = f"sqlite:///{folder / 'spiff.db'}"
    migrate(url)
    database = Database(url)
    integration, offered = database.write_now(_open_shop)
    database.write_now(lambda work: _finish_one(work, integration, offered))
    database.close()
    ids = [(random_id(), random_id()) for _ in range(count)]
    _copy(url, ids)
    return [signed_request(integration, each, number) for number, (each, _) in enumerate(ids)]


def signed_request(integration: Integration, transaction_id: str, number: int) -> bytes:
    """The bytes of an order on the wire."""
    items = [{"transactionId": transaction_id, "amountToOrder": 1}]
    body = json.dumps({"externalId": number, "paid": True, "orderItems": items}).encode()
    date = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    signature = soa.sign(integration.secrets[0], soa.Signed("POST", _PATH, "application/json", date, body), "md5")
    return (
        f"POST {_PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nDate: {date}\r\n"
        f"Authorization: SOA {integration.access_key}:{signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def _no_op(folder: str) -> list[str]:
    """The same server as the platform's, with an application that only reads the body."""
    return [
        "uvicorn", "no_op:app", "--app-dir", folder, "--port", str(_NO_OP_PORT),
        "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip


def _platform() -> list[str]:
    """The command of an installation, with its settings as they come; only the worker is left out."""
    return ["spiff.cli", "serve", "--port", str(_PORT)]


class _Server:
    """A running server and how to ask it."""

    def __init__(self, pid: int, port: int) -> None:
        self._pid = pid
        self._port = port

    def take(self, requests: Sequence[bytes]) -> tuple[float, float]:
        """Send all; seconds a request, on the clock and of the server's processor."""
        started, used = time.perf_counter(), _processor_seconds(self._pid)
        asyncio.run(_send(self._port, requests))
        seconds, used = time.perf_counter() - started, _processor_seconds(self._pid) - used
        return seconds / len(requests), used / len(requests)


@contextmanager
def _server(module: Sequence[str], folder: str) -> Iterator[_Server]:
    """Start a server on the first core; while it runs, this process keeps to the last."""
    cores = sorted(range(os.cpu_count() or 1))
    command = ["taskset", "--cpu-list", str(cores[0]), sys.executable, "-m", *module]
    environment = os.environ | {
        "SPIFF_DATA_DIR": folder,
        "SPIFF_EMBEDDED_WORKER": "false",
        "SPIFF_RATE_LIMIT_PER_KEY": "0",
    }
    port = int(module[module.index("--port") + 1])
    with (Path(folder) / f"{port}.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stderr=log)
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cores[-1]})
    try:
        asyncio.run(_wait(port))
        yield _Server(server.pid, port)
    finally:
        os.sched_setaffinity(0, before)
        server.terminate()
        server.wait()


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError("the server did not start")


async def _send(port: int, requests: Sequence[bytes]) -> None:
    loop = asyncio.get_running_loop()
    left = iter(requests)
    clients = [_Client(left, loop.create_future()) for _ in range(CONNECTIONS)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*(client.done for client in clients))


class _Client(asyncio.Protocol):
    """One connection: the next request as soon as the answer to the last is complete. Anything but 201 ends it all."""

    def __init__(self, left: "object", done: "asyncio.Future[None]") -> None:
        self._left = left
        self.done = done
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator or len(body) < _content_length(head):
            return
        if not self._buffer.startswith(b"HTTP/1.1 201"):
            self._fail(self._buffer[:2000].decode("utf-8", "replace"))
            return
        self._buffer = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail("the connection was closed")

    def _next(self) -> None:
        request = next(self._left, None)  # type: ignore[call-overload]
        if request is not None:
            self._transport.write(request)
            return
        if not self.done.done():
            self.done.set_result(None)
        self._transport.close()

    def _fail(self, reason: str) -> None:
        if not self.done.done():
            self.done.set_exception(RuntimeError(reason))


def _content_length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])


def _open_shop(work: Work) -> tuple[Integration, IntegrationProduct]:
    partner = Partner(work.new_id(), "bench", "AUD")
    save_partner(work, partner)
    integration = Integration(work.new_id(), partner.id, "bench", "bench", "bench-key", ("bench-secret",), (), True)
    save_integration(work, integration)
    product = Product(work.new_id(), partner.id, "mug", "Mug", "", 1000, 1, None, True)
    save(work, product)
    offered = IntegrationProduct(work.new_id(), integration.id, product.id, "mug", None)
    save(work, offered)
    return integration, offered


def _finish_one(work: Work, integration: Integration, offered: IntegrationProduct) -> None:
    """A finished design, as the platform writes it."""
    same: dict[str, Any] = {
        "partner_id": integration.partner_id,
        "integration_id": integration.id,
        "product_name": "Mug",
        "workflow_id": offered.id,
        "workflow_version": 1,
        "revision": 2,
        "answers": _ANSWERS,
        "base_cost": 1000,
        "options_cost": 250,
        "currency": "AUD",
    }
    transaction = Transaction(
        id=work.new_id(),
        integration_product_id=offered.id,
        product_id=offered.product_id,
        status="completed",
        owner_token_hash="0" * 64,
        design_id=work.new_id(),
        **same,
    )
    design = Design(
        id=transaction.design_id or "",
        transaction_id=transaction.id,
        scene_digest="0" * 64,
        digest="0" * 64,
        exported_data={"Name": {"value": "Ada", "priceModifier": 250}},
        metadata={"Name text": "Ada"},
        preflight=[],
        printing=Printing(),
        **same,
    )
    add_transaction(work, transaction)
    add_design(work, design)


def _copy(url: str, ids: Sequence[tuple[str, str]]) -> None:
    """As many more of the one design there is, with these ids of transaction and design."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table, named in ((transactions, ("id", "design_id")), (designs, ("transaction_id", "id"))):
            row = dict(connection.execute(select(table).limit(1)).mappings().one())
            for start in range(0, len(ids), 10_000):
                copies = [row | dict(zip(named, each, strict=True)) for each in ids[start : start + 10_000]]
                connection.execute(insert(table), copies)
    engine.dispose()


_ANSWERS = {"name": {"text": "Ada", "variantId": "serif", "colorVariantId": "red"}, "wrapping": {"variantId": "gift"}}

if __name__ == "__main__":
    for row in rows():
        print(row)
