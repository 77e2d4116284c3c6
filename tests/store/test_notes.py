"""Notes on both databases."""

import pytest

from digests.store.base import Store


async def test_a_note_comes_back_as_it_was_kept(store: Store) -> None:
    value = {"ids": [-1002147483648123, 7], "open": True, "words": "naïve\x00 🕊 \ud800"}
    async with store.write() as books:
        await books.notes.set("admins", value)
        await books.notes.set("admins", value)
    async with store.read() as books:
        assert await books.notes.get("admins") == value
        assert await books.notes.get("other") is None


async def test_none_forgets_a_note(store: Store) -> None:
    async with store.write() as books:
        await books.notes.set("code", "x")
        await books.notes.set("code", None)
        assert await books.notes.get("code") is None


async def test_a_block_that_raises_leaves_nothing(store: Store) -> None:
    with pytest.raises(RuntimeError):
        async with store.write() as books:
            await books.notes.set("code", "x")
            raise RuntimeError
    async with store.read() as books:
        assert await books.notes.get("code") is None
