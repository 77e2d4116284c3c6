"""/stop: unsubscribe, after a second tap. What the chat has set stays, so that /start brings it back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.command import Command, Who
from bot.context import Context
from bot.message import Button
from bot.phrases.speak import phrase, words
from bot.press import Press, pack
from digests.models import Subscriber, SubscriberState

FRESH = timedelta(minutes=15)  # an older button has lost its context


async def run(ask: Context, _: str) -> None:
    """Ask whether it is meant."""
    asked_at = int(ask.now.timestamp())
    await ask.say(
        phrase("stop.sure"),
        (
            Button(label=words("stop.yes"), data=pack("stop", asked_at)),
            Button(label=words("stop.pause"), data=pack("pause")),
            Button(label=words("stop.no"), data=pack("stay")),
        ),
    )


async def on_stop(ask: Context, press: Press) -> None:
    """It is meant."""
    asked_at = datetime.fromtimestamp(min(press.number(0) or 0, 2**33), UTC)
    if not timedelta(0) <= ask.now - asked_at <= FRESH:
        await ask.nod(words("press.expired"))
        return
    await ask.change(stopped)
    await ask.show(phrase("stop.done"))


async def on_stay(ask: Context, _: Press) -> None:
    """It is not."""
    await ask.show(phrase("stop.stayed"))


def stopped(subscriber: Subscriber) -> Subscriber:
    """The same chat, unsubscribed."""
    return replace(subscriber, state=SubscriberState.STOPPED)


COMMAND = Command(name="stop", run=run, who=Who.OWNERS, presses={"stop": on_stop, "stay": on_stay}, always=True)
