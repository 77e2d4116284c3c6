"""A server that means ill, and documents that do: bombs, drips and hostile XML, made anew and never stored.

`python -m tests.sources.rogue` prints its port and serves until it is terminated. A path's first part says what comes.
"""

import asyncio
import contextlib
import gzip
import zlib
from collections.abc import AsyncIterator, Callable

from tests.sources.web import item, rss

GIGABYTE = 1024 * 1024 * 1024
ZEROS = bytes(1024 * 1024)
Sends = Callable[[], AsyncIterator[bytes]]


def _head(*lines: str) -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", "Content-Type: text/xml", *lines, "", "")).encode()


async def _packed(size: int) -> AsyncIterator[bytes]:
    """`size` zero bytes as one gzip stream, a piece at a time."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(size // len(ZEROS)):
        if piece := packer.compress(ZEROS):
            yield piece
    yield packer.flush()


async def _gzip() -> AsyncIterator[bytes]:
    yield _head("Content-Encoding: gzip", "Connection: close")
    async for piece in _packed(10 * GIGABYTE):
        yield piece


async def _deflate() -> AsyncIterator[bytes]:
    yield _head("Content-Encoding: deflate", "Connection: close")
    async for piece in _packed(10 * GIGABYTE):
        yield piece


async def _double() -> AsyncIterator[bytes]:
    yield _head("Content-Encoding: gzip, gzip", "Connection: close")
    yield gzip.compress(gzip.compress(ZEROS * 100))


async def _brotli() -> AsyncIterator[bytes]:
    yield _head("Content-Encoding: br", "Connection: close")
    yield ZEROS


async def _too_long() -> AsyncIterator[bytes]:
    yield _head(f"Content-Length: {10 * GIGABYTE}")
    while True:
        yield ZEROS


async def _longer_than_it_says() -> AsyncIterator[bytes]:
    yield _head("Content-Length: 100")
    while True:
        yield ZEROS


async def _shorter_than_it_says() -> AsyncIterator[bytes]:
    yield _head("Content-Length: 4000000")
    yield b"<rss>"


async def _endless() -> AsyncIterator[bytes]:
    yield _head("Connection: close")
    while True:
        yield ZEROS


async def _chunks() -> AsyncIterator[bytes]:
    yield _head("Transfer-Encoding: chunked")
    while True:
        yield b"1\r\nx\r\n" * 1000


async def _huge_chunk() -> AsyncIterator[bytes]:
    yield _head("Transfer-Encoding: chunked")
    yield b"FFFFFFFFFFFF\r\n"
    while True:
        yield ZEROS


async def _headers() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"X-More: and more\r\n" * 1000


async def _one_header() -> AsyncIterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Long: "
    while True:
        yield b"x" * 65_536


async def _slow(start: bytes, piece: bytes, pause: float) -> AsyncIterator[bytes]:
    yield start
    while True:
        await asyncio.sleep(pause)
        yield piece


BOMBS: dict[str, Sends] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "double-gzip": _double,
    "brotli": _brotli,
    "long-length": _too_long,
    "short-length": _longer_than_it_says,
    "cut-off": _shorter_than_it_says,
    "endless": _endless,
    "chunks": _chunks,
    "huge-chunk": _huge_chunk,
    "headers": _headers,
    "one-header": _one_header,
}
DRIPS: dict[str, Sends] = {
    "silent": lambda: _slow(b"", b"", 60),
    "head-only": lambda: _slow(_head("Content-Length: 5000"), b"", 60),
    "drip-head": lambda: _slow(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"x", 0.5),
    "drip-body": lambda: _slow(_head("Content-Length: 100000"), b"x", 0.5),
    "drip-chunks": lambda: _slow(_head("Transfer-Encoding: chunked"), b"1\r\nx\r\n", 0.5),
    "just-enough": lambda: _slow(_head("Content-Length: 4000000"), b"x" * 1200, 1.0),
}


async def _honest() -> AsyncIterator[bytes]:
    body = rss(item()).encode()
    yield _head(f"Content-Length: {len(body)}") + body


def _in_item(inner: bytes) -> bytes:
    return b"<rss><channel><item><title>a</title>" + inner + b"</item></channel></rss>"


_LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
XML: dict[str, tuple[str, bytes]] = {
    "billion laughs": ("feed", b'<!DOCTYPE l [<!ENTITY l0 "lol">' + _LAUGHS + b"]><rss>&l9;</rss>"),
    "hidden laughs": (
        "feed",
        b"<rss><channel>" + b'<!DOCTYPE l [<!ENTITY l0 "lol">' + _LAUGHS + b"]>&l9;</channel></rss>",
    ),
    "quadratic": ("feed", b'<!DOCTYPE l [<!ENTITY a "' + b"a" * 50_000 + b'">]><rss>' + b"&a;" * 50_000 + b"</rss>"),
    "outside entity": ("feed", b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///dev/zero">]><rss>&a;</rss>'),
    "laughs in OPML": ("opml", b'<!DOCTYPE l [<!ENTITY l0 "lol">' + _LAUGHS + b"]><opml>&l9;</opml>"),
    "nesting": ("feed", b"<rss><channel>" + b"<a>" * 200_000),
    "nesting in an item": ("feed", _in_item(b"<a>" * 200_000 + b"</a>" * 200_000)),
    "nesting in HTML": ("feed", _in_item(b"<description><![CDATA[" + b"<div>" * 800_000 + b"]]></description>")),
    "nesting in a page": ("web", b"<html><body>" + b"<div>" * 39_000 + b"x"),
    "nesting in JSON": ("feed", b'{"items":' + b"[" * 2_000_000),
    "50,000 items": ("feed", b"<rss><channel>" + b"<item><title>x</title></item>" * 50_000 + b"</channel></rss>"),
    "comments": ("feed", _in_item(b"<description>" + b"&lt;!--" * 50_000 + b"</description>")),
    "comments unescaped": ("feed", _in_item(b"<!--" * 50_000)),
    "author": ("feed", _in_item(b"<author>" + b"a@" * 500_000 + b"</author>")),
    "attributes": ("feed", b"<rss " + b'a="b" ' * 700_000 + b">"),
    "angle brackets": ("feed", b"<rss>" + b"<" * 5_000_000),
    "ampersands": ("feed", _in_item(b"<description>" + b"&" * 5_000_000)),
    "paragraphs": ("web", b"<html><body>" + b"<p>word word" * 39_000),
    "spaces": ("web", b"<html><body><p>" + b" " * 5_000_000),
    "combining marks": ("text", b"a" + "\u0301".encode() * 2_000_000),
    "lines": ("text", b"a\n" * 2_500_000),
    "markdown": ("markdown", b"[a](b " * 800_000),
    "outlines": ("opml", b"<opml>" + b"<outline>" * 100_000),
}


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Sends what the path asks for, for as long as anybody listens."""
    with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode().strip("/")
        async for piece in {**BOMBS, **DRIPS}.get(path, _honest)():
            writer.write(piece)
            await writer.drain()
            if writer.is_closing():
                break
    writer.close()


async def main() -> None:
    """Serve on a free port of loopback, which is printed."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main())
