"""/timeline N: a story of the last briefing in order of time, as a picture: reports, stances, turns."""

import asyncio

from bot import known
from bot.command import Command
from bot.context import Context
from bot.lines import TITLE, clip
from bot.message import message
from bot.phrases.speak import counted, phrase, words
from bot.press import Press
from bot.when import place_of, zone_of
from digests.charts import timeline_png
from digests.editorial.timeline import MOST, timeline
from digests.flows import answer
from digests.models import StoryBrief


async def run(ask: Context, rest: str) -> None:
    """Find the story by its number."""
    place = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 3 else None
    subscriber = await ask.subscriber()
    told = await answer.story(ask.store, subscriber.last_edition, place) if place else None
    if told is None:
        await known.no_story(ask, place)
        return
    await _show(ask, told)


async def _show(ask: Context, told: StoryBrief) -> None:
    subscriber = await ask.subscriber()
    moments = timeline(told, most=MOST)
    publishers = counted("count.publisher", told.publishers).plain
    note = f"{publishers} · {place_of(subscriber)}"
    title = clip(told.title, TITLE)
    png = await asyncio.to_thread(timeline_png, moments, title=title, zone=zone_of(subscriber), note=note)
    left = len(timeline(told)) - len(moments)
    caption = phrase("timeline.caption_cut", title=title, n=left) if left else phrase("timeline.caption", title=title)
    await ask.say(message(caption, photo=png))


async def on_timeline(ask: Context, press: Press) -> None:
    """A story's button."""
    edition = await known.edition(ask, press.number(0) or 0)
    place = known.place_of_story(edition, press.word(1)) if edition else None
    if edition is None or place is None:
        await ask.nod(words("press.expired"))
        return
    await _show(ask, edition.stories[place - 1])


COMMAND = Command(name="timeline", run=run, presses={"timeline": on_timeline})
