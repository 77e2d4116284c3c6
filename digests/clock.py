"""When: APScheduler as a ticker, and nothing more. Every tick asks the store what is due by the program's one `now`.

The scheduler keeps no jobs, computes no local times and owns no work: a tick that comes late, twice, or after a day
of downtime finds the same rows. What is due when is left to editorial/slots.py and to the store.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from digests.errors import ChannelClosed
from digests.flows.compose import compose
from digests.flows.deliver import Desk, deliver
from digests.flows.ingest import ingest
from digests.flows.pages import Patience
from digests.models import Trouble
from digests.newsroom import Newsroom

log = logging.getLogger(__name__)

KEEP_UPDATES = timedelta(days=8)  # a week after which update ids may start anew, and a day
KEEP_TOLD = timedelta(days=30)  # what was told; an older button says that it has expired
ALARM = timedelta(hours=1)  # a jump of the clock ahead that somebody should know of

_FRESH = 20.0  # seconds that briefings wait for the newest news
_MIND = 5.0  # seconds between two looks at the clocks
_BACK = timedelta(seconds=-2)
_ILL_AFTER = 3  # failures in a row
_STOP_WITHIN = 30.0  # seconds; a send takes 25 at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """Work that is looked for every so many seconds. A run longer than `patience` seconds is a sign of illness."""

    name: str
    every: float
    work: Callable[[], Awaitable[object]]
    patience: float = 120.0


@dataclass(slots=True)
class _Beat:
    """A tick's pulse, in seconds of the monotonic clock."""

    began: float
    ended: float
    failures: int = 0
    error: str = ""


