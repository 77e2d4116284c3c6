"""/unfollow: no longer follow something."""

from bot.command import Command, Who
from bot.commands import following
from bot.context import Context
from bot.interests import key, without
from bot.markup import lines
from bot.phrases.speak import phrase
from bot.press import Press
from bot.schedule import next_line
from digests.flows import answer
from digests.models import Interest


async def run(ask: Context, rest: str) -> None:
    """Take away what is named, or show what can be taken away."""
    subscriber = await ask.subscriber()
    interest = answer.unfollow(subscriber.interests, rest) if rest else None
    if interest is not None:
        await _settle(ask, interest)
    elif rest and subscriber.interests:
        await ask.say(phrase("unfollow.unknown", asked=rest), *following.drop_buttons(subscriber))
    else:
        await following.run(ask, "")


async def _settle(ask: Context, interest: Interest) -> None:
    subscriber = await ask.change(lambda kept: without(kept, interest))
    rest = phrase("following.everything") if not subscriber.interests else None
    await ask.say(lines(phrase("unfollow.done", name=interest.name), rest, await next_line(ask, subscriber)))


async def on_unfollow(ask: Context, press: Press) -> None:
    """The button of an actor's card; pressed twice it says the same."""
    async with ask.store.read() as books:
        actor = await books.actors.get(press.number(0) or 0)
    if actor is not None:
        await _settle(ask, Interest(kind="actor", name=actor.name, actor_id=actor.id))


async def on_drop(ask: Context, press: Press) -> None:
    """A button of the list; the list is shown again without it."""
    subscriber = await ask.subscriber()
    gone = next((each for each in subscriber.interests if key(each) == press.word(0)), None)
    if gone is not None:
        await ask.change(lambda kept: without(kept, gone))
    await following.run(ask, "")


COMMAND = Command(
    name="unfollow", run=run, who=Who.OWNERS, presses={"unfollow": on_unfollow, "drop": on_drop}, always=True
)
