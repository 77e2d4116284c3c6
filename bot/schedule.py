"""When the next briefing comes, in words, and the few ways in which that is changed."""

from dataclasses import replace
from datetime import time

from bot.context import Context, settled
from bot.lines import clip
from bot.markup import Row
from bot.phrases.speak import phrase
from bot.when import clock, days_in_words, moment, place_of, zone_of
from digests.editorial.slots import date_of, next_slot
from digests.languages.places import Place
from digests.models import Subscriber, SubscriberState


async def next_line(ask: Context, subscriber: Subscriber) -> Row:
    """When the chat's next briefing comes, with its zone; or why none does."""
    if subscriber.zone is None:
        return phrase("next.no_zone")
    if subscriber.state is SubscriberState.PAUSED:
        return phrase("next.paused")
    if subscriber.state is not SubscriberState.ACTIVE:
        return phrase("next.stopped")
    async with ask.store.read() as books:
        latest = await books.deliveries.latest_slot(subscriber.id) if subscriber.id else None
    slot = next_slot(subscriber, ask.now, taken=date_of(latest.slot_key) if latest else None)
    if slot is None:
        return phrase("next.never")
    return phrase(
        "next.at", moment=moment(slot.planned_at, zone_of(subscriber)), place=place_of(subscriber), zone=subscriber.zone
    )


def settings_lines(subscriber: Subscriber) -> Row:
    """Time, days and zone as they are."""
    return phrase(
        "next.rule",
        time=clock(subscriber.at),
        days=days_in_words(subscriber.days),
        place=place_of(subscriber) if subscriber.zone else "?",
    )


async def set_time(ask: Context, at: time) -> Subscriber:
    """Another time of day."""
    return await ask.change(lambda known: _rescheduled(known, replace(known, at=at)))


async def set_days(ask: Context, days: frozenset[int]) -> Subscriber:
    """Other days of the week."""
    return await ask.change(lambda known: _rescheduled(known, replace(known, days=days)))


async def set_place(ask: Context, place: Place) -> Subscriber:
    """Another zone; the first one begins the scheduled briefings."""
    city = clip(place.name, 60)
    return await ask.change(lambda known: _rescheduled(known, _begun(replace(known, zone=place.zone, city=city))))


def _begun(subscriber: Subscriber) -> Subscriber:
    return settled(subscriber) if subscriber.state is SubscriberState.NEW else subscriber


def _rescheduled(before: Subscriber, after: Subscriber) -> Subscriber:
    same = (before.at, before.days, before.zone) == (after.at, after.days, after.zone)
    return after if same else replace(after, version=before.version + 1)
