"""The worker: no more at a time than it has hands, and what was cut off is done again with its effect once."""

import asyncio
import json
from datetime import UTC, datetime

from bot.inbox import Raw
from bot.sandbox.server import Person
from bot.worker import PARALLEL, Worker
from digests.models import Update
from digests.store.base import Store
from tests.bot.stage import Stage, settings
from tests.bot.test_inbox import emptied

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


async def test_at_most_sixteen_chats_are_answered_at_once_and_one_after_the_other_within_a_chat(
    sqlite_store: Store,
) -> None:
    updates = [
        Update(update_id=number, raw=json.dumps({"message": {"chat": {"id": number // 2}}}), received_at=NOW)
        for number in range(100)
    ]
    async with sqlite_store.write() as books:
        await books.inbox.put(updates)
    under_way: list[int] = []
    most, handled, full, done = 0, list[int](), asyncio.Event(), asyncio.Event()

    async def handle(raw: Raw) -> None:
        nonlocal most
        chat = raw["message"]["chat"]["id"]
        assert chat not in under_way
        under_way.append(chat)
        most = max(most, len(under_way))
        if len(under_way) == PARALLEL:
            full.set()
        await full.wait()
        under_way.remove(chat)
        handled.append(chat)
        if len(handled) == len(updates):
            done.set()

    worker = Worker(sqlite_store, handle, arrived=asyncio.Event())
    running = asyncio.create_task(worker.run())
    await asyncio.wait_for(done.wait(), 30)
    worker.stop()
    await running
    assert most == PARALLEL
    assert sorted(handled) == sorted(2 * list(range(50)))
    async with sqlite_store.read() as books:
        assert await books.inbox.waiting() == []


async def test_an_update_whose_handling_was_cut_off_is_handled_again_and_counts_once(stage: Stage, ada: Person) -> None:
    await stage.ask(ada, "/timezone Rome")
    await emptied(stage)
    stage.running.worker.stop()
    store, begun = stage.newsroom.store, asyncio.Event()

    async def cut_off(raw: Raw) -> None:
        await stage.running.handle(raw)  # the effect is there and the answer is out, but nobody has noted it
        begun.set()
        await asyncio.Event().wait()

    ada.send("/follow grain corridor")
    await emptied(stage, full=True)
    killed = asyncio.create_task(Worker(store, cut_off, arrived=asyncio.Event()).run())
    await asyncio.wait_for(begun.wait(), 10)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)
    again = Worker(store, stage.running.handle, arrived=asyncio.Event())
    running = asyncio.create_task(again.run())
    await emptied(stage)
    again.stop()
    await running
    assert [interest.name for interest in (await settings(stage, ada)).interests] == ["grain corridor"]
    assert sum("grain corridor" in message.text for message in ada.said()) == 2
