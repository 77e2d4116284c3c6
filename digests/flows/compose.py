"""Make the briefings that are due: which slots, one edition for all who share it, one delivery row for each chat.

A briefing is made when its slot is due, not before, so that it holds the newest articles. Everything is safe to run
twice and to be killed at any line: a slot's key is unique, an edition and its delivery rows are one transaction, and
the note of how far we looked moves on only when all of that is done. Sending is left to deliver.
"""

import asyncio
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfoNotFoundError

from digests.channels.base import Channel
from digests.editorial.briefing import make_edition, tell
from digests.editorial.corrections import corrections
from digests.editorial.slots import LATE, agenda, slots_due
from digests.flows.material import load_material
from digests.flows.placing import place_new
from digests.models import Correction, Delivery, Edition, Interest, Slot, Subscriber, SubscriberState
from digests.store.base import Books, Store

log = logging.getLogger(__name__)

STEPS = ("looked", "skipping", "skipped", "edition made", "planning", "planned", "noting", "noted")
"""Where a composer may be killed: `checkpoint` hears of each. Those in -ing lie inside a transaction."""

LOOKED = "compose.looked"
"""The note of how far slots were looked at (ISO time): what was planned before it is done."""

_FIRST = timedelta(hours=24)  # what a first briefing covers
_MOST = timedelta(days=7)  # what a briefing covers at most, after a long absence
_TOLD = timedelta(days=14)  # what was told longer ago is not taken back
_ON_TIME = timedelta(minutes=5)  # later than this, what came in since the slot is news too
_AT_ONCE = 100  # deliveries written in one transaction

