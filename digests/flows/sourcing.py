"""Sources are added after a look, put aside, taken up again, dropped, and handed on as OPML."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from digests.models import Glance, Source, SourceKind
from digests.store.base import Store
from digests.text import canonical_url, fold

Look = Callable[[str, datetime], Awaitable[Glance]]
"""What is at an address, as of now (sources/discover.py). Raises nothing for trouble with it."""


class State(StrEnum):
    """How a source does; the words for it are the front ends' own."""

    FRESH = "fresh"  # kept, and not looked at yet
    FINE = "fine"
    FAILING = "failing"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding came to: what the look showed, the sources that are new, and those that were kept already."""

    glance: Glance
    new: tuple[Source, ...] = ()
    known: tuple[Source, ...] = ()


def state(source: Source) -> State:
    """How a source does."""
    if not source.enabled:
        return State.OFF
    if source.failing_since is not None:
        return State.FAILING
    return State.FRESH if source.last_ok_at is None else State.FINE


async def listed(store: Store) -> Sequence[Source]:
    """Every source by title, those that were put aside last."""
    async with store.read() as books:
        return sorted(await books.sources.all(), key=lambda source: not source.enabled)


async def add(store: Store, look: Look, address: str, *, now: datetime) -> Added:
    """Look at an address and keep the feed there, or every feed of the list there. Nothing is kept of an error."""
    glance = await look(address, now)
    if glance.error is not None:
        return Added(glance=glance)
    wanted = glance.others if glance.source.kind is SourceKind.OPML else (glance.source,)
    return await _kept(store, glance, wanted, now)


async def add_unseen(store: Store, address: str, *, now: datetime) -> Added:
    """Keep a feed's address without a look, because its server is down or not reachable from here.

    Raises ValueError when it is no web address.
    """
    source = Source(kind=SourceKind.FEED, location=canonical_url(address))
    return await _kept(store, Glance(source=source), (source,), now)


async def _kept(store: Store, glance: Glance, wanted: Sequence[Source], now: datetime) -> Added:
    """Sources kept, in one transaction. One that was put aside is taken up again and counts as new."""
    new, known = [], []
    async with store.write() as books:
        before = {(source.kind, source.location) for source in await books.sources.all() if source.enabled}
        for source in wanted:
            kept = await books.sources.add(source)
            if (kept.kind, kept.location) in before:
                known.append(kept)
                continue
            new.append(_taken_up(kept, now))
            await books.sources.record(new[-1])
    return Added(glance=glance, new=tuple(new), known=tuple(known))


async def find(store: Store, asked: str) -> Source | None:
    """The source of that number, address or title, or the only one whose title or address has these words."""
    async with store.read() as books:
        sources = await books.sources.all()
    asked = asked.strip()
    same = [source for source in sources if asked in (str(source.id), source.location, source.title)]
    near = [source for source in sources if asked and fold(asked) in fold(f"{source.title} {source.location}")]
    chosen = same or near
    return chosen[0] if len(chosen) == 1 else None


async def put_aside(store: Store, source: Source) -> None:
    """Look at it no more; what it brought stays, and so does its number."""
    async with store.write() as books:
        await books.sources.record(replace(source, enabled=False))


async def take_up(store: Store, source: Source, *, now: datetime) -> None:
    """Look at it again, at once, its failures forgotten."""
    async with store.write() as books:
        await books.sources.record(_taken_up(source, now))


async def drop(store: Store, source: Source) -> None:
    """Forget it. The articles that it brought stay."""
    async with store.write() as books:
        await books.sources.forget(source.id)


def _taken_up(source: Source, now: datetime) -> Source:
    return replace(source, enabled=True, next_check_at=now, failing_since=None, failures=0, error=None)
