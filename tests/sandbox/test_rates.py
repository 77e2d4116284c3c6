"""429 by the published rates, with the clock moved by hand instead of waiting."""

import aiohttp
import pytest

from bot.sandbox.errors import ApiError
from bot.sandbox.rates import BURST, Rates
from bot.sandbox.server import Sandbox
from tests.sandbox.conftest import Calls


class Hand:
    """A clock moved by hand on top of the real one."""

    def __init__(self) -> None:
        self.moved = 0.0

    def __call__(self) -> float:
        return self.moved


def taken(rates: Rates, chat: int, *, private: bool, tries: int = 100) -> tuple[int, int]:
    """How many messages pass at once, and the retry_after of the first that does not."""
    for count in range(tries):
        try:
            rates.take(chat, private=private)
        except ApiError as refusal:
            return count, refusal.retry_after
    return tries, 0


def test_private_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    hand = Hand()
    rates = Rates(hand)
    assert taken(rates, 1, private=True) == (BURST, 1)
    hand.moved += 3.1
    assert taken(rates, 1, private=True)[0] == 3


def test_group_takes_twenty_in_a_minute() -> None:
    hand = Hand()
    rates = Rates(hand)
    assert taken(rates, -1, private=False) == (20, 60)
    hand.moved += 30
    assert taken(rates, -1, private=False) == (0, 30)
    hand.moved += 31
    assert taken(rates, -1, private=False)[0] == 20


def test_all_chats_together_take_thirty_in_a_second() -> None:
    hand = Hand()
    rates = Rates(hand)
    passed = 0
    with pytest.raises(ApiError) as caught:
        for chat in range(100):
            rates.take(chat, private=True)
            passed += 1
    assert (passed, caught.value.retry_after) == (30, 1)
    hand.moved += 1
    rates.take(5, private=True)


def test_refused_message_counts_for_nothing_and_a_clock_set_back_holds_nobody_up() -> None:
    hand = Hand()
    rates = Rates(hand)
    hand.moved = 86_400.0
    taken(rates, 1, private=True)
    taken(rates, -1, private=False)
    hand.moved = 0.0
    assert taken(rates, 1, private=True)[0] == BURST
    hand.moved += 2.0
    assert taken(rates, -1, private=False)[0] == 20


def test_rates_can_be_switched_off() -> None:
    assert taken(Rates(enabled=False), 1, private=True) == (100, 0)


async def test_flood_is_answered_with_body_and_header(
    sandbox: Sandbox, call: Calls, session: aiohttp.ClientSession
) -> None:
    sandbox.user(501).send("/start")
    for _ in range(BURST):
        await call.result("sendMessage", chat_id=501, text="x")
    address = f"{sandbox.api}{sandbox.token}/sendMessage"
    async with session.post(address, json={"chat_id": 501, "text": "x"}) as answer:
        body = await answer.json()
        assert answer.status == 429 and answer.headers["Retry-After"] == "1"
    assert body["parameters"] == {"retry_after": 1}
    assert body["description"] == "Too Many Requests: retry after 1"
    assert len(sandbox.ledger) == BURST
    sandbox.move(5)
    assert (await call("sendMessage", chat_id=501, text="x"))["ok"]
