import asyncio
import contextlib
import time
from datetime import timedelta
from itertools import pairwise

import pytest

from digests.sources.manners import LONGEST_FRESH, Robots, Turns, Waits, fresh_for


async def test_a_host_has_its_pause_between_two_requests_and_another_host_none():
    turns = Turns(most=5, gap=0.1, clock=time.monotonic)
    began: list[tuple[str, float]] = []

    async def ask(host: str) -> None:
        async with turns.turn(host):
            began.append((host, time.monotonic()))

    await asyncio.gather(ask("a"), ask("a"), ask("b"), ask("a"))
    times = [at for host, at in began if host == "a"]
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(times))
    assert [host for host, _ in began].index("b") < 3


async def test_no_more_requests_run_at_once_than_are_allowed():
    turns = Turns(most=3, gap=0.0, clock=time.monotonic)
    running = most = 0

    async def ask(host: str) -> None:
        nonlocal running, most
        async with turns.turn(host):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1

    await asyncio.gather(*(ask(f"{n}.example") for n in range(40)))
    assert most == 3


async def test_a_request_that_fails_gives_its_turn_back():
    turns = Turns(most=1, gap=0.0, clock=time.monotonic)
    done = 0
    for _ in range(3):
        with contextlib.suppress(OSError):
            async with asyncio.timeout(5), turns.turn("a"):
                done += 1
                raise OSError("gone")
    assert done == 3


def test_robots_are_read_with_their_delay_and_whatever_they_hold():
    robots = Robots("User-agent: briefing-bot\nCrawl-delay: 4\nDisallow: /x\n", agent="briefing-bot")
    assert (robots.delay, robots.allows("https://a.example/x"), robots.allows("https://a.example/y")) == (
        4.0,
        False,
        True,
    )
    for text in (None, "", "<html>not robots</html>", "Crawl-delay: soon\nDisallow", "\x00\ufffd" * 50):
        assert Robots(text, agent="briefing-bot").allows("https://a.example/")


@pytest.mark.parametrize(
    ("headers", "fresh"),
    [
        ({"cache-control": "public, max-age=900"}, timedelta(minutes=15)),
        ({"cache-control": "max-age=900", "age": "600"}, timedelta(minutes=5)),
        ({"cache-control": "max-age=900", "age": "901"}, None),
        ({"cache-control": "max-age=31536000"}, LONGEST_FRESH),
        ({"cache-control": 'MAX-AGE="60", private'}, timedelta(minutes=1)),
        ({"cache-control": "no-cache, max-age=900"}, None),
        ({"cache-control": "max-age=0"}, None),
        ({"cache-control": "max-age=-5"}, None),
        ({"cache-control": "max-age=99999999999999999999"}, None),
        ({"cache-control": "max-age=60", "age": "²"}, timedelta(minutes=1)),
        ({}, None),
    ],
)
def test_an_answer_holds_as_long_as_its_server_says_within_reason(headers, fresh):
    assert fresh_for(headers) == fresh


ROBOTS = """
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*?s=
Disallow: /*.pdf$
Disallow: /search/*/page

User-agent: GreedyBot
User-agent: briefing-bot
Disallow: /ours
Disallow: /caf%C3%A9
Allow: /
"""


@pytest.mark.parametrize(
    ("agent", "path", "may"),
    [
        ("other", "/", True),
        ("other", "/private/x", False),
        ("other", "/private/open/x", True),
        ("other", "/world?s=x", False),
        ("other", "/world?t=x", True),
        ("other", "/paper.pdf", False),
        ("other", "/paper.pdf?x", True),
        ("other", "/search/a/b/page/2", False),
        ("other", "/search/page", True),
        ("other", "/ours", True),
        ("briefing-bot", "/private/x", True),
        ("briefing-bot", "/ours/1", False),
        ("briefing-bot", "/café", False),
        ("briefing-bot", "/caf%c3%a9/1", False),
    ],
)
def test_robots_rules_fit_as_the_standard_says(agent, path, may):
    assert Robots(ROBOTS, agent=agent).allows(f"https://a.example{path}") is may


def test_robots_rules_of_many_wildcards_are_read_in_linear_time():
    rules = "User-agent: *\nDisallow: /" + "*a" * 5000 + "b\nCrawl-delay: nan\n"
    began = time.perf_counter()
    robots = Robots(rules, agent="briefing-bot")
    assert robots.allows("https://a.example/" + "a" * 20_000)
    assert robots.delay == 0.0
    assert time.perf_counter() - began < 2


def test_a_host_that_asked_to_be_left_alone_is_until_its_time_is_up():
    seconds = [0.0]
    waits = Waits(lambda: seconds[0])
    waits.note("a.example", timedelta(minutes=2))
    assert waits.left("a.example") == timedelta(minutes=2)
    assert waits.left("b.example") <= timedelta()
    seconds[0] = 120.0
    assert waits.left("a.example") <= timedelta()
