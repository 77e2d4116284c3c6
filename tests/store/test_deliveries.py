"""Deliveries on both databases: planned once, claimed by one, settled by the one who holds it."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from digests.models import Delivery, DeliveryState, Edition, Slot, Subscriber
from digests.store.base import Store
from tests.store.make import DAY, HOUR, MINUTE, NOW, delivery, subscriber

READY, SENDING, SENT = DeliveryState.READY, DeliveryState.SENDING, DeliveryState.SENT
UNKNOWN, DEAD, SKIPPED = DeliveryState.UNKNOWN, DeliveryState.DEAD, DeliveryState.SKIPPED


async def planned(store: Store, **fields: object) -> tuple[Subscriber, Delivery]:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber())
        assert await books.deliveries.plan(delivery(one, **fields))
        row = await books.deliveries.latest_slot(one.id)
    assert row is not None
    return one, row


async def claim(store: Store, owner: str = "me", now=NOW, limit: int = 10) -> list[Delivery]:  # type: ignore[no-untyped-def]
    async with store.write() as books:
        return list(await books.deliveries.claim(now, owner=owner, lease=MINUTE, limit=limit))


async def the_row(store: Store, one: Subscriber) -> Delivery:
    async with store.read() as books:
        row = await books.deliveries.latest_slot(one.id)
    assert row is not None
    return row


async def test_a_slot_is_planned_once_whatever_is_planned_again(store: Store) -> None:
    one, row = await planned(store, payload="first 🕊", edition_id=2**40)
    assert row == delivery(one, id=row.id, payload="first 🕊", edition_id=2**40)
    async with store.write() as books:
        assert not await books.deliveries.plan(delivery(one, payload="second"))
        slot = Slot(subscriber_id=one.id, local_date=date(2026, 3, 4), planned_at=NOW + HOUR, valid_until=NOW + DAY)
        assert not await books.deliveries.skip(slot, one, "late")
        assert await books.deliveries.slots([slot.key, "9:2026-03-04"]) == {slot.key: READY}
        assert await books.deliveries.slots([]) == {}
    assert await the_row(store, one) == row


async def test_a_skipped_slot_says_why_and_is_never_sent(store: Store) -> None:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber())
        slot = Slot(subscriber_id=one.id, local_date=date(2026, 3, 4), planned_at=NOW - DAY, valid_until=NOW)
        assert await books.deliveries.skip(slot, one, "late")
        assert not await books.deliveries.plan(delivery(one))
        assert await books.deliveries.slots([slot.key]) == {slot.key: SKIPPED}
    assert (await the_row(store, one)).reason == "late"
    assert await claim(store) == []


async def test_the_latest_slot_is_the_one_planned_last(store: Store) -> None:
    one, _ = await planned(store)
    async with store.write() as books:
        await books.deliveries.plan(delivery(one, "2026-03-03", planned_at=NOW - DAY))
        assert (await the_row(store, one)).planned_at == NOW
        assert await books.deliveries.latest_slot(one.id + 1) is None


async def test_a_claim_takes_due_rows_in_due_order_and_says_whose_they_are(store: Store) -> None:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber())
        for slot, due in (("later", NOW + MINUTE), ("b", NOW), ("a", NOW - MINUTE), ("c", NOW)):
            await books.deliveries.plan(delivery(one, slot, due_at=due))
    first = await claim(store, limit=2)
    assert [row.slot_key for row in first] == [f"{one.id}:a", f"{one.id}:b"]
    assert {(row.state, row.attempt, row.owner, row.lease_until) for row in first} == {(SENDING, 1, "me", NOW + MINUTE)}
    assert [row.slot_key for row in await claim(store, "you")] == [f"{one.id}:c"]
    assert await claim(store) == []


async def test_four_claimers_at_once_never_take_the_same_row(store: Store) -> None:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber())
        for place in range(200):
            await books.deliveries.plan(delivery(one, str(place)))

    async def take_all(owner: str) -> list[int]:
        taken: list[int] = []
        while rows := await claim(store, owner, limit=7):
            taken += [row.id for row in rows]
        return taken

    taken = await asyncio.gather(*(take_all(f"claimer {place}") for place in range(4)))
    everything = [row for some in taken for row in some]
    assert len(everything) == len(set(everything)) == 200


async def test_settling_as_sent_moves_the_mark_and_the_last_edition(store: Store) -> None:
    async with store.write() as books:
        edition = await books.editions.put(Edition(since=NOW, until=NOW), NOW)
    one, _ = await planned(store, edition_id=edition.id, mark=NOW - MINUTE)
    [mine] = await claim(store)
    async with store.write() as books:
        assert await books.deliveries.settle(mine, SENT, now=NOW + MINUTE, message_id="77")
        assert not await books.deliveries.settle(mine, SENT, now=NOW + MINUTE, message_id="78")
        told = await books.subscribers.get(one.id)
        assert await books.deliveries.last_sent() == NOW + MINUTE
    assert told == replace(one, mark=NOW - MINUTE, last_edition=edition.id)
    row = await the_row(store, one)
    assert (row.state, row.message_id, row.lease_until) == (SENT, "77", None)


async def test_a_mark_never_goes_back(store: Store) -> None:
    async with store.write() as books:
        one = await books.subscribers.put(subscriber(mark=NOW, last_edition=5))
        await books.deliveries.plan(delivery(one, mark=NOW - DAY))
    [mine] = await claim(store)
    async with store.write() as books:
        assert await books.deliveries.settle(mine, SENT, now=NOW)
        told = await books.subscribers.get(one.id)
    assert told == one


async def test_a_sent_mark_and_the_row_are_kept_or_lost_together(store: Store) -> None:
    one, _ = await planned(store)
    [mine] = await claim(store)
    with pytest.raises(RuntimeError):
        async with store.write() as books:
            await books.deliveries.settle(mine, SENT, now=NOW)
            raise RuntimeError
    async with store.read() as books:
        assert await books.subscribers.get(one.id) == one
    assert (await the_row(store, one)).state is SENDING


@pytest.mark.parametrize("state", [DEAD, UNKNOWN, SKIPPED, READY])
async def test_only_sent_moves_the_mark(store: Store, state: DeliveryState) -> None:
    one, _ = await planned(store)
    [mine] = await claim(store)
    async with store.write() as books:
        assert await books.deliveries.settle(mine, state, now=NOW, reason="because")
        assert await books.subscribers.get(one.id) == one
        assert await books.deliveries.last_sent() is None
    assert (await the_row(store, one)).reason == "because"


async def test_a_row_given_back_for_later_is_taken_again_then(store: Store) -> None:
    one, _ = await planned(store)
    [mine] = await claim(store)
    async with store.write() as books:
        assert await books.deliveries.settle(mine, READY, now=NOW, reason="busy", due_at=NOW + MINUTE, unclear=1)
    assert await claim(store) == []
    [again] = await claim(store, now=NOW + MINUTE)
    assert (again.attempt, again.unclear, again.id) == (2, 1, mine.id)
    async with store.write() as books:
        await books.deliveries.settle(again, READY, now=NOW, due_at=NOW, counted=False)
    assert (await the_row(store, one)).attempt == 1


async def test_who_was_overtaken_cannot_settle(store: Store) -> None:
    one, _ = await planned(store)
    [mine] = await claim(store)
    later = NOW + 2 * MINUTE
    async with store.write() as books:
        await books.deliveries.reap(later)
    [theirs] = await claim(store, "you", now=later + MINUTE)
    async with store.write() as books:
        for state in DeliveryState:
            assert not await books.deliveries.settle(mine, state, now=later)
        assert not await books.deliveries.settle(replace(theirs, owner="me"), SENT, now=later)
        assert not await books.deliveries.settle(replace(theirs, attempt=1), SENT, now=later)
        assert await books.deliveries.settle(theirs, SENT, now=later)
    assert (await the_row(store, one)).attempt == 2


async def test_a_lease_that_ran_out_is_tried_once_more_and_then_unknown(store: Store) -> None:
    one, _ = await planned(store)
    await claim(store)
    async with store.write() as books:
        assert list(await books.deliveries.reap(NOW + MINUTE)) == []
        now = NOW + MINUTE + MINUTE / 60
        [reaped] = await books.deliveries.reap(now)
        assert list(await books.deliveries.reap(now)) == []
    assert (reaped.state, reaped.unclear, reaped.due_at) == (READY, 1, now + MINUTE / 2)
    assert await claim(store, now=now) == []
    [again] = await claim(store, now=now + MINUTE)
    async with store.write() as books:
        [reaped] = await books.deliveries.reap(now + HOUR)
        assert (await books.deliveries.dead())[0] == reaped
    assert (reaped.id, reaped.state, reaped.unclear) == (again.id, UNKNOWN, 2)
    assert await the_row(store, one) == reaped


async def test_a_row_whose_lease_runs_out_three_times_is_a_crash_loop(store: Store) -> None:
    one, _ = await planned(store, valid_until=NOW + DAY)
    now = NOW
    for _ in range(2):
        [mine] = await claim(store, now=now)
        now += HOUR
        async with store.write() as books:
            await books.deliveries.reap(now)
        [mine] = await claim(store, now=now + HOUR) or [None]
        if mine is None:
            break
        now += HOUR
        async with store.write() as books:  # its answer is known now: nothing unclear is left
            await books.deliveries.settle(mine, READY, now=now, due_at=now, unclear=0)
    [mine] = await claim(store, now=now)
    async with store.write() as books:
        await books.deliveries.reap(now + HOUR)
    row = await the_row(store, one)
    assert (row.state, row.reason) == (DEAD, "crash_loop")


async def test_proof_that_comes_after_the_lease_still_counts_while_nobody_took_the_row(store: Store) -> None:
    one, _ = await planned(store)
    [mine] = await claim(store)
    async with store.write() as books:
        await books.deliveries.reap(NOW + HOUR)
        assert not await books.deliveries.settle(mine, DEAD, now=NOW + HOUR)
        assert await books.deliveries.settle(mine, SENT, now=NOW + HOUR, message_id="1")
    assert (await the_row(store, one)).state is SENT
    assert await claim(store, now=NOW + HOUR) == []


@pytest.mark.parametrize(("unclear", "end"), [(0, DEAD), (1, UNKNOWN)])
async def test_what_is_past_its_time_expires_and_is_not_sent(store: Store, unclear: int, end: DeliveryState) -> None:
    one, _ = await planned(store, unclear=unclear)
    assert await claim(store, now=NOW + 6 * HOUR + MINUTE) == []
    row = await the_row(store, one)
    assert (row.state, row.reason) == (end, "expired")
    async with store.read() as books:
        assert [found.id for found in await books.deliveries.dead()] == [row.id]


async def test_halted_addresses_and_channels_wait(store: Store) -> None:
    async with store.write() as books:
        for address in ("1", "2"):
            await books.deliveries.plan(delivery(await books.subscribers.put(subscriber(address))))
        for until in (NOW + HOUR, NOW + MINUTE):
            await books.deliveries.halt("telegram", until, address="1")
        await books.deliveries.halt("mail", NOW + DAY)
    claimed = [*await claim(store), *await claim(store, now=NOW + MINUTE)]
    assert [row.address for row in claimed] == ["2", "1"]
    async with store.write() as books:
        for row in claimed:
            assert await books.deliveries.settle(row, DeliveryState.READY, now=NOW, due_at=NOW, counted=False)
        await books.deliveries.halt("telegram", NOW + HOUR)
    assert await claim(store, now=NOW + MINUTE) == []
    assert len(await claim(store, now=NOW + HOUR)) == 2


async def test_what_should_have_gone_out_is_overdue_and_everything_is_counted(store: Store) -> None:
    async with store.read() as books:
        assert await books.deliveries.overdue(NOW) is None
        assert await books.deliveries.counts() == dict.fromkeys(DeliveryState, 0)
    one, _ = await planned(store, planned_at=NOW - HOUR)
    async with store.write() as books:
        await books.deliveries.plan(delivery(one, "tomorrow", planned_at=NOW + DAY, due_at=NOW + DAY))
        assert await books.deliveries.overdue(NOW - 2 * HOUR) is None
        assert await books.deliveries.overdue(NOW) == NOW - HOUR
    [mine] = await claim(store)
    async with store.write() as books:
        assert await books.deliveries.overdue(NOW) == NOW - HOUR
        await books.deliveries.settle(mine, SENT, now=NOW)
        assert await books.deliveries.overdue(NOW) is None
        assert await books.deliveries.counts() == dict.fromkeys(DeliveryState, 0) | {SENT: 1, READY: 1}


async def test_what_old_briefings_said_is_forgotten_and_their_slots_stay_taken(store: Store) -> None:
    one, row = await planned(store)
    async with store.write() as books:
        await books.deliveries.plan(delivery(one, "2026-03-05", planned_at=NOW + DAY, due_at=NOW + DAY))
    (claimed,) = await claim(store)
    async with store.write() as books:
        await books.deliveries.settle(claimed, SENT, now=NOW, message_id="7")
        await books.deliveries.halt("telegram", NOW + HOUR, address="1")
        assert await books.deliveries.prune(NOW) == 0
        assert await books.deliveries.prune(NOW + 9 * DAY) == 1
        assert await books.deliveries.prune(NOW + 9 * DAY) == 0
        assert await books.deliveries.slots([row.slot_key]) == {row.slot_key: SENT}
        assert not await books.deliveries.plan(delivery(one))
    kept = await the_row(store, one)
    assert (kept.state, kept.payload) == (READY, "Briefing")


async def test_halts_that_are_over_are_forgotten(store: Store) -> None:
    async with store.write() as books:
        await books.deliveries.halt("telegram", NOW, address="1")
        await books.deliveries.halt("telegram", NOW + DAY, address="12345")
        await books.deliveries.prune(NOW + HOUR)
    await planned(store)
    assert await claim(store, now=NOW + HOUR) == []
