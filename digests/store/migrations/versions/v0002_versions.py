"""Earlier versions of articles are kept, and what a new version brought is known as new."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """One table and two columns; what is there stays as it is."""
    op.add_column("articles", sa.Column("item_prints", sa.Text()))
    op.add_column("positions", sa.Column("learnt_at", WHOLE))
    op.create_table(
        "versions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("article", WHOLE, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("replaced_at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name="fk_versions_article_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
        sqlite_strict=True,
    )
    op.create_index("ix_versions_article", "versions", ["article"])
    op.create_index("ix_versions_replaced_at", "versions", ["replaced_at"])
