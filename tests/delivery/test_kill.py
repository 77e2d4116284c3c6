"""kill -9 between any two statements of composer and sender: nothing is lost, and a second copy has its reason."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.sandbox.server import Sandbox
from digests.flows import compose, deliver
from digests.models import DeliveryState
from tests.delivery.ledger import Account, enrol
from tests.delivery.place import Place
from tests.delivery.sender import KILLED, Orders, work

DUE = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
CHATS = (11, 12, 13)
MAY_HAVE_LEFT = ("answered", "recording", "recorded")
KILLS = [(step, nth) for step in dict.fromkeys((*compose.STEPS, *deliver.STEPS)) for nth in (1, 3)]
ONCE_A_RUN = {"looked", "edition made", "planning", "planned", "noting", "noted", "reaping", "reaped"}
NEVER_HERE = {"skipping", "skipped"}  # nothing is skipped in this story; test_compose kills there


def orders(place: Place, sandbox: Sandbox, die_at: str | None = None, nth: int = 1) -> Orders:
    return Orders(
        place=place, api=sandbox.api, token=sandbox.token, shift=sandbox.clock.moved(), die_at=die_at, nth=nth
    )


@pytest.mark.parametrize(
    ("step", "nth"),
    [(step, nth) for step, nth in KILLS if step not in NEVER_HERE and (nth == 1 or step not in ONCE_A_RUN)],
)
async def test_a_sender_killed_at_any_step_loses_nothing_and_repeats_only_the_unclear(
    place: Place, sandbox: Sandbox, step: str, nth: int
) -> None:
    sandbox.set(datetime(2026, 3, 2, 7, 0, tzinfo=UTC))
    async with place.open() as store:
        subscribers = await enrol(sandbox, store, CHATS)
    sandbox.set(DUE)

    assert await work(orders(place, sandbox, step, nth)) == KILLED
    for _ in range(3):  # a restart at once, one after the lease, one after the rest that an unclear answer is given
        assert await work(orders(place, sandbox)) == 0
        sandbox.move(65)

    account = Account()
    async with place.open() as store:
        await account.add_day(store, subscribers, DUE.date(), sandbox.ledger)
        async with store.read() as books:
            rows = [await books.deliveries.latest_slot(one.id) for one in subscribers]
    assert account.wrong == []
    assert account.states == {"sent": len(CHATS)}
    copies = Counter(line.chat for line in sandbox.ledger)
    for row in rows:
        assert row is not None
        assert row.state is DeliveryState.SENT
        assert copies[int(row.address)] <= 1 + row.unclear, "a second copy needs an unclear answer"
    if step not in MAY_HAVE_LEFT and nth == 1:
        assert account.copies == {1: len(CHATS)}
