"""/said: what did somebody say about something."""

from bot import answers, known
from bot.command import Command
from bot.context import Context
from bot.phrases.speak import phrase, words
from bot.press import Press
from bot.when import zone_of
from digests.editorial.actors import One
from digests.flows import said
from digests.models import Actor


async def run(ask: Context, rest: str) -> None:
    """Take the words apart into somebody and a subject, and show the sentences."""
    if not rest:
        await ask.say(phrase("said.ask"))
        return
    question = await said.asked(ask.store, rest)
    if isinstance(question.who, One):
        await _show(ask, question.who.actor, question.what, 1)
    else:
        await known.ask_back(ask, question.who, rest, "said", answers.packed_words(question.what))


async def _show(ask: Context, actor: Actor, what: str, number: int) -> None:
    found = await said.said(ask.store, actor, what, now=ask.now)
    if not found:
        key = "said.none_about" if what else "said.none"
        await ask.show(phrase(key, name=actor.name, **({"what": what} if what else {})))
        return
    zone = zone_of(await ask.subscriber())
    await ask.show(answers.sayings(found, actor, what, zone=zone, now=ask.now, number=number))


async def on_said(ask: Context, press: Press) -> None:
    """A name that was chosen, or another page: actor, subject and page come with the button."""
    async with ask.store.read() as books:
        actor = await books.actors.get(press.number(0) or 0)
    if actor is None:
        await ask.nod(words("press.expired"))
        return
    await _show(ask, actor, answers.unpacked_words(press.word(1)), press.number(2) or 1)


COMMAND = Command(name="said", run=run, presses={"said": on_said})
