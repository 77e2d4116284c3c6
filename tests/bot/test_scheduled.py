"""From a tap to the briefing that comes by itself: the clock's own ticks, moved by hand."""

from datetime import timedelta

from bot.channel import TelegramChannel
from bot.context import CHANNEL
from bot.sandbox.server import Person
from digests.clock import Clock, news_ticks
from digests.flows.deliver import Desk
from tests.bot.stage import Stage, settings


async def test_the_scheduled_briefing_comes_once_with_working_buttons(stage: Stage, ada: Person) -> None:
    newsroom = stage.newsroom
    desk = Desk(
        store=newsroom.store, channels={CHANNEL: TelegramChannel(stage.running.bot)}, now=newsroom.now, owner="test"
    )
    clock = Clock(news_ticks(newsroom, desk), now=newsroom.now)
    await stage.ask(ada, "/timezone UTC+0")
    soon = newsroom.now() + timedelta(minutes=2)
    await stage.ask(ada, f"/time {soon:%H:%M}")
    stage.sandbox.move(180)
    for _ in range(2):
        for tick in ("ingest", "compose", "deliver"):
            await clock.run(tick)
    briefing = await stage.sandbox.wait_for_message("SAMPLE briefing", chat=ada)
    assert sum("SAMPLE briefing" in message.text for message in ada.said()) == 1
    assert (await settings(stage, ada)).mark is not None
    story = await stage.tap(ada, briefing, "1 ▸")
    assert story.text.splitlines()[0].split(" · ")[0] in briefing.text
