"""Compares what was acknowledged with what is stored and produced. Reads the database and the file store directly."""

from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import func, select, text

from spiff.assets.store import files as files_table
from spiff.errors import NotFound
from spiff.events.store import events
from spiff.fulfilment.store import print_files
from spiff.jobs.model import jobs
from spiff.orders.store import order_items, orders
from spiff.orders.verifying import verify
from spiff.storage.database import Database
from spiff.storage.files import FileStore, digest_of
from spiff.storage.work import Work
from spiff.transactions.store import designs, transactions
from tests.crash.merchant import Told

PANELS_AND_FORMATS = {("front", "pdf"), ("front", "png"), ("back", "pdf"), ("back", "png")}
"""The print files of the product that is ordered."""


@dataclass
class Verdict:
    """Sentences about what is wrong; all empty is what was promised."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    missing_files: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[str]:
        """Everything that is wrong."""
        return [*self.lost, *self.doubled, *self.missing_files, *self.other]


def unsettled(database: Database) -> int:
    """How many jobs are still to be done."""
    query = select(func.count()).select_from(jobs).where(jobs.c.status.in_(["waiting", "leased"]))
    return database.read_now(lambda work: work.connection.execute(query).scalar_one())


def check(told: Told, database: Database, files: FileStore) -> Verdict:
    """What is wrong once all is quiet: everybody was answered, no job is left."""
    verdict = Verdict()
    verdict.other += told.surprises

    def look(work: Work) -> None:
        _check_orders(work, told, verdict)
        _check_designs(work, told, verdict)
        _check_print_files(work, verdict)
        _check_events(work, verdict)
        _check_books(work, verdict)
        _check_bytes(work, files, verdict)

    database.read_now(look)
    return verdict


def _check_orders(work: Work, told: Told, verdict: Verdict) -> None:
    query = select(order_items.c.order_id, order_items.c.transaction_id).order_by(order_items.c.position)
    stored: dict[str, list[str]] = {}
    for order_id, transaction_id in work.connection.execute(query):
        stored.setdefault(order_id, []).append(transaction_id)
    for name, wanted in told.ordered.items():
        ids = told.orders[name]
        if len(ids) != 1:
            verdict.doubled.append(f"order {name} was acknowledged as {sorted(ids)}")
        for order_id in ids:
            if stored.get(order_id) != list(wanted):
                verdict.lost.append(f"order {name} was acknowledged as {order_id}, which has {stored.get(order_id)}")
    known = {order_id for ids in told.orders.values() for order_id in ids}
    every = set(work.connection.execute(select(orders.c.id)).scalars())
    # Callers asked until they were answered: an order that nobody was told of was placed beside another.
    verdict.doubled += [f"nobody was told of order {order_id}" for order_id in every - known]


def _check_designs(work: Work, told: Told, verdict: Verdict) -> None:
    frozen = designs.c.id == transactions.c.design_id
    query = (
        select(transactions.c.id, designs.c.revision).join(designs, frozen).where(transactions.c.status != "created")
    )
    stored = dict(work.connection.execute(query).all())
    lost = [each for each, revision in told.designs.items() if stored.get(each) != revision]
    verdict.lost += [f"transaction {each} was acknowledged as finished" for each in lost]
    finished = Counter(work.connection.execute(select(designs.c.transaction_id)).scalars())
    verdict.doubled += [
        f"transaction {each} was finished {count} times" for each, count in finished.items() if count > 1
    ]


def _check_print_files(work: Work, verdict: Verdict) -> None:
    made: dict[str, set[tuple[str, str]]] = {}
    for row in work.connection.execute(select(print_files)):
        made.setdefault(row.order_item_id, set()).add((row.panel, row.format))
    for item in work.connection.execute(select(order_items.c.id, order_items.c.status)):
        if item.status != "ready" or made.get(item.id) != PANELS_AND_FORMATS:
            verdict.missing_files.append(f"item {item.id} is {item.status} and has {made.get(item.id)}")
    query = select(jobs).where(jobs.c.status != "done")
    verdict.other += [f"job {job.id} is {job.status}: {job.last_failure}" for job in work.connection.execute(query)]


def _check_events(work: Work, verdict: Verdict) -> None:
    """Everything is told of once: whoever listens to events does what they say once."""
    rows = work.connection.execute(select(events.c.type, events.c.subject_id))
    told = Counter((row.type, row.subject_id) for row in rows)
    verdict.doubled += [f"{type_} of {subject} was told {n} times" for (type_, subject), n in told.items() if n > 1]
    for table, type_ in ((orders, "order.received"), (order_items, "print_file.ready")):
        ids = set(work.connection.execute(select(table.c.id)).scalars())
        verdict.lost += [f"{type_} of {each} was not told" for each in ids if not told[type_, each]]


def _check_books(work: Work, verdict: Verdict) -> None:
    verdict.other += [f"item {item}: {fault}" for item, fault in verify(work).faults]
    if work.connection.dialect.name == "sqlite":
        sound = work.connection.execute(text("PRAGMA integrity_check")).scalar_one()
        verdict.other += [] if sound == "ok" else [f"the database is damaged: {sound}"]


def _check_bytes(work: Work, files: FileStore, verdict: Verdict) -> None:
    """Every file that a row names is there, whole."""
    named = set(work.connection.execute(select(files_table.c.sha256)).scalars())
    named |= set(work.connection.execute(select(print_files.c.sha256)).scalars())
    named |= set(work.connection.execute(select(designs.c.scene_digest)).scalars())
    for digest in named:
        try:
            if digest_of(files.get(digest)) != digest:
                verdict.missing_files.append(f"file {digest} holds other bytes")
        except NotFound:
            verdict.missing_files.append(f"file {digest} is not there")
