"""The one gate: rates are kept whoever sends, people go before briefings, and nobody waits for another's halt."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.channels.breaker import Breaker
from digests.channels.pace import Pace, Rates
from tests.delivery.office import Seconds


def gate(seconds: Seconds, **rates: float) -> Pace:
    return Pace(Rates(**rates), clock=seconds, sleep=seconds.sleep)  # type: ignore[arg-type]


def most_in(times: list[float], span: float) -> int:
    return max(sum(1 for other in times if at <= other < at + span) for at in times)


async def test_briefings_leave_at_25_a_second() -> None:
    seconds = Seconds()
    pace = gate(seconds)
    began, times = seconds(), []
    for chat in range(1, 1001):
        await pace.turn(str(chat))
        times.append(seconds())
    assert times[-1] - began == pytest.approx(999 / 25, rel=0.01)
    assert most_in(times, 1.0) <= 26


async def test_a_private_chat_is_sent_one_briefing_a_second_and_others_do_not_wait_for_it() -> None:
    seconds = Seconds()
    pace = gate(seconds)
    assert pace.wait("5") == 0
    await pace.turn("5")
    assert pace.wait("5") == pytest.approx(1.0)
    assert pace.wait("6") == pytest.approx(1 / 25)


async def test_a_group_is_sent_twenty_in_any_minute_whatever_the_topic() -> None:
    seconds = Seconds()
    pace = gate(seconds)
    times = []
    for number in range(50):
        await pace.turn(f"-100/{number % 3}", interactive=True)
        times.append(seconds())
    assert most_in(times, 60.0) == 20
    assert times[-1] - times[0] >= 120.0


async def test_replies_overtake_briefings_and_no_second_sees_more_than_thirty() -> None:
    seconds = Seconds()
    pace = gate(seconds)
    times: list[float] = []
    for number in range(200):
        await pace.turn(str(number))
        times.append(seconds())
        if number % 20 == 0:
            for person in range(3):
                assert pace.wait(str(9000 + number + person), interactive=True) <= 1 / 25
                await pace.turn(str(9000 + number + person), interactive=True)
                times.append(seconds())
    assert most_in(times, 1.0) <= 30


async def test_a_chat_in_lively_talk_may_burst_and_then_goes_at_its_rate() -> None:
    seconds = Seconds()
    pace = gate(seconds, overall=1000.0)
    for _ in range(10):
        await pace.turn("5", interactive=True)
    assert seconds() < 1001
    for _ in range(20):
        await pace.turn("5", interactive=True)
    assert seconds() >= 1015


async def test_a_halt_holds_one_chat_or_everyone_and_the_longer_one_wins() -> None:
    seconds = Seconds()
    pace = gate(seconds)
    pace.halt("5", timedelta(seconds=30))
    pace.halt("5", timedelta(seconds=3))
    assert pace.wait("5/7", interactive=True) == pytest.approx(30)
    assert pace.wait("6") == 0
    pace.halt(None, timedelta(seconds=10))
    assert pace.wait("6", interactive=True) == pytest.approx(10)


async def test_whoever_is_impatient_gets_no_turn_and_none_is_counted() -> None:
    seconds = Seconds()
    pace = gate(seconds)
    pace.halt(None, timedelta(seconds=60))
    assert not await pace.turn("5", patience=10.0)
    assert seconds() == 1000.0
    assert await pace.turn("5", patience=61.0)


async def test_many_at_once_all_get_their_turn() -> None:
    seconds = Seconds()
    pace = gate(seconds)
    got = await asyncio.gather(*(pace.turn(str(chat)) for chat in range(40)))
    assert all(got)
    assert seconds() - 1000.0 == pytest.approx(39 / 25, abs=0.01)


@given(st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.floats(0, 3)), min_size=1, max_size=80))
def test_in_any_mixture_the_overall_rate_is_kept(turns: list[tuple[int, bool, float]]) -> None:
    async def play() -> tuple[list[float], Counter[int]]:
        seconds = Seconds()
        pace = gate(seconds)
        times, chats = [], Counter[int]()
        for chat, interactive, rest in turns:
            seconds.at += rest
            await pace.turn(str(chat), interactive=interactive)
            times.append(seconds())
            chats[chat] += 1
        return times, chats

    times, chats = asyncio.run(play())
    assert most_in(times, 1.0) <= 30
    assert sum(chats.values()) == len(turns)


async def test_chats_that_have_long_been_quiet_are_forgotten() -> None:
    seconds = Seconds()
    pace = gate(seconds, overall=1000.0)
    for chat in range(12_000):
        await pace.turn(str(chat))
        seconds.at += 0.05
    assert len(pace._chats) <= 5_001


def test_the_breaker_opens_after_five_failures_and_lets_one_probe_through() -> None:
    seconds = Seconds()
    breaker = Breaker(clock=seconds)
    for _ in range(4):
        breaker.note(reached=False)
    assert breaker.room(16) == 16
    breaker.note(reached=False)
    assert breaker.is_open
    assert breaker.room(16) == 0
    seconds.at += 15
    assert [breaker.room(16), breaker.room(16)] == [1, 0]
    breaker.note(reached=False)
    seconds.at += 15
    assert breaker.room(16) == 1
    breaker.note(reached=True)
    assert breaker.room(16) == 16
