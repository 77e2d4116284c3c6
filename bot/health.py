"""/healthz on 127.0.0.1: 200 when all is well, 503 with the reasons when not. For containers and monitors."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from digests.errors import DigestsError, SettingsError
from digests.models import Trouble
from digests.store.base import Store

OVERDUE = timedelta(minutes=15)
_PATIENCE = 5.0  # seconds that a caller has to ask
Look = Callable[[], Awaitable[Sequence[Trouble]]]


async def overdue(store: Store, now: datetime) -> Sequence[Trouble]:
    """A briefing that should have gone out long ago."""
    async with store.read() as books:
        since = await books.deliveries.overdue(now)
    if since is None or now - since <= OVERDUE:
        return ()
    return (Trouble(what="delivery", reason=f"a briefing is due since {since:%Y-%m-%d %H:%M} UTC"),)


@asynccontextmanager
async def healthz(port: int, look: Look) -> AsyncIterator[None]:
    """Answer on `port` while the block runs; not at all when it is 0. Raises SettingsError when it is taken."""
    if not port:
        yield
        return

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, TimeoutError, ValueError):
            async with asyncio.timeout(_PATIENCE):
                asked = await reader.readline()
                writer.write(await _reply(asked, look))
                await writer.drain()
        writer.close()

    try:
        server = await asyncio.start_server(answer, "127.0.0.1", port, limit=4096)
    except OSError:
        raise SettingsError(f"HEALTH_PORT: port {port} is taken; choose another, or 0 for none") from None
    async with server:
        yield


async def _reply(asked: bytes, look: Look) -> bytes:
    if asked.split(b" ")[:2] != [b"GET", b"/healthz"]:
        return _page("404 Not Found", "only /healthz is here")
    try:
        troubles = await look()
    except DigestsError as error:  # just when it matters most
        troubles = (Trouble(what="store", reason=str(error)),)
    if troubles:
        return _page("503 Service Unavailable", "\n".join(f"{each.what}: {each.reason}" for each in troubles))
    return _page("200 OK", "ok")


def _page(status: str, words: str) -> bytes:
    body = f"{words}\n".encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body
