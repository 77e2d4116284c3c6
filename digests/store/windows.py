"""Windows of time as conditions on articles."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement

from digests.store.tables import articles

LATE_SEEN = timedelta(days=2)
START = datetime.min.replace(tzinfo=UTC)


def in_window(since: datetime, until: datetime) -> ColumnElement[bool]:
    """Published in (since, until], or first seen in it and published no more than two days before it."""
    earliest = since - LATE_SEEN if since - START > LATE_SEEN else START
    seen = (articles.c.seen_at > since) & (articles.c.seen_at <= until) & (articles.c.dated >= earliest)
    reaches = articles.c.dated >= earliest  # said once more on its own: the range that the index answers
    return reaches & (articles.c.dated <= until) & ((articles.c.dated > since) | seen)


def window_before(since: datetime, until: datetime) -> tuple[datetime, datetime]:
    """The window of equal length just before."""
    return (since - (until - since) if since - START > until - since else START), since
