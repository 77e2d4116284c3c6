"""The inbox on both databases."""

import pytest

from digests.models import Update
from digests.store.base import Store
from tests.store.make import HOUR, MINUTE, NOW


def received(update_id: int, **fields: object) -> Update:
    values = {"raw": f'{{"id": {update_id}, "text": "\\u0000 🕊"}}', "received_at": NOW} | fields
    return Update(update_id=update_id, **values)  # type: ignore[arg-type]


async def test_updates_are_kept_once_and_wait_in_order_of_receipt(store: Store) -> None:
    first, second, third = received(900), received(5), received(2**40)
    async with store.write() as books:
        assert await books.inbox.next_offset() is None
        assert await books.inbox.put([first, second]) == 2
        assert await books.inbox.next_offset() == 6
        assert await books.inbox.put([received(900, raw="other"), third]) == 1
        assert await books.inbox.put([]) == 0
    async with store.read() as books:
        assert list(await books.inbox.waiting()) == [first, second, third]
        assert list(await books.inbox.waiting(limit=1)) == [first]
        assert await books.inbox.next_offset() == 2**40 + 1


async def test_a_handled_update_does_not_wait_any_more(store: Store) -> None:
    async with store.write() as books:
        await books.inbox.put([received(1), received(2)])
        for _ in range(2):
            await books.inbox.done(1)
        assert [one.update_id for one in await books.inbox.waiting()] == [2]


async def test_an_effect_and_its_inbox_mark_are_undone_together(store: Store) -> None:
    async with store.write() as books:
        await books.inbox.put([received(1)])
    with pytest.raises(RuntimeError):
        async with store.write() as books:
            await books.notes.set("open", True)
            await books.inbox.done(1)
            raise RuntimeError
    async with store.read() as books:
        assert await books.notes.get("open") is None
        assert len(await books.inbox.waiting()) == 1


async def test_an_update_that_fails_three_times_is_put_aside(store: Store) -> None:
    async with store.write() as books:
        await books.inbox.put([received(1)])
        for attempt in (1, 2):
            await books.inbox.failed(1, "ValueError")
            assert [(one.attempt, one.error) for one in await books.inbox.waiting()] == [(attempt, "ValueError")]
        await books.inbox.failed(1, "ValueError")
        assert list(await books.inbox.waiting()) == []
        await books.inbox.done(1)
        await books.inbox.put([received(1)])
        assert list(await books.inbox.waiting()) == []


async def test_handled_updates_are_forgotten_but_never_the_last_nor_one_that_waits(store: Store) -> None:
    async with store.write() as books:
        await books.inbox.put([received(1), received(2), received(3, received_at=NOW + HOUR), received(4)])
        for update_id in (1, 3, 4):
            await books.inbox.done(update_id)
        assert await books.inbox.prune(NOW + MINUTE) == 1
        assert await books.inbox.prune(NOW + MINUTE) == 0
        assert await books.inbox.next_offset() == 5
        assert [one.update_id for one in await books.inbox.waiting()] == [2]
