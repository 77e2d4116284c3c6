"""What the hourly tidying forgets, and what stays."""

from bot.sandbox.server import Person
from digests.clock import KEEP_TOLD, KEEP_UPDATES, news_ticks
from digests.flows.deliver import Desk
from tests.bot.stage import Stage, answer_to, settings


async def tidy(stage: Stage) -> None:
    desk = Desk(store=stage.newsroom.store, channels={}, now=stage.newsroom.now, owner="tidy")
    (tick,) = [tick for tick in news_ticks(stage.newsroom, desk) if tick.name == "tidy"]
    await tick.work()


async def test_updates_and_editions_are_forgotten_in_time_and_old_buttons_say_so(stage: Stage, ada: Person) -> None:
    first = await stage.ask(ada, "/brief")
    old = (await settings(stage, ada)).last_edition
    stage.sandbox.move(KEEP_UPDATES.total_seconds())
    await stage.ask(ada, "/brief")
    stage.sandbox.move((KEEP_TOLD - KEEP_UPDATES).total_seconds() + 60)
    await tidy(stage)
    async with stage.newsroom.store.read() as books:
        assert await books.editions.get(old) is None
        assert await books.editions.get((await settings(stage, ada)).last_edition) is not None
    assert await answer_to(stage, ada, first, "1 ▸") == "This button has expired."
