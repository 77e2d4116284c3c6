"""Articles are placed in their stories when they come in, and positions found by the words of their issue."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; every article kept so far waits to be placed."""
    op.add_column("articles", sa.Column("is_placed", WHOLE, nullable=False, server_default="0"))
    op.create_index("ix_articles_is_placed_number", "articles", ["is_placed", "number"])
    op.create_table(
        "placements",
        sa.Column("article", WHOLE, nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("copy_of", sa.Text()),
        sa.Column("dated", WHOLE, nullable=False),
        sa.Column("seen_at", WHOLE, nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("is_teaser", WHOLE, nullable=False),
        sa.Column("is_sample", WHOLE, nullable=False),
        sa.Column("stands", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name="fk_placements_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name="pk_placements"),
        sqlite_strict=True,
    )
    op.create_index("ix_placements_story", "placements", ["story"])
    op.create_index(
        "ix_placements_dated_seen_at_story_voice_stands",
        "placements",
        ["dated", "seen_at", "story", "voice", "stands"],
    )
    op.create_table(
        "looks",
        sa.Column("article", WHOLE, nullable=False),
        sa.Column("look", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name="fk_looks_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name="pk_looks"),
        sqlite_strict=True,
    )
    op.create_table(
        "topics",
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("actor_id", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["position"], ["positions.id"], name="fk_topics_position", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("position", "term", name="pk_topics"),
        sqlite_strict=True,
    )
    op.create_index("ix_topics_actor_id_term", "topics", ["actor_id", "term"])
