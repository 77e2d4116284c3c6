"""/timezone: where the reader is, by the name of a city, a country or a zone; several of that name become buttons."""

from typing import Final

from bot.command import Command, Who
from bot.context import Context
from bot.lines import clip
from bot.markup import lines
from bot.message import Button, Buttons
from bot.phrases.speak import phrase, words
from bot.press import MOST_BYTES, Press, pack
from bot.schedule import next_line, set_place
from digests.languages.places import Place, find

OFFERED: Final = ("London", "Brussels", "Istanbul", "Cairo", "Nairobi", "New York", "New Delhi", "Beijing", "Tokyo")


async def run(ask: Context, rest: str) -> None:
    """Set the zone by a name, or ask which is meant."""
    if not rest:
        subscriber = await ask.subscriber()
        await ask.say(lines(phrase("timezone.ask"), await next_line(ask, subscriber)), *city_buttons())
        return
    places = find(rest)
    if len(places) == 1 and not places[0].near:
        await settle(ask, places[0])
    elif places:
        question = phrase("timezone.near", asked=rest) if places[0].near else phrase("timezone.which", asked=rest)
        await ask.say(question, *place_buttons(places))
    else:
        await ask.say(phrase("timezone.unknown", asked=rest))


async def settle(ask: Context, place: Place) -> None:
    """Take this place, and say when the next briefing comes."""
    is_first = (await ask.subscriber()).zone is None
    subscriber = await set_place(ask, place)
    said = phrase("timezone.set", place=place.label, zone=place.zone)
    await ask.show(lines(said, await next_line(ask, subscriber), phrase("start.done") if is_first else None))


async def on_place(ask: Context, press: Press) -> None:
    """A place was tapped: its zone travels along, and its name where that is needed."""
    zone, name = press.word(0), (press.word(1) or "").replace("_", " ")
    found = find(zone or "")
    place = next((each for each in find(name) if each.zone == zone), None) or (found[0] if found else None)
    if place is None or place.near or place.zone != zone:
        await ask.nod(words("press.expired"))
        return
    await settle(ask, place)


def place_buttons(places: tuple[Place, ...]) -> Buttons:
    """A button for each place, under one another."""
    return tuple((Button(label=clip(place.label, 40), data=_data(place)),) for place in places)


def city_buttons() -> Buttons:
    """Some cities around the world; everybody else types theirs."""
    places = [next(iter(find(name))) for name in OFFERED]
    buttons = [Button(label=place.name, data=_data(place)) for place in places]
    return tuple(tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3))


def _data(place: Place) -> str:
    """Zone and name where both fit, else the zone alone."""
    name = place.name.replace(" ", "_")
    fits = name.isascii() and all(char.isalnum() or char in "_.-" for char in name)
    if fits and len(f"place:{place.zone}:{name}") <= MOST_BYTES:
        return pack("place", place.zone, name)
    return pack("place", place.zone)


COMMAND = Command(name="timezone", run=run, who=Who.OWNERS, presses={"place": on_place}, always=True)
