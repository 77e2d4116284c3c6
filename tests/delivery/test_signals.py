"""What the system does to a process: asks it to stop, or makes it stand still while others go on."""

import asyncio
import os
import signal
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from bot.sandbox.faults import Kind
from bot.sandbox.server import Sandbox
from digests.models import Delivery, DeliveryState, Subscriber
from tests.delivery.ledger import enrol
from tests.delivery.place import Place
from tests.delivery.sender import Orders, start, work

CHATS = range(1, 21)


async def due(place: Place, sandbox: Sandbox, chats: range) -> tuple[list[Subscriber], Orders]:
    sandbox.set(datetime(2026, 3, 2, 7, 0, tzinfo=UTC))
    async with place.open() as store:
        subscribers = await enrol(sandbox, store, chats)
    sandbox.set(datetime(2026, 3, 2, 7, 30, 5, tzinfo=UTC))
    return subscribers, Orders(place=place, api=sandbox.api, token=sandbox.token, shift=sandbox.clock.moved())


async def rows(place: Place, subscribers: list[Subscriber]) -> list[Delivery]:
    async with place.open() as store, store.read() as books:
        found = [await books.deliveries.latest_slot(one.id) for one in subscribers]
    return [row for row in found if row is not None]


async def accepted(sandbox: Sandbox, number: int) -> None:
    taken = await sandbox.world.bell.until(lambda: len(sandbox.ledger) >= number or None, 20.0)
    assert taken, "the sender never sent"


async def test_sigterm_finishes_the_sends_under_way_and_leaves_none_unclear(place: Place, sandbox: Sandbox) -> None:
    subscribers, orders = await due(place, sandbox, CHATS)
    sandbox.faults.add("sendMessage", Kind.DELAY, seconds=0.3, times=None)
    process = start(replace(orders, for_ever=True, width=4))
    await accepted(sandbox, 2)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGTERM)
    await asyncio.to_thread(process.join, 30)
    assert process.exitcode == 0
    process.close()
    left = await rows(place, subscribers)
    assert {row.unclear for row in left} == {0}
    assert {row.address for row in left if row.state is DeliveryState.SENT} == {str(x.chat) for x in sandbox.ledger}
    assert {row.state for row in left} == {DeliveryState.SENT, DeliveryState.READY}

    sandbox.faults.clear()
    assert await work(orders) == 0
    assert Counter(line.chat for line in sandbox.ledger) == Counter(CHATS)


async def test_a_sender_that_stood_still_past_its_lease_is_overtaken_and_cannot_overwrite(
    place: Place, sandbox: Sandbox
) -> None:
    subscribers, orders = await due(place, sandbox, range(1, 2))
    sandbox.faults.add("sendMessage", Kind.DELAY, seconds=0.5)
    asleep = start(orders)
    await accepted(sandbox, 1)
    assert asleep.pid is not None
    os.kill(asleep.pid, signal.SIGSTOP)
    for _ in range(3):
        sandbox.move(65)
        assert await work(replace(orders, shift=sandbox.clock.moved())) == 0
    (before,) = await rows(place, subscribers)
    os.kill(asleep.pid, signal.SIGCONT)
    await asyncio.to_thread(asleep.join, 30)
    assert asleep.exitcode == 0
    asleep.close()
    (after,) = await rows(place, subscribers)
    assert (after.state, after.unclear, after.attempt) == (DeliveryState.SENT, 1, 2)
    assert after == before
    assert len(sandbox.ledger) == 2
