"""What was agreed to when a design was finished."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.add_column("designs", sa.Column("agreement", sa.JSON(), nullable=True))
