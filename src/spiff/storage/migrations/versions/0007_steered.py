"""Requests that moved an item, so that one that arrives twice moves it once."""

import sqlalchemy as sa
from alembic import op

import spiff.storage.schema

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.create_table(
        "steered",
        sa.Column("integration_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("signature", sa.String(length=64), nullable=False),
        sa.Column("at", spiff.storage.schema.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("integration_id", "signature", name=op.f("pk_steered")),
    )
