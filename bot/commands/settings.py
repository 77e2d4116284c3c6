"""/settings: everything that can be set, as buttons."""

from bot.command import Command, Who
from bot.commands.days import day_buttons
from bot.commands.time import time_buttons
from bot.commands.timezone import city_buttons
from bot.context import Context
from bot.lines import clip
from bot.markup import bold, lines
from bot.message import Button
from bot.phrases.speak import phrase, words
from bot.press import Press, pack
from bot.schedule import next_line, settings_lines
from bot.when import days_in_words
from digests.models import SubscriberState


async def run(ask: Context, _: str) -> None:
    """What is set, with a button for each."""
    subscriber = await ask.subscriber()
    interests = ", ".join(clip(interest.name, 40) for interest in subscriber.interests[:8])
    is_paused = subscriber.state in (SubscriberState.PAUSED, SubscriberState.STOPPED)
    flow = ("button.resume", "resume") if is_paused else ("button.pause", "pause")
    await ask.show(
        lines(
            bold(phrase("settings.title")),
            settings_lines(subscriber),
            phrase("settings.interests", names=interests) if interests else phrase("following.everything"),
            await next_line(ask, subscriber),
        ),
        (_open("button.time", "time"), _open("button.days", "days"), _open("button.city", "city")),
        (Button(label=words("button.following"), data=pack("following")), _plain(*flow)),
    )


def _open(label: str, what: str) -> Button:
    return Button(label=words(label), data=pack("settings", what))


def _plain(label: str, verb: str) -> Button:
    return Button(label=words(label), data=pack(verb))


async def on_settings(ask: Context, press: Press) -> None:
    """One of them was opened."""
    subscriber = await ask.subscriber()
    back = (Button(label=words("button.back"), data=pack("settings")),)
    match press.word(0):
        case "time":
            await ask.show(phrase("time.ask"), *time_buttons(), back)
        case "days":
            asked = lines(phrase("days.ask"), phrase("days.set", days=days_in_words(subscriber.days)))
            await ask.show(asked, *day_buttons(subscriber), back)
        case "city":
            await ask.show(phrase("timezone.ask"), *city_buttons(), back)
        case _:
            await run(ask, "")


COMMAND = Command(name="settings", run=run, who=Who.OWNERS, presses={"settings": on_settings})
