"""The table of files. Knows SQL; the bytes are in the file store."""

from collections.abc import Collection, Sequence

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Integer,
    String,
    Table,
    Text,
    delete,
    false,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from spiff.assets.model import File
from spiff.errors import NotFound
from spiff.storage.schema import Moment, metadata
from spiff.storage.work import Work

files = Table(
    "files",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("mime_type", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("width_px", Integer),
    Column("height_px", Integer),
    Column("proxy", String(64)),
    Column("family", String(200)),
    Column("coverage", Text),
    Column("created_at", Moment, nullable=False),
    # Whether it stays although nothing else in the database says so.
    Column("permanent", Boolean, nullable=False, server_default=false()),
)
page_parts = Table(
    "page_parts",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("sha256", String(64), nullable=False),
)
"""Parts of the customiser of each version. Their names hold a hash of what they are, and never mean anything else."""
_LOCK = text("LOCK TABLE files IN SHARE ROW EXCLUSIVE MODE")


def add_file(work: Work, file: File) -> None:
    """Record a file; the first record of the same bytes stays, also where two come at once."""
    made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    values = {name: getattr(file, name) for name in file.__struct_fields__}
    work.connection.execute(made(files).values(**values, created_at=work.now).on_conflict_do_nothing())


def keep_for_good(work: Work, digests: Collection[str]) -> None:
    """Never remove these files, whatever else becomes of them."""
    chosen = files.c.sha256.in_(sorted(digests)), files.c.permanent.is_(False)
    work.connection.execute(update(files).where(*chosen).values(permanent=True))


def list_kept_for_good(work: Work, digests: Collection[str]) -> set[str]:
    """Which of these are never removed."""
    query = select(files.c.sha256).where(files.c.sha256.in_(digests), files.c.permanent)
    return set(work.connection.execute(query).scalars())


def lock_files(work: Work) -> None:
    """Let nobody record a file until this transaction ends, and wait for those who are about to. Others still read."""
    if work.connection.dialect.name == "postgresql":
        work.connection.execute(_LOCK)


def remove_files(work: Work, digests: Collection[str]) -> None:
    """Forget the records of these files."""
    work.connection.execute(delete(files).where(files.c.sha256.in_(digests)))


def find_file(work: Work, sha256: str) -> File | None:
    """The record of these bytes."""
    return list_files(work, [sha256]).get(sha256)


def list_files(work: Work, digests: Collection[str]) -> dict[str, File]:
    """The records of these digests, as far as there are any."""
    columns = [files.c[name] for name in File.__struct_fields__]
    rows = work.connection.execute(select(*columns).where(files.c.sha256.in_(digests))).mappings()
    return {row["sha256"]: File(**row) for row in rows}


def add_page_parts(work: Work, parts: Sequence[File]) -> None:
    """Write where parts of the customiser are; another program of the same version may have done so."""
    made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    rows = [{"name": file.name, "sha256": file.sha256} for file in parts]
    work.connection.execute(made(page_parts).on_conflict_do_nothing(), rows)


def list_page_parts(work: Work) -> set[str]:
    """The names of all parts of the customiser that are kept."""
    return set(work.connection.execute(select(page_parts.c.name)).scalars())


def get_page_part(work: Work, name: str) -> File:
    """A part of the customiser of any version. Raises NotFound."""
    query = select(page_parts.c.sha256).where(page_parts.c.name == name)
    file = find_file(work, str(work.connection.execute(query).scalar_one_or_none()))
    if file is None:
        raise NotFound(f"there is no page part {name[:100]!r}")
    return file
