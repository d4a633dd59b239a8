"""The table of print files. Knows SQL and nothing of orders."""

from collections.abc import Collection, Sequence

from sqlalchemy import BigInteger, Column, Integer, String, Table, delete, insert, select

from spiff.fulfilment.model import PrintFile
from spiff.storage.schema import Id, Moment, metadata
from spiff.storage.work import Work

print_files = Table(
    "print_files",
    metadata,
    Column("order_item_id", Id, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("panel", String(200), primary_key=True),
    Column("format", String(8), primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("bytes", BigInteger, nullable=False),
    Column("created_at", Moment, nullable=False),
)

_COLUMNS = [print_files.c[name] for name in PrintFile.__struct_fields__]


def add_print_files(work: Work, made: Sequence[PrintFile]) -> None:
    """Write the print files of an item."""
    rows = [{name: getattr(each, name) for name in each.__struct_fields__} | {"created_at": work.now} for each in made]
    if rows:
        work.connection.execute(insert(print_files), rows)


def remove_print_files(work: Work, item_id: str) -> None:
    """Remove the print files of an item."""
    work.connection.execute(delete(print_files).where(print_files.c.order_item_id == item_id))


def list_print_files(work: Work, item_ids: Collection[str]) -> list[PrintFile]:
    """The print files of these items, their panels in the order of the workflow."""
    query = (
        select(*_COLUMNS)
        .where(print_files.c.order_item_id.in_(item_ids))
        .order_by(print_files.c.order_item_id, print_files.c.position, print_files.c.format)
    )
    return [PrintFile(**row) for row in work.connection.execute(query).mappings()]


def list_needed_files(work: Work, digests: Collection[str]) -> set[str]:
    """Which of these files are an item's."""
    query = select(print_files.c.sha256).where(print_files.c.sha256.in_(digests))
    return set(work.connection.execute(query).scalars())
