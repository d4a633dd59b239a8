"""When a job was last leased or put off."""

import sqlalchemy as sa
from alembic import op

import spiff.storage.schema

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.add_column(sa.Column("moved_at", spiff.storage.schema.Moment(timezone=True), nullable=True))
