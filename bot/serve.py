"""Running a bot: its tasks under one supervisor, until it is asked to end or one of them ends by itself.

An orderly end stops receiving first, then finishes what is being answered and sent. An unexpected end of any task is
raised, so that the process exits with an error and whatever supervises it starts it again.
"""

import asyncio
import logging
import os
import platform
import signal
from collections.abc import Coroutine, Sequence
from typing import TypeVar

from bot.app import Running
from bot.channel import TelegramChannel
from bot.context import CHANNEL
from bot.health import healthz, overdue
from digests.clock import Clock, news_ticks
from digests.flows.deliver import Desk
from digests.models import Trouble

LOG = logging.getLogger(__name__)
T = TypeVar("T")
PATIENCE = 20.0  # seconds that answers under way have


class Stop:
    """The wish to end: set by SIGTERM and SIGINT, or by a caller."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    def listen(self) -> None:
        """Take the signals; a second one ends at once."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._hear, number)

    async def unless_asked(self, work: Coroutine[object, object, T]) -> T | None:
        """What `work` returns, or None when it was cut off because the end was asked for."""
        doing, asked = asyncio.ensure_future(work), asyncio.ensure_future(self.asked.wait())
        try:
            await asyncio.wait({doing, asked}, return_when=asyncio.FIRST_COMPLETED)
            if doing.done():
                return doing.result()
            doing.cancel()
            await asyncio.gather(doing, return_exceptions=True)
            return None
        finally:
            asked.cancel()

    def _hear(self, number: signal.Signals) -> None:
        asyncio.get_running_loop().remove_signal_handler(number)
        self.asked.set()


async def serve(running: Running, stop: Stop) -> None:
    """Until `stop` is asked. Raises what ended a task by itself, ChannelClosed among it."""
    newsroom = running.house.newsroom
    channels = {CHANNEL: TelegramChannel(running.bot)}
    owner = f"{platform.node()}:{os.getpid()}"
    desk = Desk(store=newsroom.store, channels=channels, now=newsroom.now, owner=owner, pace=running.pace)
    clock = Clock(news_ticks(newsroom, desk), now=newsroom.now, stopping=desk.stopping)

    async def look() -> Sequence[Trouble]:
        return (*clock.troubles(), *await overdue(newsroom.store, newsroom.now()))

    async with healthz(newsroom.settings.health_port, look):
        clock.start()
        poller = asyncio.create_task(running.poller.run(), name="poller")
        worker = asyncio.create_task(running.worker.run(), name="worker")
        closed = asyncio.create_task(clock.closed(), name="clock")
        asked = asyncio.create_task(stop.asked.wait(), name="stop")
        tasks: set[asyncio.Task[object]] = {poller, worker, closed, asked}
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await _wind_down(running, clock, poller, worker, closed, asked)
    for task in done - {asked}:
        raise _reason(task)


async def _wind_down(running: Running, clock: Clock, *tasks: asyncio.Task[object]) -> None:
    """Receive nothing more, finish what is being answered and sent, then let go."""
    poller, worker, *others = tasks
    poller.cancel()
    running.worker.stop()
    await asyncio.gather(asyncio.wait({worker}, timeout=PATIENCE), clock.stop())
    for task in (worker, *others):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _reason(task: asyncio.Task[object]) -> BaseException:
    """Why a task ended that should have gone on; of several errors in one, the first."""
    error = task.exception()
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if error is not None:
        return error
    result = task.result()
    return result if isinstance(result, Exception) else RuntimeError(f"the {task.get_name()} ended by itself")
