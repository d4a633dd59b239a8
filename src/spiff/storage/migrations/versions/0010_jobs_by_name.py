"""The oldest waiting job of a name is found without looking at the others."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.drop_index("ix_jobs_status_run_at", table_name="jobs")
    op.create_index("ix_jobs_status_name_run_at", "jobs", ["status", "name", "run_at"], unique=False)
