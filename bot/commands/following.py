"""/following: what the chat follows."""

from bot.command import Command
from bot.context import Context
from bot.interests import key
from bot.lines import clip
from bot.markup import lines, row, text
from bot.message import Button, Buttons
from bot.phrases.speak import phrase
from bot.press import Press, pack
from bot.schedule import next_line
from digests.models import Subscriber


async def run(ask: Context, _: str) -> None:
    """List it, each with a button to drop it."""
    subscriber = await ask.subscriber()
    if not subscriber.interests:
        await ask.show(phrase("following.nothing"))
        return
    names = [row("• ", text(interest.name)) for interest in subscriber.interests]
    said = lines(phrase("following.title"), *names, "", await next_line(ask, subscriber))
    await ask.show(said, *drop_buttons(subscriber))


def drop_buttons(subscriber: Subscriber) -> Buttons:
    """A button for each interest that drops it."""
    buttons = [Button(label=f"✕ {clip(each.name, 28)}", data=pack("drop", key(each))) for each in subscriber.interests]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


async def on_following(ask: Context, _: Press) -> None:
    """The same from a button."""
    await run(ask, "")


COMMAND = Command(name="following", run=run, presses={"following": on_following})
