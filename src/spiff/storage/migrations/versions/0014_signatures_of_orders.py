"""Orders without an index of signatures: one is for one body, and a design in it is ordered once anyway."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here. SQLite has the table written anew, for it can take no constraint away."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_constraint("uq_orders_integration_id_signature", type_="unique")
