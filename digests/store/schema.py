"""The schema's version: brought up to date when a store is opened, refused when it is newer than this program."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from digests.errors import StoreError

_FOLDER = Path(__file__).parent / "migrations"


def is_current(conn: Connection) -> bool:
    """Whether the schema is the one of this program. Raises StoreError when it is newer."""
    kept = MigrationContext.configure(conn).get_current_revision()
    script = ScriptDirectory.from_config(_config())
    if kept is not None and kept not in {revision.revision for revision in script.walk_revisions()}:
        raise StoreError(
            f"the database is of a newer version of this program (its schema is {kept}, ours "
            f"{script.get_current_head()}): run the newer program, or restore a backup made before it"
        )
    return kept == script.get_current_head()


def upgrade(conn: Connection) -> None:
    """Run the migrations that are missing, within the caller's transaction: all of them or none."""
    config = _config()
    config.attributes["connection"] = conn
    command.upgrade(config, "head")
    if conn.dialect.name == "sqlite":  # for people with other tools: how many migrations the file has had
        revisions = ScriptDirectory.from_config(config).walk_revisions()
        conn.exec_driver_sql(f"PRAGMA user_version={len(list(revisions))}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config
