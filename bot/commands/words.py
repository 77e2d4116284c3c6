"""Plain words in a private chat: a city, a time, a name, an issue or a greeting, where it is obvious which."""

from bot import answers, known
from bot.commands import actors, positions, start, time, timezone
from bot.commands import help as helping
from bot.context import Context
from bot.message import Button
from bot.phrases.speak import phrase
from bot.phrases.speak import words as bare
from bot.press import pack
from bot.when import zone_of
from digests.editorial.actors import Nobody, One, Several
from digests.flows import answer
from digests.languages.places import find
from digests.languages.world import name_states
from digests.text import fold

GREETINGS = (
    *("hi", "hello", "hey", "start", "hallo", "merhaba", "selam", "salam", "bonjour", "hola", "dear bot"),
    *("good morning", "good day", "good afternoon", "good evening"),
)
THANKS = ("thanks", "thank you", "many thanks", "thx", "cheers", "ok", "okay", "bye", "goodbye", "good night")
HELP = {"help", "who are you", "what are you", "what can you do", "what is this", "how does this work", "menu"}
BRIEF = (Button(label=bare("button.brief"), data=pack("brief")),)
SMALL = 5  # words of small talk at most: "hello there, dear bot"


async def run(ask: Context, typed: str) -> None:
    """The likeliest meaning first; what means nothing gets a helpful line."""
    subscriber = await ask.subscriber()
    if await _small_talk(ask, fold(typed), is_new=not subscriber.id):
        return
    at = time.parse_time(typed) if ":" in typed else None
    if at is not None:
        await time.settle(ask, at)
        return
    places = [place for place in find(typed) if not place.near]
    is_country = fold(typed) in {fold(name) for name in name_states()}  # more likely meant as an actor
    if places and subscriber.zone is None and not is_country:
        await timezone.run(ask, typed)
        return
    question = await answer.ask(ask.store, typed)
    if question.actor is None or question.issue:
        await positions.run(ask, typed)
    elif isinstance(question.actor, One):
        await actors.show_card(ask, question.actor.actor)
    elif isinstance(question.actor, Several):
        await known.ask_back(ask, question.actor, typed, "actor")
    elif places:
        await ask.say(phrase("words.city", place=places[0].label), *timezone.place_buttons(tuple(places)))
    else:
        await _unknown(ask, typed, question.actor)


async def _small_talk(ask: Context, said: str, *, is_new: bool) -> bool:
    """Answer a greeting, thanks or a cry for help; whether it was one."""

    def begins(openings: tuple[str, ...]) -> bool:
        return len(said.split()) <= SMALL and f"{said} ".startswith(tuple(f"{opening} " for opening in openings))

    if said in HELP:
        await helping.run(ask, "")
    elif begins(GREETINGS):
        await (start.run(ask, "") if is_new else ask.say(phrase("words.hello")))
    elif begins(THANKS):
        await ask.say(phrase("words.thanks"))
    else:
        return False
    return True


async def _unknown(ask: Context, typed: str, nobody: Nobody) -> None:
    if nobody.nearest:
        await known.ask_back(ask, nobody, typed, "actor")
        return
    found = await answer.search(ask.store, typed, now=ask.now, limit=5)
    if found:
        await ask.say(answers.hits(found, typed, zone=zone_of(await ask.subscriber())))
        return
    await ask.say(phrase("words.unknown"), BRIEF)
