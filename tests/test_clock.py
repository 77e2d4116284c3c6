"""Ticks: they come again whatever happens, are finished when we stop, and say when they are ill."""

import asyncio
import logging
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from digests.clock import Clock, Steps, Tick
from digests.errors import ChannelClosed
from tests.delivery.office import Seconds

START = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


async def until(condition: asyncio.Event) -> None:
    await asyncio.wait_for(condition.wait(), 10)


async def test_ticks_come_at_once_and_again() -> None:
    came, often = Counter[str](), asyncio.Event()

    async def work() -> None:
        came["work"] += 1
        if came["work"] == 3:
            often.set()

    clock = Clock([Tick(name="work", every=0.05, work=work)], now=now)
    clock.start()
    await until(often)
    await clock.stop()
    count = came["work"]
    await asyncio.sleep(0.15)
    assert came["work"] == count


async def test_a_failing_tick_comes_again_and_repeated_failure_shows(caplog: pytest.LogCaptureFixture) -> None:
    tries = 0

    async def fails() -> None:
        nonlocal tries
        tries += 1
        if tries <= 3:
            raise OSError("disk full")

    clock = Clock([Tick(name="work", every=60, work=fails)], now=now)
    await clock.run("work")
    assert clock.troubles() == ()
    await clock.run("work")
    await clock.run("work")
    (trouble,) = clock.troubles()
    assert (trouble.what, trouble.reason) == ("work tick", "failed 3 times in a row: OSError: disk full")
    assert "the work tick failed" in caplog.text
    await clock.run("work")
    assert clock.troubles() == ()


async def test_a_tick_that_does_not_come_or_does_not_end_shows() -> None:
    seconds, begun, end = Seconds(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await end.wait()

    clock = Clock([Tick(name="work", every=10, work=work, patience=60)], now=now, monotonic=seconds)
    seconds.at += 69
    assert clock.troubles() == ()
    seconds.at += 2
    assert clock.troubles()[0].reason == "has not come for 71 s"
    running = asyncio.create_task(clock.run("work"))
    await until(begun)
    assert clock.troubles() == ()
    seconds.at += 61
    assert clock.troubles()[0].reason == "under way for 61 s"
    end.set()
    await running
    assert clock.troubles() == ()


async def test_stopping_lets_a_tick_finish_and_starts_none() -> None:
    begun, stopping, done = asyncio.Event(), asyncio.Event(), []

    async def work() -> None:
        begun.set()
        await stopping.wait()
        done.append("finished")

    clock = Clock([Tick(name="work", every=0.05, work=work)], now=now, stopping=stopping)
    clock.start()
    await until(begun)
    await clock.stop()
    assert done == ["finished"]
    await clock.run("work")
    assert done == ["finished"]


async def test_a_tick_that_never_ends_is_cut_off() -> None:
    begun, cut = asyncio.Event(), []

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut.append("cut")
            raise

    clock = Clock([Tick(name="work", every=60, work=work)], now=now)
    clock.start()
    await until(begun)
    await clock.stop(within=0.05)
    assert cut == ["cut"]


async def test_a_channel_that_refuses_us_wholly_is_told_to_whoever_waits() -> None:
    async def work() -> None:
        raise ChannelClosed("401")

    clock = Clock([Tick(name="work", every=60, work=work)], now=now)
    clock.start()
    error = await asyncio.wait_for(clock.closed(), 10)
    assert str(error) == "401"
    await clock.stop()


def test_a_clock_that_was_set_shows_by_how_much_and_running_time_does_not() -> None:
    seconds, wall = Seconds(), [START]
    steps = Steps(lambda: wall[0], seconds)
    seconds.at += 60
    wall[0] += timedelta(seconds=60)
    assert steps.look() == timedelta(0)
    wall[0] -= timedelta(hours=2)
    assert steps.look() == timedelta(hours=-2)
    wall[0] += timedelta(hours=3)
    seconds.at += 3
    assert steps.look() == timedelta(hours=3, seconds=-3)
    assert steps.look() == timedelta(0)


async def test_a_jump_ahead_of_more_than_an_hour_is_an_alarm(caplog: pytest.LogCaptureFixture) -> None:
    seconds, wall = Seconds(), [START]
    clock = Clock([], now=lambda: wall[0], wall=lambda: wall[0], monotonic=seconds)
    wall[0] += timedelta(minutes=59)
    clock.mind()
    assert "ALARM" not in caplog.text
    wall[0] += timedelta(hours=3)
    clock.mind()
    assert "ALARM: the clock jumped ahead by 3:00:00" in caplog.text


async def test_ticks_go_on_when_the_machines_clock_is_set_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    seconds, wall, came = Seconds(), [START], asyncio.Event()

    async def work() -> None:
        came.set()

    clock = Clock([Tick(name="work", every=3600, work=work)], now=now, wall=lambda: wall[0], monotonic=seconds)
    clock.start()
    await until(came)
    came.clear()
    wall[0] -= timedelta(hours=2)  # the next tick is an hour away by a clock that has just lost two
    clock.mind()
    await until(came)
    await clock.stop()
    assert "set back" in caplog.text
