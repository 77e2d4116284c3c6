"""Reading an answer's body within bounds: at most so many bytes on the wire and inflated, one layer of gzip or none."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Iterator

from digests.errors import FetchError

LARGEST = 5 * 1024 * 1024  # bytes, on the wire and inflated; the largest real feed at hand has 1 MB
_STEP = 65_536
_RATIO, _RATIO_FROM = 200, 1024 * 1024  # text deflates to a twentieth; two hundred is a bomb
_PATIENCE, _SLOWEST = (
    5.0,
    1024,
)  # seconds of grace, then bytes a second: feeds that real servers send come a thousand times faster
_BREATH, _MANY, _SMALL = 100, 10_000, 32  # chunks; a feed sent line by line has fifty bytes in each
_GZIP_OR_ZLIB = 47  # zlib's own word for "look at the header yourself"


async def not_slow(chunks: AsyncIterator[bytes], clock: Callable[[], float]) -> AsyncIterator[bytes]:
    """The chunks as they come. Raises FetchError when they come so slowly, or are so small, that it must be meant."""
    began, size, count = clock(), 0, 0
    async for chunk in chunks:
        size += len(chunk)
        count += 1
        if count % _BREATH == 0:
            await asyncio.sleep(0)  # what one read brought comes without waiting, be it ten thousand chunks
            if count >= _MANY and size < count * _SMALL:
                raise FetchError(f"sent in crumbs: {size} bytes in {count} pieces")
        took = clock() - began
        if took > _PATIENCE and size < took * _SLOWEST:
            raise FetchError(f"too slow: {size} bytes in {took:.0f} s")
        yield chunk


async def read_bounded(chunks: AsyncIterator[bytes], encoding: str, *, largest: int = LARGEST) -> bytes:
    """The body, inflated. Raises FetchError when it is larger than `largest`, a bomb, damaged, or otherwise packed."""
    inflate = _inflater(encoding)
    raw = 0
    body = bytearray()
    async for chunk in chunks:
        raw += len(chunk)
        if raw > largest:
            raise FetchError(f"larger than {largest // 1024 // 1024} MB")
        for piece in _pieces(inflate, chunk):
            body += piece
            _check(len(body), raw, largest)
    if inflate is not None and raw and not inflate.eof:
        raise FetchError("ends in the middle of its compressed data")
    return bytes(body)


def _inflater(encoding: str) -> "zlib._Decompress | None":
    encoding = encoding.strip().lower()
    if encoding in ("", "identity"):
        return None
    if encoding in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(_GZIP_OR_ZLIB)
    raise FetchError(f"packed as {encoding[:40]!r}, which was not asked for")


def _pieces(inflate: "zlib._Decompress | None", chunk: bytes) -> Iterator[bytes]:
    """The chunk inflated a step at a time, so that a bomb is seen before it has grown."""
    if inflate is None:
        yield chunk
        return
    while chunk and not inflate.eof:
        try:
            yield inflate.decompress(chunk, _STEP)
        except zlib.error:
            raise FetchError("its compressed data is damaged") from None
        chunk = inflate.unconsumed_tail


def _check(size: int, raw: int, largest: int) -> None:
    if size > largest:
        raise FetchError(f"larger than {largest // 1024 // 1024} MB")
    if size > _RATIO_FROM and size > raw * _RATIO:
        raise FetchError("compressed beyond reason; refused")
