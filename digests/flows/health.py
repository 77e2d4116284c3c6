"""How is the newsroom doing? Asked by `digests health`, and so by the container's health check, from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from digests.flows.compose import LOOKED
from digests.models import DeliveryState, FailingSource, SubscriberState, Trouble
from digests.store.base import Store

PATIENCE = timedelta(minutes=10)
"""A due briefing may wait this long (a flood limit, a lost answer's second try) before the bot counts as ill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Sources, articles and deliveries. `overdue` is the planned time of the oldest briefing due and not sent; up to
    `looked` a bot has made the briefings that came due (None: no bot ever ran here).
    """

    database: str
    articles: int
    newest: datetime | None
    sources: int
    failing: tuple[FailingSource, ...]
    troubles: tuple[tuple[datetime, Trouble], ...]
    subscribers: Mapping[SubscriberState, int]
    deliveries: Mapping[DeliveryState, int]
    last_sent: datetime | None
    overdue: datetime | None
    looked: datetime | None

    def illness(self, now: datetime) -> str | None:
        """What is wrong, in words; None when all that came due was made and sent."""
        if self.overdue is not None and now - self.overdue > PATIENCE:
            return f"a briefing due at {self.overdue:%Y-%m-%d %H:%M} UTC has not gone out"
        is_asked = self.subscribers.get(SubscriberState.ACTIVE, 0) > 0
        if is_asked and self.looked is not None and now - self.looked > PATIENCE:
            since = f"{self.looked:%Y-%m-%d %H:%M} UTC"
            return f"briefings that came due since {since} were not made: does the bot run, and what does its log say?"
        return None


async def health(store: Store, *, now: datetime, troubles: int = 5) -> Health:
    """Look at the store; raises StoreError when it cannot be read."""
    async with store.read() as books:
        looked = await books.notes.get(LOOKED)
        sources = [source for source in await books.sources.all() if source.enabled]
        return Health(
            database=store.version,
            articles=await books.articles.count(),
            newest=await books.articles.newest(),
            sources=len(sources),
            failing=tuple(
                FailingSource(title=source.title or source.location, since=source.failing_since, reason=source.error)
                for source in sources
                if source.failing_since and source.error
            ),
            troubles=tuple(await books.sources.troubles(limit=troubles)),
            subscribers=await books.subscribers.count(),
            deliveries=await books.deliveries.counts(),
            last_sent=await books.deliveries.last_sent(),
            overdue=await books.deliveries.overdue(now),
            looked=datetime.fromisoformat(looked) if isinstance(looked, str) else None,
        )
