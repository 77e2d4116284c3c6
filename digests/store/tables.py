"""The tables. Every row of them becomes a noun in one place only: the file of its family.

sources.py      sources, troubles
articles.py     articles, versions, mentions, attributions (positions and actors are written while filing)
actors.py       actors, aliases
positions.py    positions
placements.py   placements, looks, topics
subscribers.py  subscribers, interests
editions.py     editions
deliveries.py   deliveries, halts
inbox.py        inbox
notes.py        notes
"""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, MetaData, Table, UniqueConstraint

from digests.models import DeliveryState, Kind, Stance, SubscriberState
from digests.store.columns import Flag, Moment, Real, Whole, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one_of(column: str, values: type[StrEnum] | tuple[str, ...]) -> CheckConstraint:
    return CheckConstraint(f"{column} IN ({', '.join(repr(str(value)) for value in values)})", name=column)


sources = Table(
    "sources",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("kind", Words, nullable=False),
    Column("location", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("enabled", Flag, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("next_check_at", Moment, index=True),
    Column("last_ok_at", Moment),
    Column("failing_since", Moment),
    Column("failures", Whole, nullable=False),
    Column("error", Words),
    UniqueConstraint("kind", "location"),
    sqlite_strict=True,
)

troubles = Table(
    "troubles",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("source_id", Whole, ForeignKey("sources.id", ondelete="CASCADE"), index=True),
    Column("what", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("noted_at", Moment, nullable=False),
    sqlite_strict=True,
)

# `number` is the row's own, which full-text search refers to; `dated` is when it was published or else first seen;
# `item_prints` are the fingerprints of the feed items that led to a page, the newest last, between spaces.
articles = Table(
    "articles",
    metadata,
    Column("number", Whole, primary_key=True),
    Column("id", Words, nullable=False, unique=True),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("url", Words),
    Column("publisher", Words, nullable=False),
    Column("author", Words),
    Column("language", Words, nullable=False),
    Column("published_at", Moment),
    Column("seen_at", Moment, nullable=False),
    Column("dated", Moment, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("is_teaser", Flag, nullable=False),
    Column("is_sample", Flag, nullable=False),
    Column("reader", Words, index=True),
    Column("item_prints", Words),
    Column("is_placed", Flag, nullable=False, server_default="0"),
    Index(None, "dated", "seen_at"),
    Index(None, "fingerprint", "publisher"),
    Index(None, "is_placed", "number"),
    sqlite_strict=True,
)

# What an article said before it was changed, and when the next version took its place.
versions = Table(
    "versions",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("article", Whole, ForeignKey("articles.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("fingerprint", Words, nullable=False),
    Column("replaced_at", Moment, nullable=False, index=True),
    sqlite_strict=True,
)

# `surname` is the last word of a person's folded name; `home` the folded state of an organisation or group, so that
# two foreign ministries stay two; `role_at` the date of the article that gave the role.
actors = Table(
    "actors",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("name", Words, nullable=False),
    Column("folded", Words, nullable=False),
    Column("surname", Words, nullable=False, index=True),
    Column("home", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("role", Words),
    Column("role_at", Moment),
    Column("state", Words),
    UniqueConstraint("folded", "kind", "home"),
    _one_of("kind", Kind),
    sqlite_strict=True,
)

# Every name of an actor, its own included, with the number of articles that use it. One name may be several actors'.
aliases = Table(
    "aliases",
    metadata,
    Column("actor_id", Whole, ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True),
    Column("folded", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("uses", Whole, nullable=False),
    Index(None, "folded"),
    sqlite_strict=True,
)

# `reading` is what the article shows of the actor, as JSON; `spans` the number of its mentions there.
mentions = Table(
    "mentions",
    metadata,
    Column("article", Whole, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
    Column("actor_id", Whole, ForeignKey("actors.id"), primary_key=True),
    Column("spans", Whole, nullable=False),
    Column("salience", Real, nullable=False),
    Column("reading", Words, nullable=False),
    Index(None, "actor_id"),
    sqlite_strict=True,
)

attributions = Table(
    "attributions",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("article", Whole, ForeignKey("articles.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("speaker_id", Whole, ForeignKey("actors.id"), index=True),
    Column("spans", Words, nullable=False),
    sqlite_strict=True,
)

# `learnt_at` is when a new version of the article brought it; NULL: it came with the article. A confidence below 0
# marks one that the article took back then: its number stays taken for a while.
positions = Table(
    "positions",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("article", Whole, ForeignKey("articles.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("actor_id", Whole, ForeignKey("actors.id"), nullable=False, index=True),
    Column("target_id", Whole, ForeignKey("actors.id"), index=True),
    Column("stance", Words, nullable=False),
    Column("issue", Words, nullable=False),
    Column("conditional", Flag, nullable=False),
    Column("negated", Flag, nullable=False),
    Column("evidence_in", Words, nullable=False),
    Column("evidence_start", Whole, nullable=False),
    Column("evidence_end", Whole, nullable=False),
    Column("evidence_text", Words, nullable=False),
    Column("quote_start", Whole),
    Column("quote_end", Whole),
    Column("mode", Words, nullable=False),
    Column("confidence", Real, nullable=False),
    Column("background", Flag, nullable=False),
    Column("hidden", Flag, nullable=False),
    Column("learnt_at", Moment),
    _one_of("stance", Stance),
    _one_of("evidence_in", ("text", "title")),
    _one_of("mode", ("direct", "indirect", "narrated")),
    sqlite_strict=True,
)

# The story an article is in, with what ranking and coverage ask of the article, so that its text is not touched for it.
# `stands` counts its positions at 0.5 and more.
placements = Table(
    "placements",
    metadata,
    Column("article", Whole, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
    Column("story", Words, nullable=False),
    Column("voice", Words, nullable=False),
    Column("copy_of", Words),
    Column("dated", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("publisher", Words, nullable=False),
    Column("is_teaser", Flag, nullable=False),
    Column("is_sample", Flag, nullable=False),
    Column("stands", Whole, nullable=False),
    Index(None, "story"),
    Index(None, "dated", "seen_at", "story", "voice", "stands"),
    sqlite_strict=True,
)

# What grouping compares of a placed article, as JSON; forgotten when its story is long closed.
looks = Table(
    "looks",
    metadata,
    Column("article", Whole, ForeignKey("articles.number", ondelete="CASCADE"), primary_key=True),
    Column("look", Words, nullable=False),
    sqlite_strict=True,
)

# The telling words of a position's issue under its actor: how an earlier stance on the same issue is found.
topics = Table(
    "topics",
    metadata,
    Column("position", Whole, ForeignKey("positions.id", ondelete="CASCADE"), primary_key=True),
    Column("term", Words, primary_key=True),
    Column("actor_id", Whole, nullable=False),
    Index(None, "actor_id", "term"),
    sqlite_strict=True,
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("channel", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("language", Words, nullable=False),
    Column("zone", Words),
    Column("city", Words),
    Column("at", Words, nullable=False),
    Column("days", Words, nullable=False),
    Column("state", Words, nullable=False, index=True),
    Column("mark", Moment),
    Column("last_edition", Whole, nullable=False),
    Column("version", Whole, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("channel", "address"),
    _one_of("state", SubscriberState),
    sqlite_strict=True,
)

interests = Table(
    "interests",
    metadata,
    Column("subscriber_id", Whole, ForeignKey("subscribers.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Whole, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("actor_id", Whole, nullable=False),
    _one_of("kind", ("actor", "words")),
    sqlite_strict=True,
)

# `body` is the whole edition as JSON, `digest` its hash: the same edition is kept once.
editions = Table(
    "editions",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("digest", Words, nullable=False, unique=True),
    Column("body", Words, nullable=False),
    Column("made_at", Moment, nullable=False),
    sqlite_strict=True,
)

# `leases` counts leases that ran out while sending.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Whole, primary_key=True),
    Column("subscriber_id", Whole, ForeignKey("subscribers.id", ondelete="CASCADE"), nullable=False),
    Column("slot_key", Words, nullable=False, unique=True),
    Column("channel", Words, nullable=False),
    Column("address", Words, nullable=False),
    Column("payload", Words, nullable=False),
    Column("edition_id", Whole, nullable=False),
    Column("state", Words, nullable=False),
    Column("reason", Words),
    Column("planned_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("valid_until", Moment, nullable=False),
    Column("mark", Moment, nullable=False),
    Column("attempt", Whole, nullable=False),
    Column("unclear", Whole, nullable=False),
    Column("leases", Whole, nullable=False),
    Column("owner", Words),
    Column("lease_until", Moment),
    Column("message_id", Words),
    Column("settled_at", Moment),
    Index(None, "subscriber_id", "planned_at"),
    Index(None, "state", "due_at"),
    Index(None, "state", "settled_at"),
    _one_of("state", DeliveryState),
    sqlite_strict=True,
)

# Addresses (or, under "", whole channels) where nothing is sent until a moment.
halts = Table(
    "halts",
    metadata,
    Column("channel", Words, primary_key=True),
    Column("address", Words, primary_key=True),
    Column("until", Moment, nullable=False),
    sqlite_strict=True,
)

# `number` is the order of receipt.
inbox = Table(
    "inbox",
    metadata,
    Column("number", Whole, primary_key=True),
    Column("update_id", Whole, nullable=False, unique=True),
    Column("raw", Words, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", Words, nullable=False),
    Column("attempt", Whole, nullable=False),
    Column("error", Words),
    Index(None, "state", "number"),
    _one_of("state", ("waiting", "done", "dead")),
    sqlite_strict=True,
)

notes = Table(
    "notes",
    metadata,
    Column("name", Words, primary_key=True),
    Column("value", Words, nullable=False),
    sqlite_strict=True,
)
