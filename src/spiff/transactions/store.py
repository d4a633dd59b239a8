"""The tables of transactions, designs and page sessions. Knows SQL and nothing of what the rows are for."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from spiff.rendering.printing import Printing
from spiff.storage.schema import Id, Moment, metadata
from spiff.storage.work import Work
from spiff.transactions.agreeing import Agreement
from spiff.transactions.model import Abandoned, Design, Purpose, Status, Transaction, Upload

transactions = Table(
    "transactions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner_id", Id, nullable=False),
    Column("integration_id", Id, nullable=False),
    Column("integration_product_id", Id, ForeignKey("integration_products.id"), nullable=False),
    Column("product_id", Id, nullable=False),
    Column("product_name", String(200), nullable=False),
    Column("workflow_id", Id, nullable=False),
    Column("workflow_version", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("owner_token_hash", String(64), nullable=False),
    Column("answers", JSON, nullable=False),
    Column("base_cost", Integer, nullable=False),
    Column("options_cost", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("design_id", Id),
    Column("presentment_currency", String(3)),
    Column("page_session_id", Id),
    Column("created_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),
)

designs = Table(
    "designs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("transaction_id", Id, ForeignKey("transactions.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("partner_id", Id, nullable=False),
    Column("integration_id", Id, nullable=False),
    Column("product_name", String(200), nullable=False),
    Column("workflow_id", Id, nullable=False),
    Column("workflow_version", Integer, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("scene_digest", String(64), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("base_cost", Integer, nullable=False),
    Column("options_cost", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("exported_data", JSON, nullable=False),
    Column("metadata", JSON, nullable=False),
    Column("preflight", JSON, nullable=False),
    Column("printing", JSON, nullable=False),
    Column("preview_digest", String(64), index=True),
    Column("browser_scene_digest", String(64)),
    Column("agreement", JSON(none_as_null=True)),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("transaction_id", "revision"),
)

page_sessions = Table(
    "page_sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("integration_product_id", Id, nullable=False),
    Column("created_at", Moment, nullable=False),
)

uploads = Table(
    "transaction_uploads",
    metadata,
    Column("transaction_id", Id, ForeignKey("transactions.id"), primary_key=True),
    Column("sha256", String(64), ForeignKey("files.sha256"), primary_key=True, index=True),
    Column("kind", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("width_px", Integer),
    Column("height_px", Integer),
    Column("proxy", String(64), index=True),
    Column("created_at", Moment, nullable=False),
)

links = Table(
    "transaction_links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("transaction_id", Id, ForeignKey("transactions.id"), nullable=False, index=True),
    Column("purpose", String(16), nullable=False),
    Column("created_at", Moment, nullable=False),
)

_UPLOAD = [uploads.c[name] for name in Upload.__struct_fields__]
_ABANDONED = (transactions.c.id, transactions.c.integration_product_id, transactions.c.created_at)
_TRANSACTION = [transactions.c[name] for name in Transaction.__struct_fields__]
_DESIGN = [designs.c[name] for name in Design.__struct_fields__]


def add_transaction(work: Work, transaction: Transaction) -> None:
    """Write a new transaction."""
    values = {name: getattr(transaction, name) for name in transaction.__struct_fields__}
    work.connection.execute(insert(transactions).values(**values, created_at=work.now, touched_at=work.now))


def find_transaction(work: Work, transaction_id: str, *, to_change: bool = False) -> Transaction | None:
    """The transaction with this id; `to_change` makes other writers wait until this one is done."""
    query = select(*_TRANSACTION).where(transactions.c.id == transaction_id)
    row = work.connection.execute(query.with_for_update() if to_change else query).mappings().one_or_none()
    return Transaction(**row) if row else None


def save_transaction(work: Work, transaction: Transaction, *, expected_revision: int) -> bool:
    """Write what an edit or a completion changed, if the row still has the expected revision; False if it has not."""
    changing = ("status", "revision", "answers", "base_cost", "options_cost", "design_id")
    change = update(transactions).where(
        transactions.c.id == transaction.id,
        transactions.c.revision == expected_revision,
        transactions.c.status != "ordered",
    )
    values = {name: getattr(transaction, name) for name in changing}
    return bool(work.connection.execute(change.values(**values, touched_at=work.now)).rowcount)


def move(work: Work, transaction_id: str, current: Status, wanted: Status) -> bool:
    """Move a transaction from one status to another; False where it is not in `current` any more."""
    change = update(transactions).where(transactions.c.id == transaction_id, transactions.c.status == current)
    return bool(work.connection.execute(change.values(status=wanted, touched_at=work.now)).rowcount)


def touch(work: Work, transaction_id: str) -> None:
    """Somebody still cares for this transaction."""
    work.connection.execute(
        update(transactions)
        .where(transactions.c.id == transaction_id, transactions.c.status != "ordered")
        .values(touched_at=work.now)
    )


def list_abandoned(work: Work, untouched_since: datetime, most: int) -> list[str]:
    """Transactions that nobody ordered or touched since that instant."""
    query = select(transactions.c.id).where(*_abandoned(untouched_since)).limit(most)
    return list(work.connection.execute(query).scalars())


def hold_abandoned(work: Work, transaction_ids: Collection[str], untouched_since: datetime) -> list[Abandoned]:
    """Those of these that still are abandoned and nobody else holds, with their days of UTC. They are held."""
    query = select(*_ABANDONED).where(transactions.c.id.in_(transaction_ids), *_abandoned(untouched_since))
    rows = work.connection.execute(query.with_for_update(skip_locked=True)).all()
    held = [row.id for row in rows]
    newest = select(designs.c.transaction_id, func.max(designs.c.created_at)).where(designs.c.transaction_id.in_(held))
    finished = {row[0]: row[1] for row in work.connection.execute(newest.group_by(designs.c.transaction_id))}
    return [
        Abandoned(row.id, row.integration_product_id, row.created_at.date(), done and done.date())
        for row in rows
        for done in [finished.get(row.id)]
    ]


def remove_transactions(work: Work, transaction_ids: Collection[str]) -> None:
    """Remove transactions with all that belongs to them; files are left."""
    for table in (links, uploads, designs):
        work.connection.execute(delete(table).where(table.c.transaction_id.in_(transaction_ids)))
    work.connection.execute(delete(transactions).where(transactions.c.id.in_(transaction_ids)))


def list_page_sessions(work: Work, before: datetime, most: int) -> list[str]:
    """Page sessions of before that instant."""
    query = select(page_sessions.c.id).where(page_sessions.c.created_at < before).limit(most)
    return list(work.connection.execute(query).scalars())


def remove_page_sessions(work: Work, session_ids: Collection[str]) -> int:
    """Remove page sessions; how many there were."""
    return work.connection.execute(delete(page_sessions).where(page_sessions.c.id.in_(session_ids))).rowcount


def list_needed_files(work: Work, digests: Collection[str]) -> set[str]:
    """Which of these files are a design's, or a shopper's upload."""
    columns = (designs.c.scene_digest, designs.c.preview_digest, uploads.c.sha256, uploads.c.proxy)
    queries = (select(column).where(column.in_(digests)) for column in columns)
    return {digest for query in queries for digest in work.connection.execute(query).scalars()}


def _abandoned(untouched_since: datetime) -> tuple[ColumnElement[bool], ...]:
    return transactions.c.status != "ordered", transactions.c.touched_at < untouched_since


def add_design(work: Work, design: Design) -> None:
    """Write a finished design."""
    values = {name: getattr(design, name) for name in design.__struct_fields__}
    values |= {name: msgspec.to_builtins(getattr(design, name)) for name in ("printing", "agreement")}
    work.connection.execute(insert(designs).values(**values, created_at=work.now))


def find_design(work: Work, design_id: str) -> Design | None:
    """The design with this id."""
    row = work.connection.execute(select(*_DESIGN).where(designs.c.id == design_id)).mappings().one_or_none()
    if row is None:
        return None
    agreement = msgspec.convert(row["agreement"], Agreement | None)
    return Design(**{**row, "printing": msgspec.convert(row["printing"], Printing), "agreement": agreement})


def list_preflights(work: Work, design_ids: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """The preflight reports of these designs, by design."""
    query = select(designs.c.id, designs.c.preflight).where(designs.c.id.in_(design_ids))
    return {row.id: row.preflight for row in work.connection.execute(query)}


def list_agreements(work: Work, design_ids: Collection[str]) -> dict[str, Agreement | None]:
    """What was agreed to when these designs were finished, by design."""
    query = select(designs.c.id, designs.c.agreement).where(designs.c.id.in_(design_ids))
    return {row.id: msgspec.convert(row.agreement, Agreement | None) for row in work.connection.execute(query)}


def add_page_session(work: Work, session_id: str, integration_product_id: str) -> None:
    """Write a page session; the same one again changes nothing."""
    made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    session = made(page_sessions).values(
        id=session_id, integration_product_id=integration_product_id, created_at=work.now
    )
    work.connection.execute(session.on_conflict_do_nothing())


def add_upload(work: Work, transaction_id: str, upload: Upload) -> None:
    """Write an upload."""
    values = {name: getattr(upload, name) for name in upload.__struct_fields__}
    work.connection.execute(insert(uploads).values(**values, transaction_id=transaction_id, created_at=work.now))


def list_uploads(work: Work, transaction_id: str) -> list[Upload]:
    """The transaction's uploads in the order they came."""
    query = select(*_UPLOAD).where(uploads.c.transaction_id == transaction_id)
    ordered = query.order_by(uploads.c.created_at, uploads.c.sha256)
    return [Upload(**row) for row in work.connection.execute(ordered).mappings()]


def add_link(work: Work, token_hash: str, transaction_id: str, purpose: Purpose) -> None:
    """Write a link; of its token only the hash."""
    values = {"token_hash": token_hash, "transaction_id": transaction_id, "purpose": purpose, "created_at": work.now}
    work.connection.execute(insert(links).values(values))


def find_linked(work: Work, token_hash: str, purpose: Purpose) -> str | None:
    """The id of the transaction that this link leads to."""
    query = select(links.c.transaction_id).where(links.c.token_hash == token_hash, links.c.purpose == purpose)
    return work.connection.execute(query).scalar_one_or_none()


def count_links(work: Work, transaction_id: str, purpose: Purpose) -> int:
    """How many links of this purpose lead to a transaction."""
    query = select(func.count()).where(links.c.transaction_id == transaction_id, links.c.purpose == purpose)
    return work.connection.execute(query).scalar_one()


def remove_links(work: Work, transaction_id: str, purpose: Purpose) -> None:
    """Take back all links of this purpose."""
    chosen = (links.c.transaction_id == transaction_id, links.c.purpose == purpose)
    work.connection.execute(delete(links).where(*chosen))
