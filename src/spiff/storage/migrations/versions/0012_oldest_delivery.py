"""The oldest waiting delivery of a channel is found without sorting all that wait for its agent."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    op.drop_index("ix_deliveries_channel_id_status", table_name="deliveries")
    op.create_index(
        "ix_deliveries_channel_id_status_created_at",
        "deliveries",
        ["channel_id", "status", "created_at", "id"],
        unique=False,
    )
