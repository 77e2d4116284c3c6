"""/brief: the briefing now. It moves no mark: the scheduled one still tells all that is new to the chat."""

from datetime import timedelta

from bot import render
from bot.command import Command
from bot.context import Context
from bot.press import Press
from digests.flows import answer

WINDOW = timedelta(days=1)


async def run(ask: Context, _: str) -> None:
    """Make the edition of the last day for the chat's interests, and tell it."""
    subscriber = await ask.subscriber()
    if not subscriber.id:
        subscriber = await ask.change(lambda fresh: fresh)
    edition = await answer.edition_now(
        ask.store,
        now=ask.now,
        window=WINDOW,
        interests=subscriber.interests,
        floor=ask.newsroom.settings.position_floor,
        subscriber_id=subscriber.id,
    )
    await ask.say(render.brief(edition, subscriber, now=ask.now, planned_at=ask.now))


async def on_brief(ask: Context, _: Press) -> None:
    """The same from a button."""
    await run(ask, "")


COMMAND = Command(name="brief", run=run, presses={"brief": on_brief})
