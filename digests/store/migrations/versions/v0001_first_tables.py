"""The first tables, and what full-text search needs on each database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
REAL: sa.types.TypeEngine[float] = sa.Double().with_variant(sa.REAL(), "sqlite")

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
    op.create_table(
        "actors",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("surname", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text()),
        sa.Column("role_at", WHOLE),
        sa.Column("state", sa.Text()),
        sa.CheckConstraint("kind IN ('person', 'state', 'organisation', 'group')", name=op.f("ck_actors_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_actors"),
        sa.UniqueConstraint("folded", "kind", "home", name="uq_actors_folded_kind_home"),
        sqlite_strict=True,
    )
    op.create_index("ix_actors_surname", "actors", ["surname"])
    op.create_table(
        "articles",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("author", sa.Text()),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("published_at", WHOLE),
        sa.Column("seen_at", WHOLE, nullable=False),
        sa.Column("dated", WHOLE, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("is_teaser", WHOLE, nullable=False),
        sa.Column("is_sample", WHOLE, nullable=False),
        sa.Column("reader", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_articles"),
        sa.UniqueConstraint("id", name="uq_articles_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_articles_dated_seen_at", "articles", ["dated", "seen_at"])
    op.create_index("ix_articles_fingerprint_publisher", "articles", ["fingerprint", "publisher"])
    op.create_index("ix_articles_reader", "articles", ["reader"])
    op.create_table(
        "editions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("made_at", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sa.UniqueConstraint("digest", name="uq_editions_digest"),
        sqlite_strict=True,
    )
    op.create_table(
        "halts",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("until", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("channel", "address", name="pk_halts"),
        sqlite_strict=True,
    )
    op.create_table(
        "inbox",
        sa.Column("number", WHOLE, nullable=False),
        sa.Column("update_id", WHOLE, nullable=False),
        sa.Column("raw", sa.Text(), nullable=False),
        sa.Column("received_at", WHOLE, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("error", sa.Text()),
        sa.CheckConstraint("state IN ('waiting', 'done', 'dead')", name=op.f("ck_inbox_state")),
        sa.PrimaryKeyConstraint("number", name="pk_inbox"),
        sa.UniqueConstraint("update_id", name="uq_inbox_update_id"),
        sqlite_strict=True,
    )
    op.create_index("ix_inbox_state_number", "inbox", ["state", "number"])
    op.create_table(
        "notes",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_notes"),
        sqlite_strict=True,
    )
    op.create_table(
        "sources",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("enabled", WHOLE, nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("next_check_at", WHOLE),
        sa.Column("last_ok_at", WHOLE),
        sa.Column("failing_since", WHOLE),
        sa.Column("failures", WHOLE, nullable=False),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("kind", "location", name="uq_sources_kind_location"),
        sqlite_strict=True,
    )
    op.create_index("ix_sources_next_check_at", "sources", ["next_check_at"])
    op.create_table(
        "subscribers",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text()),
        sa.Column("city", sa.Text()),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mark", WHOLE),
        sa.Column("last_edition", WHOLE, nullable=False),
        sa.Column("version", WHOLE, nullable=False),
        sa.Column("created_at", WHOLE, nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'active', 'paused', 'stopped', 'gone')", name=op.f("ck_subscribers_state")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subscribers"),
        sa.UniqueConstraint("channel", "address", name="uq_subscribers_channel_address"),
        sqlite_strict=True,
    )
    op.create_index("ix_subscribers_state", "subscribers", ["state"])
    op.create_table(
        "aliases",
        sa.Column("actor_id", WHOLE, nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("uses", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_aliases_actor_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("actor_id", "folded", name="pk_aliases"),
        sqlite_strict=True,
    )
    op.create_index("ix_aliases_folded", "aliases", ["folded"])
    op.create_table(
        "attributions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("article", WHOLE, nullable=False),
        sa.Column("speaker_id", WHOLE),
        sa.Column("spans", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name="fk_attributions_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["speaker_id"], ["actors.id"], name="fk_attributions_speaker_id"),
        sa.PrimaryKeyConstraint("id", name="pk_attributions"),
        sqlite_strict=True,
    )
    op.create_index("ix_attributions_article", "attributions", ["article"])
    op.create_index("ix_attributions_speaker_id", "attributions", ["speaker_id"])
    op.create_table(
        "deliveries",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("subscriber_id", WHOLE, nullable=False),
        sa.Column("slot_key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("edition_id", WHOLE, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("planned_at", WHOLE, nullable=False),
        sa.Column("due_at", WHOLE, nullable=False),
        sa.Column("valid_until", WHOLE, nullable=False),
        sa.Column("mark", WHOLE, nullable=False),
        sa.Column("attempt", WHOLE, nullable=False),
        sa.Column("unclear", WHOLE, nullable=False),
        sa.Column("leases", WHOLE, nullable=False),
        sa.Column("owner", sa.Text()),
        sa.Column("lease_until", WHOLE),
        sa.Column("message_id", sa.Text()),
        sa.Column("settled_at", WHOLE),
        sa.CheckConstraint(
            "state IN ('ready', 'sending', 'sent', 'unknown', 'dead', 'skipped')", name=op.f("ck_deliveries_state")
        ),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name="fk_deliveries_subscriber_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("slot_key", name="uq_deliveries_slot_key"),
        sqlite_strict=True,
    )
    op.create_index("ix_deliveries_state_due_at", "deliveries", ["state", "due_at"])
    op.create_index("ix_deliveries_state_settled_at", "deliveries", ["state", "settled_at"])
    op.create_index("ix_deliveries_subscriber_id_planned_at", "deliveries", ["subscriber_id", "planned_at"])
    op.create_table(
        "interests",
        sa.Column("subscriber_id", WHOLE, nullable=False),
        sa.Column("place", WHOLE, autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("actor_id", WHOLE, nullable=False),
        sa.CheckConstraint("kind IN ('actor', 'words')", name=op.f("ck_interests_kind")),
        sa.ForeignKeyConstraint(
            ["subscriber_id"], ["subscribers.id"], name="fk_interests_subscriber_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscriber_id", "place", name="pk_interests"),
        sqlite_strict=True,
    )
    op.create_table(
        "mentions",
        sa.Column("article", WHOLE, nullable=False),
        sa.Column("actor_id", WHOLE, nullable=False),
        sa.Column("spans", WHOLE, nullable=False),
        sa.Column("salience", REAL, nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_mentions_actor_id"),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name="fk_mentions_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "actor_id", name="pk_mentions"),
        sqlite_strict=True,
    )
    op.create_index("ix_mentions_actor_id", "mentions", ["actor_id"])
    op.create_table(
        "positions",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("article", WHOLE, nullable=False),
        sa.Column("actor_id", WHOLE, nullable=False),
        sa.Column("target_id", WHOLE),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("issue", sa.Text(), nullable=False),
        sa.Column("conditional", WHOLE, nullable=False),
        sa.Column("negated", WHOLE, nullable=False),
        sa.Column("evidence_in", sa.Text(), nullable=False),
        sa.Column("evidence_start", WHOLE, nullable=False),
        sa.Column("evidence_end", WHOLE, nullable=False),
        sa.Column("evidence_text", sa.Text(), nullable=False),
        sa.Column("quote_start", WHOLE),
        sa.Column("quote_end", WHOLE),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("confidence", REAL, nullable=False),
        sa.Column("background", WHOLE, nullable=False),
        sa.Column("hidden", WHOLE, nullable=False),
        sa.CheckConstraint("evidence_in IN ('text', 'title')", name=op.f("ck_positions_evidence_in")),
        sa.CheckConstraint("mode IN ('direct', 'indirect', 'narrated')", name=op.f("ck_positions_mode")),
        sa.CheckConstraint(
            "stance IN ('supports', 'opposes', 'demands', 'rejects', 'accuses', 'denies', 'proposes', 'commits', "
            "'threatens', 'doubts')",
            name=op.f("ck_positions_stance"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_positions_actor_id"),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name="fk_positions_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["target_id"], ["actors.id"], name="fk_positions_target_id"),
        sa.PrimaryKeyConstraint("id", name="pk_positions"),
        sqlite_strict=True,
    )
    op.create_index("ix_positions_actor_id", "positions", ["actor_id"])
    op.create_index("ix_positions_article", "positions", ["article"])
    op.create_index("ix_positions_target_id", "positions", ["target_id"])
    op.create_table(
        "troubles",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("source_id", WHOLE),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_at", WHOLE, nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_troubles_source_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_troubles"),
        sqlite_strict=True,
    )
    op.create_index("ix_troubles_source_id", "troubles", ["source_id"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)
