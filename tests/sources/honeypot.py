"""A server on loopback that must not be reached, and a witness of every connection that the process tries to make."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

PLACES: list[list[object]] = []


def _see(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        for seen in PLACES:
            seen.append(arguments[1])


sys.addaudithook(_see)  # can't be taken away again; sees nothing while nobody looks


@contextmanager
def connections() -> Iterator[list[object]]:
    """Where this process connects to in the meantime."""
    seen: list[object] = []
    PLACES.append(seen)
    try:
        yield seen
    finally:
        PLACES.remove(seen)


class Server:
    """Answers each path from a table with raw bytes, "ok" where it has none; counts what it was asked."""

    def __init__(self) -> None:
        self.port = 0
        self.asked: list[str] = []
        self.answers: dict[str, bytes] = {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split(b" ")[1].decode()
        self.asked.append(path)
        writer.write(self.answers.get(path, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"))
        await writer.drain()
        writer.close()

    def redirect(self, path: str, to: str) -> None:
        """From now on `path` leads to `to`."""
        self.answers[path] = f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


@asynccontextmanager
async def server() -> AsyncIterator[Server]:
    """One that listens for the length of the block."""
    one = Server()
    listening = await asyncio.start_server(one.serve, "127.0.0.1", 0)
    one.port = listening.sockets[0].getsockname()[1]
    try:
        yield one
    finally:
        listening.close()
        await listening.wait_closed()
