"""A campaign against ingest: bombs, drips and hostile XML over real sockets in real time; prints the figures.

    python -m tests.sources.campaign [bombs] [drips] [xml]

Exits with 1 when a bound does not hold. The servers run in a process of their own, so that memory is the client's
alone.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from digests.errors import FetchError, ParseError
from digests.sources.fetch import GuardedClient
from digests.sources.workers import Workers
from tests.sources.rogue import BOMBS, DRIPS, XML

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
GROWTH, ENDS, PARSED, LAG = 20.0, 31.0, 15.0, 0.1  # MB, s, s, s: what must hold


class Lag:
    """How late the event loop is, sampled every few milliseconds."""

    def __init__(self) -> None:
        self.samples: list[float] = []

    async def __aenter__(self) -> "Lag":
        self._task = asyncio.create_task(self._sample())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()

    async def _sample(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.005)
            self.samples.append(time.perf_counter() - began - 0.005)

    @property
    def p99(self) -> float:
        """Seconds."""
        return statistics.quantiles(self.samples, n=100)[98]


def peak() -> float:
    """The most memory that this process has had since `forget_peak`, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def forget_peak() -> float:
    """Starts counting anew; what there is now, in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return peak()


async def said(work: Awaitable[object]) -> tuple[str, float]:
    """How it ended, in words, and after how many seconds."""
    began = time.perf_counter()
    try:
        await work
        words = "read"
    except (FetchError, ParseError) as error:
        words = str(error)
    return words, time.perf_counter() - began


def client() -> GuardedClient:
    """One for which every name under .example is the rogue server."""

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    names = {f"{name}.example" for name in [*BOMBS, *DRIPS, *(f"feed{n}" for n in range(20))]}
    return GuardedClient(resolver=resolve, allow_hosts=names, gap=0.0)


async def bombs(port: int) -> bool:
    """Every bomb, one after the other, and how far memory grew."""
    well = True
    async with client() as web, Lag() as lag:
        await said(web.get(f"http://feed0.example:{port}/feed"))  # what is loaded once is nobody's growth
        for name in BOMBS:
            before = forget_peak()
            words, took = await said(web.get(f"http://{name}.example:{port}/{name}"))
            growth = peak() - before
            well &= growth < GROWTH and took < ENDS
            print(f"{name:14} {growth:6.1f} MB {took:6.2f} s  {words}", flush=True)
    print(f"event loop's lag: p99 {lag.p99 * 1000:.1f} ms, most {max(lag.samples) * 1000:.1f} ms")
    return well and lag.p99 < LAG


async def _others(web: GuardedClient, port: int) -> float:
    """The slowest twentieth of two hundred honest answers, in seconds."""
    times = []
    for _ in range(10):
        asked = (said(web.get(f"http://feed{n}.example:{port}/feed")) for n in range(20))
        times += [took for words, took in await asyncio.gather(*asked) if words == "read"]
        await asyncio.sleep(0.2)
    return statistics.quantiles(times, n=20)[18] if len(times) == 200 else float("inf")


async def drips(port: int) -> bool:
    """All drips at once, with honest feeds beside them."""
    async with client() as web:
        alone = await _others(web, port)
        tasks = {name: asyncio.create_task(said(web.get(f"http://{name}.example:{port}/{name}"))) for name in DRIPS}
        beside = await _others(web, port)
        well = beside < max(2 * alone, alone + 0.05)
        print(f"others' p95    {alone * 1000:.0f} ms alone, {beside * 1000:.0f} ms beside the drips", flush=True)
        for name, task in tasks.items():
            words, took = await task
            well &= took <= ENDS and words != "read"
            print(f"{name:14} {took:6.2f} s  {words}", flush=True)
    return well


async def xml(_: int) -> bool:
    """Every hostile document in the children, and how late the loop was meanwhile."""
    well = True
    async with Workers() as workers, Lag() as lag:
        for name, (reader, data) in XML.items():
            words, took = await said(workers(reader, data, NOW))
            well &= took <= PARSED + 1
            print(f"{name:22} {len(data) / 1e6:5.1f} MB {took:6.2f} s  {words}", flush=True)
    print(f"event loop's lag: p99 {lag.p99 * 1000:.1f} ms, most {max(lag.samples) * 1000:.1f} ms")
    return well and lag.p99 < LAG


PARTS: dict[str, Callable[[int], Awaitable[bool]]] = {"bombs": bombs, "drips": drips, "xml": xml}


async def campaign(names: list[str]) -> bool:
    """The parts named, against a rogue server."""
    rogue = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.sources.rogue", stdout=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.PIPE
    )
    assert rogue.stdout is not None
    port = int(await rogue.stdout.readline())
    try:
        return all([await PARTS[name](port) for name in names])
    finally:
        rogue.terminate()
        await rogue.communicate()


def main() -> None:
    """Run what the command line names, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    names = parser.parse_args().parts or list(PARTS)
    sys.exit(0 if asyncio.run(campaign(names)) else 1)


if __name__ == "__main__":
    main()