_T = TypeVar("_T")
Checkpoint = Callable[[str], None]
Freshen = Callable[[], Awaitable[None]]
_Skip = tuple[Slot, Subscriber, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """A briefing to be made."""

    subscriber: Subscriber
    slot: Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Share:
    """What all chats have in common that are told one edition."""

    since: datetime
    until: datetime
    mark: datetime | None
    language: str
    interests: tuple[Interest, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What the steps of one run share."""

    store: Store
    channels: Mapping[str, Channel]
    now: datetime
    late: timedelta
    floor: float
    checkpoint: Checkpoint
    tally: Counter[str]


async def compose(
    *,
    store: Store,
    channels: Mapping[str, Channel],
    now: datetime,
    late: timedelta = LATE,
    floor: float = 0.5,
    freshen: Freshen | None = None,
    checkpoint: Checkpoint = lambda _: None,
) -> Counter[str]:
    """Make what is due at `now`; returns counts: "planned", "skipped", "editions", "failed".

    `freshen` is awaited once when something is due, before it is made: it may bring the newest articles in.

    A slot whose briefing can't be made ("failed", logged) is tried again at the next run until it is too late, and
    then skipped like any other late one. Nobody's trouble keeps others waiting.
    """
    run = _Run(store=store, channels=channels, now=now, late=late, floor=floor, checkpoint=checkpoint, tally=Counter())
    looked = await _looked(store)
    if looked is not None and looked <= now and _minute(now) <= looked:
        return run.tally  # local times are whole minutes: nothing came due since
    due, skips = await _find(run, looked)
    checkpoint("looked")
    await _skip(run, skips)
    if due and freshen is not None:
        await freshen()
    failed = await _plan(run, due)
    await _note(run, min([now, *(one.slot.planned_at - timedelta(seconds=1) for one in failed)]))
    return run.tally


async def _looked(store: Store) -> datetime | None:
    async with store.read() as books:
        note = await books.notes.get(LOOKED)
    return datetime.fromisoformat(note) if isinstance(note, str) else None


async def _find(run: _Run, looked: datetime | None) -> tuple[list[_Due], list[_Skip]]:
    """What is to be made, and which slots are not, with the reason."""
    async with run.store.read() as books:
        found = [(subscriber, _slots(run, subscriber, looked)) for subscriber in await books.subscribers.active()]
        taken = await books.deliveries.slots([slot.key for _, slots in found for slot in slots])
    due: list[_Due] = []
    skips: list[_Skip] = []
    for subscriber, slots in found:
        plan = agenda((slot for slot in slots if slot.key not in taken), subscriber, run.now)
        due += [_Due(subscriber=subscriber, slot=plan.send)] if plan.send else []
        skips += [(slot, subscriber, reason) for slot, reason in plan.skip]
    return due, skips


def _slots(run: _Run, subscriber: Subscriber, looked: datetime | None) -> Sequence[Slot]:
    # Slots from before we looked are done, so a time moved to this morning is no missed briefing. A clock that was
    # set back makes the note one from the future: then look from now, and the unique keys keep us from repeating.
    after = max(subscriber.created_at, min(looked or subscriber.created_at, run.now))
    try:
        return tuple(slots_due(subscriber, after, run.now, run.late))
    except ZoneInfoNotFoundError:
        log.error("subscriber %d: no such time zone: %r", subscriber.id, subscriber.zone)
        run.tally["failed"] += 1
        return ()


async def _skip(run: _Run, skips: Sequence[_Skip]) -> None:
    for some in _parts(skips):
        async with run.store.write() as books:
            for slot, subscriber, reason in some:
                run.tally["skipped"] += await books.deliveries.skip(slot, subscriber, reason)
            run.checkpoint("skipping")
        run.checkpoint("skipped")


async def _plan(run: _Run, due: Sequence[_Due]) -> list[_Due]:
    """Make and keep the briefings; returns those that could not be made."""
    failed: list[_Due] = []
    for share, sharing in _shared(due, run.now).items():
        try:
            edition = await _edition(run, share)
            run.checkpoint("edition made")
            for corrected, concerned in (await _corrected(run, share, sharing)).items():
                for some in _parts(concerned):
                    await _keep(run, replace(edition, corrections=corrected), some)
        except Exception:
            log.exception("no briefing could be made for %d chats", len(sharing))
            failed += sharing
    run.tally["failed"] += len(failed)
    return failed


def _shared(due: Iterable[_Due], now: datetime) -> Mapping[_Share, list[_Due]]:
    shares: dict[_Share, list[_Due]] = defaultdict(list)
    for one in due:
        shares[_share(one.subscriber, one.slot, now)].append(one)
    return shares


def _share(subscriber: Subscriber, slot: Slot, now: datetime) -> _Share:
    """The window from the chat's mark to its slot, or, when the briefing is late, to now."""
    until = slot.planned_at if now - slot.planned_at < _ON_TIME else _minute(now)
    mark = subscriber.mark
    since = until - _FIRST if mark is None else max(min(mark, until), until - _MOST)
    interests = tuple(sorted(set(subscriber.interests), key=lambda one: (one.kind, one.name, one.actor_id)))
    return _Share(since=since, until=until, mark=mark, language=subscriber.language, interests=interests)


async def _edition(run: _Run, share: _Share) -> Edition:
    await place_new(run.store)
    async with run.store.read() as books:
        material = await load_material(
            books,
            since=share.since,
            until=share.until,
            interests=share.interests,
            floor=run.floor,
            language=share.language,
        )
    edition = await asyncio.to_thread(make_edition, material)
    # Told before it is kept, so that story 2 of the message is story 2 of the edition that /story looks up.
    return tell(edition, share.mark)


async def _corrected(run: _Run, share: _Share, sharing: Sequence[_Due]) -> Mapping[tuple[Correction, ...], list[_Due]]:
    """Whom to tell which corrections: what they were sent before, and an article changed since no longer gives."""
    if share.mark is None:
        return {(): list(sharing)}
    found: dict[tuple[Correction, ...], list[_Due]] = defaultdict(list)
    async with run.store.read() as books:
        ids = await books.articles.changed(share.mark, share.until)
        articles = {one.id: one for one in [await books.articles.get(each) for each in ids] if one}
        given = await books.positions.find(article_ids=ids) if ids else ()
        editions: dict[int, Edition | None] = {}
        known: dict[tuple[int, ...], tuple[Correction, ...]] = {}
        for one in sharing:
            told = tuple(await books.deliveries.told(one.subscriber.id, share.until - _TOLD)) if ids else ()
            for each in told:
                if each not in editions:
                    editions[each] = await books.editions.get(each)
            if told not in known:  # chats that share this edition were told much the same ones before
                known[told] = corrections([kept for each in told if (kept := editions[each])], articles, given)
            found[known[told]].append(one)
    return found


async def _keep(run: _Run, edition: Edition, sharing: Sequence[_Due]) -> None:
    """Edition and deliveries in one transaction, for those whose slot is still theirs and still free."""
    async with run.store.write() as books:
        still = await _still(books, sharing)
        kept = await books.editions.put(edition, run.now) if still else edition
        planned = [await books.deliveries.plan(_delivery(run, kept, one)) for one in still]
        run.checkpoint("planning")
    run.checkpoint("planned")
    run.tally["editions"] += bool(still)
    run.tally["planned"] += sum(planned)


async def _still(books: Books, sharing: Sequence[_Due]) -> list[_Due]:
    """Settings may have changed while the edition was made; whoever moved their time is looked at anew."""
    taken = await books.deliveries.slots([one.slot.key for one in sharing])
    still: list[_Due] = []
    for one in sharing:
        fresh = await books.subscribers.get(one.subscriber.id)
        same = fresh and fresh.state is SubscriberState.ACTIVE and fresh.version == one.subscriber.version
        if fresh and same and one.slot.key not in taken:
            still.append(_Due(subscriber=fresh, slot=one.slot))
    return still


def _delivery(run: _Run, edition: Edition, one: _Due) -> Delivery:
    subscriber, slot = one.subscriber, one.slot
    channel = run.channels[subscriber.channel]
    return Delivery(
        subscriber_id=subscriber.id,
        slot_key=slot.key,
        channel=subscriber.channel,
        address=subscriber.address,
        payload=channel.render(edition, subscriber, now=run.now, planned_at=slot.planned_at),
        edition_id=edition.id,
        planned_at=slot.planned_at,
        due_at=slot.planned_at,
        valid_until=slot.valid_until,
        mark=edition.until,
    )


async def _note(run: _Run, looked: datetime) -> None:
    async with run.store.write() as books:
        await books.notes.set(LOOKED, looked.astimezone(UTC).isoformat())
        run.checkpoint("noting")
    run.checkpoint("noted")


def _minute(instant: datetime) -> datetime:
    return instant.replace(second=0, microsecond=0)


def _parts(items: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE))
