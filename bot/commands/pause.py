"""/pause: no scheduled briefings until /resume. Asking stays possible."""

from dataclasses import replace

from bot.command import Command, Who
from bot.context import Context
from bot.phrases.speak import phrase
from bot.press import Press
from digests.models import Subscriber, SubscriberState


async def run(ask: Context, _: str) -> None:
    """Pause."""
    await ask.change(paused)
    await ask.show(phrase("pause.done"))


async def on_pause(ask: Context, _: Press) -> None:
    """The same from a button."""
    await run(ask, "")


def paused(subscriber: Subscriber) -> Subscriber:
    """The same chat, sent nothing by itself."""
    return replace(subscriber, state=SubscriberState.PAUSED)


COMMAND = Command(name="pause", run=run, who=Who.OWNERS, presses={"pause": on_pause}, always=True)
