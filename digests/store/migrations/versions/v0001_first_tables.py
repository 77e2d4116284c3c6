"""The first tables, and what full-text search needs on each database."""

from alembic import op

from digests.store.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The view folds what FTS5's tokenizer leaves apart (dotless i), so that both databases find the same.
_SQLITE = (
    """CREATE VIEW article_texts AS SELECT number,
       replace(replace(title, 'ı', 'i'), 'İ', 'I') AS title, replace(replace(text, 'ı', 'i'), 'İ', 'I') AS text
       FROM articles""",
    """CREATE VIRTUAL TABLE article_words USING fts5(title, text, content='article_texts', content_rowid='number',
       tokenize='porter unicode61 remove_diacritics 2')""",
)
_POSTGRESQL = (
    """CREATE TABLE article_words (
       article BIGINT PRIMARY KEY REFERENCES articles (number) ON DELETE CASCADE, words TSVECTOR NOT NULL)""",
    "CREATE INDEX ix_article_words_words ON article_words USING gin (words)",
)


def upgrade() -> None:
    """Make everything."""
    bind = op.get_bind()
    metadata.create_all(bind)
    for statement in _SQLITE if bind.dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(statement)
