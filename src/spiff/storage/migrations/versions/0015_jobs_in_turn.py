"""Jobs of each partner are found without looking at those of the others."""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.drop_index("ix_jobs_status_name_run_at", table_name="jobs")
    index = "ix_jobs_status_name_partner_id_run_at"
    op.create_index(index, "jobs", ["status", "name", "partner_id", "run_at"], unique=False)
