"""Telegram's books against ours: of what was due, what was accepted, and what does each row say?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from bot.sandbox.nouns import Accepted
from bot.sandbox.server import Sandbox
from digests.models import DeliveryState, Subscriber, SubscriberState
from digests.store.base import Store

ENDS = (DeliveryState.SENT, DeliveryState.UNKNOWN, DeliveryState.DEAD, DeliveryState.SKIPPED)


async def enrol(sandbox: Sandbox, store: Store, chats: Iterable[int], at: time = time(7, 30)) -> list[Subscriber]:
    """People who wrote to the bot and are sent a briefing every day, in UTC."""
    for chat in chats:
        sandbox.user(chat, f"Reader {chat}").send("/start")
    async with store.write() as books:
        return [
            await books.subscribers.put(
                Subscriber(address=str(chat), zone="UTC", at=at, state=SubscriberState.ACTIVE, created_at=sandbox.now())
            )
            for chat in chats
        ]


@dataclass(slots=True)
class Account:
    """What became of the slots that were due."""

    due: int = 0
    states: Counter[str] = field(default_factory=Counter)
    copies: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        return sum(number for copies, number in self.copies.items() if copies)

    @property
    def lost(self) -> int:
        """Slots that neither arrived nor say so: due - accepted - visible."""
        return len([line for line in self.wrong if line.startswith("lost")])

    @property
    def duplicates(self) -> int:
        return sum((copies - 1) * number for copies, number in self.copies.items() if copies > 1)

    @property
    def most_copies(self) -> int:
        return max((copies for copies, number in self.copies.items() if number), default=0)

    async def add_day(
        self, store: Store, subscribers: Sequence[Subscriber], day: date, accepted: Sequence[Accepted]
    ) -> None:
        """One local date, of which `accepted` is all that Telegram took."""
        keys = {f"{one.id}:{day.isoformat()}": int(one.address) for one in subscribers}
        async with store.read() as books:
            states = await books.deliveries.slots(keys)
        copies = Counter(line.chat for line in accepted)
        for key, chat in keys.items():
            self._add(key, states.get(key), copies[chat])
        planned = {int(one.address): one.at for one in subscribers}
        self.delays += [_delay(line, day, planned[line.chat]) for line in accepted]

    def _add(self, key: str, state: DeliveryState | None, copies: int) -> None:
        self.due += 1
        self.states[state.value if state else "no row"] += 1
        self.copies[copies] += 1
        if state not in ENDS:
            self.wrong.append(f"lost: {key} is {state}")
        if state is DeliveryState.SENT and copies == 0:
            self.wrong.append(f"lost: {key} is called sent and never arrived")
        if copies > 2:
            self.wrong.append(f"{key} came {copies} times")


def _delay(line: Accepted, day: date, at: time) -> float:
    planned = datetime.combine(day, at, tzinfo=line.at.tzinfo)
    return max(0.0, (line.at - planned) / timedelta(seconds=1))
