"""Load what editions are made of: one window's articles with what was read from them, in a few queries."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from digests.editorial.window import Material
from digests.extract.base import READ
from digests.models import Interest
from digests.store.base import Books

BEFORE = timedelta(days=4)  # articles this much older are loaded too, so that a story that goes on is known as such
MEMORY = timedelta(days=30)  # positions this old still count as held before


async def load_material(
    books: Books,
    *,
    since: datetime,
    until: datetime,
    interests: Sequence[Interest] = (),
    floor: float = 0.5,
    language: str = "en",
) -> Material:
    """The material of the window (`since`, `until`]; positions below `floor` and unread languages are left out."""
    window = await books.articles.window(since - BEFORE, until)
    articles = tuple(article for article in window if article.language in READ)
    return Material(
        since=since,
        until=until,
        articles=articles,
        readings=await books.articles.readings([article.id for article in articles]),
        positions=tuple(await books.positions.find(since=until - MEMORY, until=until, floor=floor)),
        sources=tuple(await books.sources.all()),
        interests=tuple(interests),
        language=language,
    )
