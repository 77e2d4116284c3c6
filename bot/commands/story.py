"""/story N: a story of the last briefing in full: all its positions, what changed, its articles."""

from bot import answers, known
from bot.command import Command
from bot.context import Context
from bot.message import Message
from bot.phrases.speak import words
from bot.press import Press
from bot.when import zone_of
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
    await ask.say(await _page(ask, told, subscriber.last_edition, 1))


async def _page(ask: Context, told: StoryBrief, edition_id: int, number: int) -> Message:
    zone = zone_of(await ask.subscriber())
    return answers.story(told, edition_id, zone=zone, now=ask.now, number=number)


async def on_story(ask: Context, press: Press) -> None:
    """A story's button, or one that turns its pages."""
    edition_id, number = press.number(0) or 0, press.number(2)
    edition = await known.edition(ask, edition_id)
    place = known.place_of_story(edition, press.word(1)) if edition else None
    if edition is None or place is None:
        await ask.nod(words("press.expired"))
        return
    shown = await _page(ask, edition.stories[place - 1], edition_id, number or 1)
    await (ask.show(shown) if number else ask.say(shown))


COMMAND = Command(name="story", run=run, presses={"story": on_story})
