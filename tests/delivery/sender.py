"""A sender in a process of its own, which can be told to kill itself, as kill -9 does, at any step."""

import asyncio
import multiprocessing
import os
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess

from telegram import Bot

from bot.channel import TelegramChannel
from digests.channels.pace import Pace, Rates
from digests.flows.compose import compose
from digests.flows.deliver import Desk, deliver
from tests.delivery.place import Place

KILLED = -signal.SIGKILL


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a sender is to do: work once over what is due, or on and on; die at the nth time of a step.

    `shift` is how far its clock is from the machine's, in seconds. `a_second` is the pace.
    """

    place: Place
    api: str
    token: str
    shift: float
    die_at: str | None = None
    nth: int = 1
    for_ever: bool = False
    a_second: float = 1000.0
    timeout: float = 25.0
    width: int = 16


def start(orders: Orders) -> BaseProcess:
    """The sender as a child of a server process that has imported everything already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_main, args=(orders,), daemon=True)
    process.start()
    return process


async def work(orders: Orders) -> int | None:
    """Start it and wait for its end; its exit code."""
    process = start(orders)
    await asyncio.to_thread(process.join)
    code = process.exitcode
    process.close()
    return code


def _main(orders: Orders) -> None:
    asyncio.run(_work(orders))


async def _work(orders: Orders) -> None:
    shift = timedelta(seconds=orders.shift)
    async with orders.place.open() as store, Bot(orders.token, base_url=orders.api) as bot:
        desk = Desk(
            store=store,
            channels={"telegram": TelegramChannel(bot)},
            now=lambda: datetime.now(UTC) + shift,
            owner=f"sender-{os.getpid()}",
            pace=Pace(Rates(overall=orders.a_second)),
            checkpoint=_dying(orders),
            timeout=orders.timeout,
            width=orders.width,
        )
        await _rounds(desk, orders)


async def _rounds(desk: Desk, orders: Orders) -> None:
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, desk.stopping.set)
    while True:
        await compose(store=desk.store, channels=desk.channels, now=desk.now(), checkpoint=desk.checkpoint)
        await deliver(desk)
        if not orders.for_ever or desk.stopping.is_set():
            return
        await asyncio.sleep(0.05)


def _dying(orders: Orders) -> Callable[[str], None]:
    passed: Counter[str] = Counter()

    def checkpoint(step: str) -> None:
        passed[step] += 1
        if step == orders.die_at and passed[step] == orders.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    return checkpoint
