"""Composer and sender at one desk, with the sandbox as Telegram and a clock that only tests move."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from telegram import Bot

from bot.channel import TelegramChannel
from bot.sandbox.server import Sandbox
from digests.channels.breaker import Breaker
from digests.channels.pace import Pace
from digests.flows.compose import compose
from digests.flows.deliver import Desk, deliver
from digests.models import Delivery, Subscriber
from digests.store.base import Store
from tests.delivery.ledger import enrol


@dataclass(slots=True)
class Seconds:
    """Seconds that pass only when somebody waits for them."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds


@dataclass(slots=True, kw_only=True)
class Office:
    """`desk` is what deliver works with; `later` lets time pass for everyone."""

    store: Store
    sandbox: Sandbox
    bot: Bot
    seconds: Seconds = field(default_factory=Seconds)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = self.new_desk()

    def new_desk(self, *, patience: float = 15.0, **changes: Any) -> Desk:
        """A desk as it is after a start of the program. It waits so many real seconds for an answer: a busy machine is
        no lost answer, so only a test of lost answers asks for less."""
        parts: dict[str, Any] = {
            "store": self.store,
            "channels": {"telegram": TelegramChannel(self.bot, patience=patience, clock=self.seconds)},
            "now": self.sandbox.now,
            "owner": "desk",
            "pace": Pace(clock=self.seconds, sleep=self.seconds.sleep),
            "breaker": Breaker(clock=self.seconds),
            "clock": self.seconds,
            "draw": lambda low, high: high,
        }
        return Desk(**{**parts, **changes})

    async def enrol(self, *chats: int, **more: Any) -> list[Subscriber]:
        return await enrol(self.sandbox, self.store, chats, **more)

    def later(self, **span: float) -> None:
        seconds = timedelta(**span).total_seconds()
        self.sandbox.move(seconds)
        self.seconds.at += seconds

    async def compose(self, **more: Any) -> Counter[str]:
        return await compose(store=self.store, channels=self.desk.channels, now=self.sandbox.now(), **more)

    async def deliver(self) -> Counter[str]:
        return await deliver(self.desk)

    async def rows(self, subscribers: Sequence[Subscriber]) -> list[Delivery]:
        async with self.store.read() as books:
            found = [await books.deliveries.latest_slot(one.id) for one in subscribers]
        return [row for row in found if row is not None]

    async def row(self, subscriber: Subscriber) -> Delivery:
        return (await self.rows([subscriber]))[0]

    async def subscriber(self, known: Subscriber) -> Subscriber | None:
        async with self.store.read() as books:
            return await books.subscribers.get(known.id)

    async def accepted(self, number: int = 1) -> None:
        """Waits until Telegram has taken so many messages, answered or not."""
        await self.sandbox.world.bell.until(lambda: len(self.sandbox.ledger) >= number or None, 10.0)

    def copies(self, chat: int) -> int:
        return len([line for line in self.sandbox.ledger if line.chat == chat])
