"""/follow: an actor or plain words; briefings then tell the stories that meet what is followed."""

from bot import known
from bot.command import Command, Who
from bot.context import Context
from bot.interests import MOST, follows, of_actor, with_interest
from bot.markup import lines
from bot.message import Button
from bot.phrases.speak import phrase, words
from bot.press import Press, pack
from bot.schedule import next_line
from digests.editorial.actors import Nobody, One
from digests.flows import answer
from digests.models import Interest


async def run(ask: Context, rest: str) -> None:
    """Follow what is named; a near miss is offered, and plain words are followed as such."""
    if not rest:
        await ask.say(phrase("follow.ask"))
        return
    found = await answer.find_actor(ask.store, rest)
    if isinstance(found, One):
        await _settle(ask, of_actor(found.actor))
    elif isinstance(found, Nobody) and not found.nearest:
        await _settle(ask, Interest(kind="words", name=rest[:80]))
    else:
        await known.ask_back(ask, found, rest, "follow")


async def _settle(ask: Context, interest: Interest) -> None:
    subscriber = await ask.change(lambda kept: with_interest(kept, interest))
    if not follows(subscriber, interest):
        await ask.show(phrase("follow.too_many", n=MOST))
        return
    name = interest.name
    said = phrase("follow.actor", name=name) if interest.actor_id else phrase("follow.words", name=name)
    buttons = (
        Button(label=words("button.following"), data=pack("following")),
        Button(label=words("button.brief"), data=pack("brief")),
    )
    await ask.say(lines(said, await next_line(ask, subscriber)), buttons)


async def on_follow(ask: Context, press: Press) -> None:
    """An actor's follow button."""
    async with ask.store.read() as books:
        actor = await books.actors.get(press.number(0) or 0)
    if actor is None:
        await ask.nod(words("press.expired"))
        return
    await _settle(ask, of_actor(actor))


COMMAND = Command(name="follow", run=run, who=Who.OWNERS, presses={"follow": on_follow}, always=True)
