"""Windows of time as conditions on articles."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Table

from digests.store.tables import articles

LATE_SEEN = timedelta(days=2)
START = datetime.min.replace(tzinfo=UTC)


def in_window(since: datetime, until: datetime, of: Table = articles) -> ColumnElement[bool]:
    """Published in (since, until], or first seen in it and published no more than two days before it.

    `of` is a table with the articles' columns `dated` and `seen_at`.
    """
    earliest = since - LATE_SEEN if since - START > LATE_SEEN else START
    seen = (of.c.seen_at > since) & (of.c.seen_at <= until) & (of.c.dated >= earliest)
    reaches = of.c.dated >= earliest  # said once more on its own: the range that the index answers
    return reaches & (of.c.dated <= until) & ((of.c.dated > since) | seen)


def window_before(since: datetime, until: datetime) -> tuple[datetime, datetime]:
    """The window of equal length just before."""
    return (since - (until - since) if since - START > until - since else START), since
