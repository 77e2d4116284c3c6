"""/days: on which days of the week the briefing comes."""

import re

from bot.command import Command, Who
from bot.context import Context
from bot.markup import Row, lines
from bot.message import Button, Buttons
from bot.phrases.speak import phrase, words
from bot.press import Press, pack
from bot.schedule import next_line, set_days
from bot.when import DAYS, days_in_words
from digests.models import Subscriber

EVERY, WORK, WEEKEND = frozenset(range(1, 8)), frozenset(range(1, 6)), frozenset({6, 7})
_NAMED = {
    **dict.fromkeys(("all", "every", "everyday", "daily"), EVERY),
    **dict.fromkeys(("weekdays", "workdays"), WORK),
    **dict.fromkeys(("weekend", "weekends"), WEEKEND),
}
_JOINING = {"and", "day", "days", "on"}


async def run(ask: Context, rest: str) -> None:
    """Set the days, or show them as buttons."""
    days = parse_days(rest)
    if days:
        subscriber = await set_days(ask, days)
        await ask.say(await _state(ask, subscriber), *day_buttons(subscriber))
    else:
        subscriber = await ask.subscriber()
        asked = phrase("days.unreadable", asked=rest) if rest else phrase("days.ask")
        await ask.say(lines(asked, await _state(ask, subscriber)), *day_buttons(subscriber))


async def on_days(ask: Context, press: Press) -> None:
    """Days were tapped; the button says all of them, so pressing it twice changes nothing more."""
    days = frozenset(int(digit) for digit in press.word(0) or "" if digit in "1234567")
    if not days:
        await ask.nod(words("days.one_at_least"))
        return
    subscriber = await set_days(ask, days)
    await ask.show(await _state(ask, subscriber), *day_buttons(subscriber))


async def _state(ask: Context, subscriber: Subscriber) -> Row:
    return lines(phrase("days.set", days=days_in_words(subscriber.days)), await next_line(ask, subscriber))


def day_buttons(subscriber: Subscriber) -> Buttons:
    """Each day with a tick where it is chosen; pressing one sends the days as they would then be."""
    buttons = []
    for number, name in enumerate(DAYS, 1):
        chosen = number in subscriber.days
        then = subscriber.days - {number} if chosen else subscriber.days | {number}
        buttons.append(Button(label=f"✓ {name}" if chosen else name, data=_data(then)))
    named = (
        Button(label=words("days.every"), data=_data(EVERY)),
        Button(label=words("days.work"), data=_data(WORK)),
    )
    return (tuple(buttons[:4]), tuple(buttons[4:]), named)


def _data(days: frozenset[int]) -> str:
    return pack("days", "".join(str(number) for number in sorted(days)))


def parse_days(typed: str) -> frozenset[int]:
    """Days as people write them: "mon wed fri", "mon-fri", "weekdays", "daily"; none when a word is no day."""
    found: set[int] = set()
    for word in re.findall(r"[^\s,;]+", typed.lower().replace("–", "-").replace(" - ", "-").replace(" to ", "-")):
        if word in _JOINING:
            continue
        if word in _NAMED:
            found |= _NAMED[word]
            continue
        numbers = [_number(part) for part in word.split("-")]
        if None in numbers or len(numbers) > 2:
            return frozenset()
        first, last = numbers[0] or 1, numbers[-1] or 1
        found |= {(first - 1 + step) % 7 + 1 for step in range((last - first) % 7 + 1)}
    return frozenset(found)


def _number(word: str) -> int | None:
    """A day's ISO number by its name or the first three letters of it."""
    begun = [number for number, name in enumerate(DAYS, 1) if len(word) >= 3 and word.startswith(name.lower())]
    return begun[0] if begun else None


COMMAND = Command(name="days", run=run, who=Who.OWNERS, presses={"days": on_days}, always=True)
