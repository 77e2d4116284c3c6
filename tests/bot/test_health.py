"""/healthz: well, ill, ill because the store can't be read, and nothing else."""

import asyncio
import socket
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.health import OVERDUE, healthz, overdue
from digests.errors import SettingsError, StoreError
from digests.models import Trouble
from digests.store.base import Store
from tests.store.make import NOW, delivery, subscriber


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def ask(port: int, words: bytes = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n") -> str:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(words)
    try:
        return (await asyncio.wait_for(reader.read(), 10)).decode()
    finally:
        writer.close()


async def well() -> Sequence[Trouble]:
    return ()


async def ill() -> Sequence[Trouble]:
    return (Trouble(what="delivery", reason="a briefing is due"),)


async def unreadable() -> Sequence[Trouble]:
    raise StoreError("the database refused: disk I/O error")


async def test_all_is_well_or_not_and_the_reasons_are_told() -> None:
    port = free_port()
    async with healthz(port, well):
        assert (await ask(port)).startswith("HTTP/1.1 200 OK\r\n")
        assert (await ask(port, b"GET /metrics HTTP/1.1\r\n\r\n")).startswith("HTTP/1.1 404")
        assert await ask(port, b"G" * 100_000 + b"\r\n") == ""
        assert (await ask(port)).endswith("\r\n\r\nok\n")
    async with healthz(port, ill):
        said = await ask(port)
    assert said.startswith("HTTP/1.1 503")
    assert said.endswith("\r\n\r\ndelivery: a briefing is due\n")


async def test_a_store_that_cannot_be_read_is_an_illness() -> None:
    port = free_port()
    async with healthz(port, unreadable):
        said = await ask(port)
    assert said.startswith("HTTP/1.1 503")
    assert "disk I/O error" in said


async def test_nobody_listens_on_port_0_and_a_taken_port_is_told() -> None:
    async with healthz(0, well):
        pass
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SettingsError, match="HEALTH_PORT"):
            async with healthz(other.getsockname()[1], well):
                pass


async def test_a_briefing_long_overdue_is_an_illness(sqlite_store: Store) -> None:
    async with sqlite_store.write() as books:
        one = await books.subscribers.put(subscriber())
        await books.deliveries.plan(delivery(one))
    assert await overdue(sqlite_store, NOW + OVERDUE) == ()
    (trouble,) = await overdue(sqlite_store, NOW + OVERDUE + timedelta(seconds=1))
    assert "2026-03-04 12:00 UTC" in trouble.reason
