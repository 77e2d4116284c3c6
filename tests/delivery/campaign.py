"""A campaign against the promise: many slots, exaggerated faults, kills at random; prints the figures.

    python -m tests.delivery.campaign --slots 2000 --seed 1 [--url postgresql://...]

Everything is decided by the seed except where exactly a kill lands. The sandbox's ledger is the truth. Exits with 1
when something was lost or came more than twice.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from bot.sandbox.faults import Kind
from bot.sandbox.server import Sandbox
from digests.models import DeliveryState, Subscriber
from tests.delivery.ledger import ENDS, Account, enrol
from tests.delivery.place import Place
from tests.delivery.sender import Orders, start

FIRST = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
FAULTS: Sequence[tuple[float, dict[str, Any]]] = (
    (0.03, {"kind": Kind.CLOSE_AFTER}),
    (0.02, {"kind": Kind.CLOSE_BEFORE}),
    (0.01, {"kind": Kind.REFUSE, "status": 500}),
    (0.01, {"kind": Kind.HTML_AFTER, "status": 502}),
    (0.02, {"kind": Kind.REFUSE, "status": 429, "retry_after": 2}),
    (0.01, {"kind": Kind.DELAY, "seconds": 0.5}),
    (0.01, {"kind": Kind.GARBAGE}),
)
"""What share of sends goes wrong in which way: about eight in a hundred lose their answer."""


@dataclass(slots=True)
class Figures:
    """What a campaign measured."""

    account: Account = field(default_factory=Account)
    kills: int = 0
    starts: int = 0
    faults: int = 0
    recoveries: list[float] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(slots=True, kw_only=True)
class Campaign:
    """`slots` slots over days of `a_day` chats; the sender is killed about every `kill_after` seconds.

    A calm one has neither faults nor kills: it measures how long a full minute takes.
    """

    place: Place
    sandbox: Sandbox
    slots: int
    seed: int
    a_day: int = 100
    a_second: float = 25.0
    kill_after: float = 2.0
    calm: bool = False
    figures: Figures = field(default_factory=Figures)

    async def run(self) -> Figures:
        chance = random.Random(self.seed)
        began = time.monotonic()
        self.sandbox.set(FIRST)
        async with self.place.open() as store:
            subscribers = await enrol(self.sandbox, store, range(1, self.a_day + 1))
        for number in range(self.slots // self.a_day):
            await self._day(FIRST + timedelta(days=number), subscribers, chance)
        self.figures.faults = self.sandbox.faults.used
        self.figures.seconds = time.monotonic() - began
        return self.figures

    async def _day(self, morning: datetime, subscribers: Sequence[Subscriber], chance: random.Random) -> None:
        """One local date: senders are started and killed until every row has come to an end."""
        before = len(self.sandbox.ledger)
        self.sandbox.set(morning + timedelta(minutes=30))
        self.sandbox.faults.clear()
        for share, fault in () if self.calm else FAULTS:
            for _ in range(round(share * len(subscribers))):
                self.sandbox.faults.add("sendMessage", skip=chance.randrange(len(subscribers) // 2), **fault)
        for life in range(60):
            dies = life < 3 and not self.calm
            await self._life(chance.uniform(0.2, self.kill_after) if dies else None)
            if not dies and await self._is_over(subscribers, morning):
                break
            self.sandbox.move(chance.uniform(20, 70))
        async with self.place.open() as store:
            accepted = self.sandbox.ledger[before:]
            await self.figures.account.add_day(store, subscribers, morning.date(), accepted)

    async def _life(self, seconds: float | None) -> None:
        """A sender that is killed after so many seconds, or that works off what is due and ends."""
        accepted, began = len(self.sandbox.ledger), time.monotonic()
        process = start(self._orders(for_ever=seconds is not None))
        self.figures.starts += 1
        first = asyncio.create_task(self._first_send(process, accepted, began))
        if seconds is not None:
            await asyncio.sleep(seconds)
            process.kill()
            self.figures.kills += 1
        await asyncio.to_thread(process.join)
        await first
        process.close()

    async def _first_send(self, process: BaseProcess, accepted: int, began: float) -> None:
        ledger = self.sandbox.ledger
        bell = self.sandbox.world.bell
        while process.is_alive() and len(ledger) == accepted:
            await bell.wait(0.05)
        if len(ledger) > accepted:
            self.figures.recoveries.append(time.monotonic() - began)

    def _orders(self, *, for_ever: bool) -> Orders:
        return Orders(
            place=self.place,
            api=self.sandbox.api,
            token=self.sandbox.token,
            shift=self.sandbox.clock.moved(),
            for_ever=for_ever,
            a_second=self.a_second,
        )

    async def _is_over(self, subscribers: Sequence[Subscriber], morning: datetime) -> bool:
        keys = [f"{one.id}:{morning.date().isoformat()}" for one in subscribers]
        async with self.place.open() as store, store.read() as books:
            states = await books.deliveries.slots(keys)
        return len(states) == len(keys) and all(state in ENDS for state in states.values())


def report(campaign: Campaign, database: str) -> str:
    """The figures as a table of names and values."""
    figures, account = campaign.figures, campaign.figures.account
    states: Counter[str] = account.states
    sends = account.accepted + account.duplicates
    delays = sorted(account.delays) or [0.0]
    firsts = sorted(figures.recoveries) or [0.0]
    rows = [
        ("database, seed", f"{database}, {campaign.seed}"),
        ("duration", f"{figures.seconds:.0f} s"),
        ("slots due", account.due),
        ("arrived", account.accepted),
        ("lost silently (must be 0)", account.lost),
        *[(state.value, states[state.value]) for state in (*ENDS,)],
        ("unknown or dead, though it arrived", _arrived(account)),
        ("second copies", account.duplicates),
        ("second copies per 10,000 sends", f"{10_000 * account.duplicates / max(1, sends):.0f}"),
        ("most copies of one briefing (at most 2)", account.most_copies),
        ("kills, starts", f"{figures.kills}, {figures.starts}"),
        ("faults that struck", figures.faults),
        ("delay p50, p95, max", f"{_at(delays, 0.5):.0f} s, {_at(delays, 0.95):.0f} s, {delays[-1]:.0f} s"),
        ("start to first send p50, max", f"{_at(firsts, 0.5):.1f} s, {firsts[-1]:.1f} s"),
    ]
    return "\n".join(f"{name:<42}{value}" for name, value in rows)


def _arrived(account: Account) -> int:
    ended = account.states[DeliveryState.SENT.value]
    return max(0, account.accepted - ended)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def _main(slots: int, seed: int, url: str | None, *, calm: bool = False) -> int:
    with tempfile.TemporaryDirectory() as folder:
        async with Sandbox(cast=False) as sandbox:
            campaign = Campaign(
                place=Place(url=url, folder=Path(folder)),
                sandbox=sandbox,
                slots=slots,
                seed=seed,
                a_day=slots if calm else 100,
                calm=calm,
            )
            await campaign.run()
    print(report(campaign, "PostgreSQL" if url else "SQLite"))
    for line in campaign.figures.account.wrong:
        print(line, file=sys.stderr)
    return 1 if campaign.figures.account.wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slots", type=int, default=600, help="how many briefings come due (in hundreds)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--url", help="a PostgreSQL address with an empty database; SQLite without")
    parser.add_argument("--calm", action="store_true", help="no faults, no kills, all slots in one minute")
    chosen = parser.parse_args()
    sys.exit(asyncio.run(_main(chosen.slots, chosen.seed, chosen.url, calm=chosen.calm)))
