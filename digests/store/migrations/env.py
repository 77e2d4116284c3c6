"""Runs the migrations on the connection that schema.py hands over; its transaction is the caller's."""

from alembic import context

from digests.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
context.run_migrations()
