"""From a tap to the briefing that comes by itself: the clock's own ticks, moved by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import NoReturn

from bot.channel import TelegramChannel
from bot.context import CHANNEL
from bot.sandbox.server import Person
from digests.clock import Clock, news_ticks
from digests.flows.deliver import Desk
from digests.models import SourceKind
from tests.bot.stage import Stage, settings


@asynccontextmanager
async def due_soon(stage: Stage, ada: Person) -> AsyncIterator[Clock]:
    """A clock whose ticks are run by hand, and a briefing of Ada's that has just come due."""
    newsroom = stage.newsroom
    desk = Desk(
        store=newsroom.store, channels={CHANNEL: TelegramChannel(stage.running.bot)}, now=newsroom.now, owner="test"
    )
    await stage.ask(ada, "/timezone UTC+0")
    soon = newsroom.now() + timedelta(minutes=2)
    await stage.ask(ada, f"/time {soon:%H:%M}")
    stage.sandbox.move(180)
    yield Clock(news_ticks(newsroom, desk), now=newsroom.now)


async def test_the_scheduled_briefing_comes_once_with_working_buttons(stage: Stage, ada: Person) -> None:
    async with due_soon(stage, ada) as clock:
        for _ in range(2):
            for tick in ("ingest", "compose", "deliver"):
                await clock.run(tick)
    briefing = await stage.sandbox.wait_for_message("SAMPLE briefing", chat=ada)
    assert sum("SAMPLE briefing" in message.text for message in ada.said()) == 1
    assert (await settings(stage, ada)).mark is not None
    story = await stage.tap(ada, briefing, "1 ▸")
    assert story.text.splitlines()[0].split(" · ")[0] in briefing.text


async def test_news_that_came_due_with_the_briefing_is_in_it(stage: Stage, ada: Person) -> None:
    async with due_soon(stage, ada) as clock:
        await clock.run("compose")
        await clock.run("deliver")
    briefing = await stage.sandbox.wait_for_message("SAMPLE briefing", chat=ada)
    assert "hospital ship" in briefing.text


async def test_sources_that_cannot_be_looked_at_keep_no_briefing_back(stage: Stage, ada: Person) -> None:
    def broken(*_: object) -> NoReturn:
        raise RuntimeError("a fault in a kind of source")

    stage = replace(stage, newsroom=replace(stage.newsroom, fetchers=dict.fromkeys(SourceKind, broken)))
    async with due_soon(stage, ada) as clock:
        await clock.run("compose")
        await clock.run("deliver")
    await stage.sandbox.wait_for_message("SAMPLE briefing", chat=ada)
