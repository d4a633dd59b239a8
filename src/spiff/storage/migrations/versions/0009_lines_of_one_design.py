"""Several items of one transaction in an order."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here. SQLite has the table written anew, for it can take no constraint away."""
    with op.batch_alter_table("order_items", schema=None) as batch_op:
        batch_op.add_column(sa.Column("occurrence", sa.Integer(), nullable=False, server_default="0"))
        batch_op.drop_constraint("uq_order_items_transaction_id", type_="unique")
        batch_op.create_unique_constraint(
            op.f("uq_order_items_transaction_id_occurrence"), ["transaction_id", "occurrence"]
        )
