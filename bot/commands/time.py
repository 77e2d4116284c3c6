"""/time: at what local time the briefing comes."""

import re
from datetime import time

from bot.command import Command, Who
from bot.context import Context
from bot.markup import lines
from bot.message import Button, Buttons
from bot.phrases.speak import phrase, words
from bot.press import Press, pack
from bot.schedule import next_line, set_time
from bot.when import clock

_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2})|h)?\s*([ap])?\.?(?:m\.?)?", re.IGNORECASE)
OFFERED = tuple(time(*at) for at in ((6, 0), (6, 30), (7, 0), (7, 30), (8, 0), (9, 0), (13, 0), (18, 0), (21, 0)))


async def run(ask: Context, rest: str) -> None:
    """Set the time, or offer some."""
    at = parse_time(rest)
    if at is not None:
        await settle(ask, at)
    elif rest:
        await ask.say(phrase("time.unreadable", asked=rest), *time_buttons())
    else:
        subscriber = await ask.subscriber()
        await ask.say(lines(phrase("time.ask"), await next_line(ask, subscriber)), *time_buttons())


async def settle(ask: Context, at: time) -> None:
    """Take this time, and say when the next briefing comes."""
    subscriber = await set_time(ask, at)
    await ask.show(lines(phrase("time.set", time=clock(at)), await next_line(ask, subscriber)))


async def on_time(ask: Context, press: Press) -> None:
    """A time was tapped."""
    at = parse_time(press.word(0) or "")
    if at is None:
        await ask.nod(words("press.expired"))
        return
    await settle(ask, at)


def time_buttons() -> Buttons:
    """Some times of day."""
    buttons = [Button(label=clock(at), data=pack("time", f"{at.hour:02}.{at.minute:02}")) for at in OFFERED]
    return tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))


def parse_time(typed: str) -> time | None:
    """A time of day as people write it: "7:30", "07.30", "0730", "7 pm", "19h"; None when it is none."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


COMMAND = Command(name="time", run=run, who=Who.OWNERS, presses={"time": on_time}, always=True)
