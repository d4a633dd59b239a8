"""Short links."""

import sqlalchemy as sa
from alembic import op

import spiff.storage.schema

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.create_table(
        "short_links",
        sa.Column("code", sa.String(length=43), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("created_at", spiff.storage.schema.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_short_links")),
    )
