"""/why N: the words behind a line: its sentence with the ones before and after, publisher, date, link."""

import re

from bot import answers, known
from bot.command import Command
from bot.context import Context
from bot.phrases.speak import phrase, words
from bot.press import Press
from bot.when import zone_of
from digests.flows import answer

_ASKED = re.compile(r"(\d{1,2})(?:[\s.,:/]+(\d{1,2}))?", re.ASCII)


async def run(ask: Context, rest: str) -> None:
    """ "2" is the first line of story 2, "2 3" or "2.3" its third; buttons lead to its other lines."""
    asked = _ASKED.fullmatch(rest)
    subscriber = await ask.subscriber()
    told = await answer.story(ask.store, subscriber.last_edition, int(asked[1])) if asked else None
    if told is None:
        await known.no_story(ask, int(asked[1]) if asked else None)
        return
    number = int(asked[2] or 1) if asked else 1
    if not 0 < number <= len(told.positions):
        await ask.say(phrase("why.no_line", n=len(told.positions)))
        return
    found = await answer.why(ask.store, told.positions[number - 1].best.id)
    if found is None:
        await ask.say(phrase("why.gone"))
        return
    await ask.say(answers.why(found, zone=zone_of(subscriber), siblings=told.positions))


async def on_why(ask: Context, press: Press) -> None:
    """A line's button."""
    found = await answer.why(ask.store, press.number(0) or 0)
    if found is None:
        await ask.nod(words("press.expired"))
        return
    await ask.say(answers.why(found, zone=zone_of(await ask.subscriber())))


COMMAND = Command(name="why", run=run, presses={"why": on_why})