class Steps:
    """Notices when a clock of the day was set: compares it with one that only runs."""

    def __init__(self, wall: Callable[[], datetime], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._last = wall(), monotonic()

    def look(self) -> timedelta:
        """How far the clock was set since the last look: ahead is positive."""
        (wall, ran), self._last = self._last, (self._wall(), self._monotonic())
        return (self._last[0] - wall) - timedelta(seconds=self._last[1] - ran)


def news_ticks(newsroom: Newsroom, desk: Desk) -> tuple[Tick, ...]:
    """What the program does by itself: look at sources, make briefings, send them, tidy up."""
    store, settings, now = newsroom.store, newsroom.settings, newsroom.now
    one_round, patience = asyncio.Lock(), Patience()

    async def look_at_sources() -> None:
        async with one_round:
            async with store.read() as books:
                due = await books.sources.due(now())
            if due:
                await ingest(
                    due,
                    store=store,
                    fetchers=newsroom.fetchers,
                    client=newsroom.client,
                    extractor=newsroom.extractor,
                    now=now(),
                    every=timedelta(minutes=settings.ingest_minutes),
                    patience=patience,
                )

    async def freshen() -> None:
        """The newest news before a briefing is made of it; what is cut off here stays due for the next tick."""
        try:
            async with asyncio.timeout(_FRESH):
                await look_at_sources()
        except TimeoutError:
            log.info("briefings did not wait for slow sources")
        except Exception:
            log.exception("sources could not be looked at before briefings were made")

    async def make_briefings() -> None:
        await compose(
            store=store,
            channels=desk.channels,
            now=now(),
            late=settings.late,
            floor=settings.position_floor,
            freshen=freshen,
        )

    async def send_briefings() -> None:
        await deliver(desk)

    async def tidy_up() -> None:
        async with store.write() as books:
            await books.inbox.prune(now() - KEEP_UPDATES)
            await books.editions.prune(now() - KEEP_TOLD)
            await books.deliveries.prune(now() - KEEP_TOLD)
            await books.articles.forget_earlier(now() - KEEP_TOLD)
            await books.placements.forget_looks(now() - KEEP_TOLD)

    return (
        Tick(name="ingest", every=10, work=look_at_sources, patience=1800),
        Tick(name="compose", every=2, work=make_briefings, patience=300),
        Tick(name="deliver", every=1, work=send_briefings, patience=1800),
        Tick(name="tidy", every=3600, work=tidy_up, patience=4000),
    )


class Clock:
    """Runs ticks until it is stopped. A tick that fails is logged and comes again; `troubles` says who is ill.

    `now` is the program's clock, watched for jumps; `wall` the machine's, by which APScheduler reckons. `stopping` is
    set by `stop`, for work that should claim nothing more.
    """

    def __init__(
        self,
        ticks: Iterable[Tick],
        *,
        now: Callable[[], datetime],
        stopping: asyncio.Event | None = None,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._ticks = {tick.name: tick for tick in ticks}
        self._monotonic = monotonic
        self._beats = {name: _Beat(monotonic(), monotonic()) for name in self._ticks}
        self._stopping = stopping or asyncio.Event()
        self._running: set[asyncio.Task[object]] = set()
        self._closed: asyncio.Future[ChannelClosed] | None = None
        self._jumps = Steps(now, monotonic)
        self._settings_of_wall = Steps(wall, monotonic)
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._minder: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin ticking, each tick at once for the first time."""
        # A tick that outlasts its interval is expected here, and no news worth a warning every second.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self._closed = asyncio.get_running_loop().create_future()
        for tick in self._ticks.values():
            self._scheduler.add_job(
                self._run,
                "interval",
                args=(tick,),
                id=tick.name,
                seconds=tick.every,
                next_run_time=datetime.now(UTC),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()
        self._minder = asyncio.create_task(self._mind_for_ever())

    async def stop(self, within: float = _STOP_WITHIN) -> None:
        """Tick no more, finish what is under way, and cut off only what takes longer than `within` seconds."""
        self._stopping.set()
        if self._minder:
            self._minder.cancel()
        if self._scheduler.running:
            self._scheduler.pause()
        running = {task for task in self._running if task is not asyncio.current_task()}
        if running:
            _, slow = await asyncio.wait(running, timeout=within)
            for task in slow:
                task.cancel()
            await asyncio.gather(*slow, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def closed(self) -> ChannelClosed:
        """Waits for the one trouble that no next tick can mend: a channel that refuses us wholly."""
        if self._closed is None:
            raise RuntimeError("the clock was not started")
        return await asyncio.shield(self._closed)

    async def run(self, name: str) -> None:
        """One tick now, in the caller's time; for tests and for a clock that was moved by hand."""
        await self._run(self._ticks[name])

    async def _run(self, tick: Tick) -> None:
        if self._stopping.is_set():
            return
        task = asyncio.current_task()
        beat = self._beats[tick.name]
        beat.began = self._monotonic()
        if task:
            self._running.add(task)
        try:
            await tick.work()
        except ChannelClosed as error:
            self._fail(beat, error)
            if self._closed and not self._closed.done():
                self._closed.set_result(error)
        except Exception as error:
            self._fail(beat, error)
            log.exception("the %s tick failed", tick.name)
        else:
            beat.failures, beat.error = 0, ""
        finally:
            beat.ended = self._monotonic()
            if task:
                self._running.discard(task)

    @staticmethod
    def _fail(beat: _Beat, error: Exception) -> None:
        beat.failures += 1
        beat.error = f"{type(error).__name__}: {str(error).partition(chr(10))[0][:200]}"

    def troubles(self) -> tuple[Trouble, ...]:
        """Ticks that fail again and again, take too long, or do not come; empty when all is well."""
        found = ((name, self._trouble(self._ticks[name], beat)) for name, beat in self._beats.items())
        return tuple(Trouble(what=f"{name} tick", reason=reason) for name, reason in found if reason)

    def _trouble(self, tick: Tick, beat: _Beat) -> str | None:
        since = self._monotonic() - beat.began
        if beat.failures >= _ILL_AFTER:
            return f"failed {beat.failures} times in a row: {beat.error}"
        if beat.began > beat.ended and since > tick.patience:
            return f"under way for {since:.0f} s"
        if beat.began <= beat.ended and since > tick.every + tick.patience:
            return f"has not come for {since:.0f} s"
        return None

    def mind(self) -> None:
        """Look whether a clock was set: say so, and see that ticks go on."""
        jump = self._jumps.look()
        if jump > ALARM:
            log.warning("ALARM: the clock jumped ahead by %s; briefings in between are sent late or skipped", jump)
        if self._settings_of_wall.look() < _BACK:
            log.warning("the machine's clock was set back; ticks go on")
            self._wake()

    def _wake(self) -> None:
        """Everything ticks now. APScheduler would wait until a clock that was set back is where it was before."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    async def _mind_for_ever(self) -> None:
        # Not a job of the scheduler: it would be put to sleep by the very thing that it looks for.
        while True:
            await asyncio.sleep(_MIND)
            self.mind()
