"""The table of short links. Knows SQL, and not where they may lead."""

from sqlalchemy import Column, String, Table, Text, select
from sqlalchemy.dialects import postgresql, sqlite

from spiff.storage.schema import Moment, metadata
from spiff.storage.work import Work

short_links = Table(
    "short_links",
    metadata,
    Column("code", String(43), primary_key=True),
    Column("url", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)


def add_link(work: Work, code: str, url: str) -> None:
    """Write a link; one of that code stays as it is."""
    made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    values = {"code": code, "url": url, "created_at": work.now}
    work.connection.execute(made(short_links).values(values).on_conflict_do_nothing())


def find_url(work: Work, code: str) -> str | None:
    """Where a code leads."""
    return work.connection.execute(select(short_links.c.url).where(short_links.c.code == code)).scalar_one_or_none()
