"""What tidying up needs: who needs which file, what was counted, when it was last done."""

import sqlalchemy as sa
from alembic import op

import spiff.storage.schema

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the schema here."""
    with op.batch_alter_table("files", schema=None) as batch_op:
        batch_op.add_column(sa.Column("permanent", sa.Boolean(), server_default=sa.false(), nullable=False))
    # What is there already of a catalogue or a script is of no design: it stays.
    op.execute("UPDATE files SET permanent = true WHERE kind NOT IN ('scene', 'preview', 'print')")
    op.create_index("ix_designs_scene_digest", "designs", ["scene_digest"], unique=False)
    op.create_index("ix_designs_preview_digest", "designs", ["preview_digest"], unique=False)
    op.create_index("ix_transaction_uploads_sha256", "transaction_uploads", ["sha256"], unique=False)
    op.create_index("ix_transaction_uploads_proxy", "transaction_uploads", ["proxy"], unique=False)
    op.create_index("ix_print_files_sha256", "print_files", ["sha256"], unique=False)
    op.create_table(
        "job_periods",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("promised_at", spiff.storage.schema.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job_periods")),
    )
    op.create_table(
        "past_designs",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("integration_product_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("begun", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["integration_product_id"],
            ["integration_products.id"],
            name=op.f("fk_past_designs_integration_product_id"),
        ),
        sa.PrimaryKeyConstraint("day", "integration_product_id", name=op.f("pk_past_designs")),
    )
