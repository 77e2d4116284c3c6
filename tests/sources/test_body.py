import gzip
import tracemalloc
import zlib

import pytest

from digests.errors import FetchError
from digests.sources.body import not_slow, read_bounded


async def chunks(data: bytes, size: int = 8192):
    for start in range(0, len(data), size):
        yield data[start : start + size]


async def test_plain_gzip_and_deflate_come_out_as_they_went_in():
    text = b"A sentence about a strait. " * 2000
    assert await read_bounded(chunks(text), "") == text
    assert await read_bounded(chunks(gzip.compress(text)), "gzip") == text
    assert await read_bounded(chunks(zlib.compress(text)), "deflate") == text
    assert await read_bounded(chunks(b""), "gzip") == b""


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress"])
async def test_packings_that_were_not_asked_for_are_refused(encoding):
    with pytest.raises(FetchError, match="was not asked for"):
        await read_bounded(chunks(b"whatever"), encoding)


async def test_a_bomb_is_refused_before_it_has_grown():
    bomb = gzip.compress(bytes(200 * 1024 * 1024), compresslevel=9)
    tracemalloc.start()
    with pytest.raises(FetchError, match=r"beyond reason|larger than"):
        await read_bounded(chunks(bomb, len(bomb)), "gzip")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 1024 * 1024


async def test_a_body_without_end_is_cut_at_the_cap():
    async def endless():
        while True:
            yield bytes(65_536)

    with pytest.raises(FetchError, match="larger than 5 MB"):
        await read_bounded(endless(), "")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"this is no gzip", "damaged"), (gzip.compress(b"half of it " * 100)[:-12], "in the middle")],
    ids=["no gzip", "cut short"],  # not the bytes: gzip writes the time into them
)
async def test_damaged_compressed_data_is_refused(data, reason):
    with pytest.raises(FetchError, match=reason):
        await read_bounded(chunks(data), "gzip")


@pytest.mark.parametrize(
    ("pieces", "seconds", "reads"),
    [
        ([100] * 4, 1.0, True),  # small and quick
        ([100] * 20, 1.0, False),  # a hundred bytes a second
        ([1], 60.0, False),  # one byte after a minute
        ([2000] * 20, 1.0, True),
        ([50_000, *([10] * 10)], 1.0, True),  # most of it came at once
    ],
)
async def test_a_body_that_drips_is_refused_and_a_slow_one_is_read(pieces, seconds, reads):
    time = 0.0

    async def drip():
        nonlocal time
        for size in pieces:
            time += seconds
            yield b"x" * size

    async def read() -> int:
        return len(await read_bounded(not_slow(drip(), lambda: time), ""))

    if reads:
        assert await read() == sum(pieces)
    else:
        with pytest.raises(FetchError, match=r"^too slow: \d+ bytes in \d+ s$"):
            await read()
