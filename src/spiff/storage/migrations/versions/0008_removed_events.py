"""How far the events of an integration were removed."""

import sqlalchemy as sa
from alembic import op

import spiff.storage.schema

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.create_table(
        "events_removed",
        sa.Column("integration_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("up_to", sa.BigInteger(), nullable=False),
        sa.Column("until", spiff.storage.schema.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("integration_id", name=op.f("pk_events_removed")),
    )
