"""Subscribers on both databases."""

from dataclasses import replace
from datetime import time

import pytest

from digests.models import DeliveryState, Edition, Interest, SubscriberState
from digests.store.base import Store
from tests.store.make import DAY, HOUR, MINUTE, NOW, delivery, subscriber

GAZA = Interest(kind="words", name="gaza")
TURKEY = Interest(kind="actor", name="Turkey", actor_id=7)


async def test_a_subscriber_comes_back_as_it_was_put(store: Store) -> None:
    one = subscriber(
        "-1002147483648123/7",
        title="Desk 🕊 \u202bשלום",
        language="tr",
        city="İstanbul",
        at=time(6, 5, 30),
        days=frozenset({1, 7}),
        state=SubscriberState.PAUSED,
        interests=(TURKEY, GAZA),
        mark=NOW,
        last_edition=2**40,
        version=3,
    )
    async with store.write() as books:
        kept = await books.subscribers.put(one)
    assert kept == replace(one, id=kept.id)
    async with store.read() as books:
        assert await books.subscribers.get(kept.id) == kept
        assert await books.subscribers.at("telegram", one.address) == kept
        assert await books.subscribers.at("telegram", "1") is None
        assert await books.subscribers.at("mail", one.address) is None
        assert await books.subscribers.get(kept.id + 1) is None


async def test_putting_again_replaces_all_settings_and_interests(store: Store) -> None:
    async with store.write() as books:
        first = await books.subscribers.put(subscriber(interests=(GAZA, TURKEY)))
        changed = replace(first, interests=(TURKEY,), zone="Asia/Tokyo", days=frozenset())
        assert await books.subscribers.put(changed) == changed
        again = await books.subscribers.put(subscriber(title="Back", created_at=NOW + DAY))
        assert (again.id, again.title, again.interests, again.created_at) == (first.id, "Back", (), NOW)
        assert (await books.subscribers.count())[SubscriberState.ACTIVE] == 1


async def test_only_active_subscribers_are_sent_briefings_and_all_are_counted(store: Store) -> None:
    async with store.write() as books:
        for place, chosen in enumerate([*SubscriberState, SubscriberState.ACTIVE]):
            await books.subscribers.put(subscriber(str(place), state=chosen, interests=(GAZA,)))
        active = await books.subscribers.active()
        assert [(one.address, one.interests) for one in active] == [("1", (GAZA,)), ("5", (GAZA,))]
        assert await books.subscribers.count() == dict.fromkeys(SubscriberState, 1) | {SubscriberState.ACTIVE: 2}


@pytest.mark.parametrize("left", [SubscriberState.PAUSED, SubscriberState.STOPPED])
async def test_who_pauses_or_stops_is_not_sent_what_was_ready(store: Store, left: SubscriberState) -> None:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber())
        await books.deliveries.plan(delivery(one))
        await books.subscribers.put(replace(one, title="still active"))
        assert (await books.deliveries.counts())[DeliveryState.READY] == 1
        await books.subscribers.put(replace(one, state=left))
        skipped = await books.deliveries.latest_slot(one.id)
        assert skipped is not None
        assert (skipped.state, skipped.reason) == (DeliveryState.SKIPPED, str(left))


async def test_nothing_more_is_sent_to_who_is_gone(store: Store) -> None:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber())
        await books.deliveries.plan(delivery(one))
        for _ in range(2):
            await books.subscribers.mark_gone(one.id, "bot was blocked")
        gone = await books.subscribers.get(one.id)
        assert gone is not None
        assert gone.state is SubscriberState.GONE
        assert await books.subscribers.active() == []
        skipped = await books.deliveries.latest_slot(one.id)
        assert skipped is not None
        assert (skipped.state, skipped.reason) == (DeliveryState.SKIPPED, "gone: bot was blocked")


async def test_what_a_subscriber_was_told_is_remembered(store: Store) -> None:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber())
        edition = await books.editions.put(Edition(since=NOW, until=NOW), NOW)
        await books.subscribers.told(one.id, edition.id)
        told = await books.subscribers.get(one.id)
    assert told == replace(one, last_edition=edition.id)


async def test_unsent_deliveries_follow_a_moved_chat(store: Store) -> None:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber("-5", interests=(GAZA,)))
        await books.deliveries.plan(delivery(one))
        for _ in range(2):
            await books.subscribers.move(one.id, "-1005")
        assert await books.subscribers.at("telegram", "-1005") == replace(one, address="-1005")
        assert await books.subscribers.at("telegram", "-5") is None
        [claimed] = await books.deliveries.claim(NOW, owner="me", lease=MINUTE)
        assert claimed.address == "-1005"


async def test_a_chat_that_moves_onto_a_known_address_becomes_one_with_it(store: Store) -> None:
    async with store.write() as books:
        old = await books.subscribers.put(subscriber("-5", interests=(GAZA,), mark=NOW - HOUR, last_edition=1))
        new = await books.subscribers.put(subscriber("-1005", zone=None, interests=(TURKEY, GAZA), mark=NOW))
        await books.deliveries.plan(delivery(old, due_at=NOW + MINUTE))
        await books.deliveries.plan(delivery(new))
        await books.subscribers.move(old.id, "-1005")
        assert await books.subscribers.get(new.id) is None
        assert await books.subscribers.at("telegram", "-1005") == replace(
            old, address="-1005", interests=(GAZA, TURKEY), mark=NOW
        )
        assert await books.deliveries.counts() == dict.fromkeys(DeliveryState, 0) | {
            DeliveryState.READY: 1,
            DeliveryState.SKIPPED: 1,
        }
        [claimed] = await books.deliveries.claim(NOW + HOUR, owner="me", lease=MINUTE)
        assert (claimed.subscriber_id, claimed.address) == (old.id, "-1005")


async def test_a_moved_chat_is_not_sent_the_briefing_that_its_new_address_has_had(store: Store) -> None:
    async with store.write() as books:
        old = await books.subscribers.put(subscriber("-5"))
        new = await books.subscribers.put(subscriber("-1005"))
        await books.deliveries.plan(delivery(new))
        [claimed] = await books.deliveries.claim(NOW, owner="me", lease=MINUTE)
        await books.deliveries.settle(claimed, DeliveryState.SENT, now=NOW, message_id="1")
        await books.deliveries.plan(delivery(old))
        await books.deliveries.plan(delivery(old, "2026-03-05"))
        await books.subscribers.move(old.id, "-1005")
        [next_day] = await books.deliveries.claim(NOW, owner="me", lease=MINUTE)
        assert next_day.slot_key.endswith("2026-03-05")


async def test_all_are_found_whatever_their_state(store: Store) -> None:
    async with store.write() as books:
        kept = [
            await books.subscribers.put(subscriber(str(place), state=state))
            for place, state in enumerate(SubscriberState)
        ]
        followed = await books.subscribers.put(replace(kept[0], interests=(Interest(kind="words", name="grain"),)))
    async with store.read() as books:
        assert list(await books.subscribers.all()) == [followed, *kept[1:]]
