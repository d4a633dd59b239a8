"""Alembic's entry: runs migrations on the connection that `storage/migrating.py` hands over."""

from alembic import context

from spiff.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
