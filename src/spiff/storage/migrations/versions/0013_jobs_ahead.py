"""Jobs that a clock left in the future are found without looking at all that wait."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.execute("UPDATE jobs SET moved_at = created_at WHERE moved_at IS NULL AND status = 'waiting'")
    op.create_index("ix_jobs_status_moved_at", "jobs", ["status", "moved_at"], unique=False)
