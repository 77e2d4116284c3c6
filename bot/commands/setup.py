"""/setup: three taps to a daily briefing: what to follow, when, and where (for the time zone)."""

from datetime import time
from typing import Final

from bot.command import Command, Who
from bot.commands.timezone import city_buttons
from bot.context import Context
from bot.interests import follows, of_actor, with_interest, without
from bot.lines import clip
from bot.markup import bold, lines
from bot.message import Button
from bot.phrases.speak import phrase, words
from bot.press import Press, pack
from bot.schedule import set_time
from bot.when import clock
from digests.flows import answer
from digests.models import Kind

TIMES: Final = (time(6, 30), time(7, 30), time(8, 30), time(12, 0), time(18, 0), time(21, 0))
OFFERED: Final = 9  # actors


async def run(ask: Context, _: str) -> None:
    """Begin with the interests."""
    await _ask_interests(ask)


async def _ask_interests(ask: Context) -> None:
    subscriber = await ask.subscriber()
    cards = await answer.actors(ask.store, now=ask.now, window=answer.WEEK, limit=30)
    chosen = [card.actor for card in cards if card.actor.kind is not Kind.GROUP][:OFFERED]
    buttons = []
    for actor in chosen:
        picked = follows(subscriber, of_actor(actor))
        label = f"✓ {clip(actor.name, 22)}" if picked else clip(actor.name, 24)
        buttons.append(Button(label=label, data=pack("pick", actor.id, 0 if picked else 1)))
    grid = tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))
    done = words("start.next") if subscriber.interests else words("start.everything")
    question = lines(bold(phrase("start.step", n=1)), phrase("start.interests"))
    await ask.show(question, *grid, (Button(label=done, data=pack("when")),))


async def on_pick(ask: Context, press: Press) -> None:
    """An interest was ticked or unticked; pressing twice changes nothing more."""
    actor_id, wanted = press.number(0), press.number(1)
    async with ask.store.read() as books:
        actor = await books.actors.get(actor_id) if actor_id else None
    if actor is None:
        await ask.nod(words("press.expired"))
        return
    interest = of_actor(actor)
    await ask.change(lambda known: with_interest(known, interest) if wanted else without(known, interest))
    await _ask_interests(ask)


async def on_when(ask: Context, _: Press) -> None:
    """Interests are settled: now the time."""
    buttons = [Button(label=clock(at), data=pack("where", f"{at.hour:02}{at.minute:02}")) for at in TIMES]
    await ask.show(lines(bold(phrase("start.step", n=2)), phrase("start.time")), tuple(buttons[:3]), tuple(buttons[3:]))


async def on_where(ask: Context, press: Press) -> None:
    """The time is settled: now the city, which is what nothing is scheduled without."""
    chosen = press.word(0) or ""
    if len(chosen) == 4 and chosen.isascii() and chosen.isdigit() and int(chosen[:2]) < 24 and int(chosen[2:]) < 60:
        await set_time(ask, time(int(chosen[:2]), int(chosen[2:])))
    question = phrase("start.city" if ask.is_private else "start.city_shared")  # plain words are not heard in a group
    await ask.show(lines(bold(phrase("start.step", n=3)), question), *city_buttons())


COMMAND = Command(name="setup", run=run, who=Who.OWNERS, presses={"pick": on_pick, "when": on_when, "where": on_where})
