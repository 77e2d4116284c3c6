"""/actors: who is involved, or all about one actor; its buttons open cards."""

from bot import answers, known
from bot.command import Command
from bot.context import Context
from bot.interests import follows, of_actor
from bot.phrases.speak import phrase, words
from bot.press import Press
from digests.editorial.actors import One
from digests.flows import answer
from digests.models import Actor

LISTED = 40


async def run(ask: Context, rest: str) -> None:
    """The list of the last week, or the card of whoever is named; "2" means the actors of story 2."""
    if rest.isdigit() and len(rest) < 3:
        subscriber = await ask.subscriber()
        await _show_story(ask, subscriber.last_edition, int(rest), 1)
    elif rest:
        found = await answer.find_actor(ask.store, rest)
        if isinstance(found, One):
            await show_card(ask, found.actor)
        else:
            await known.ask_back(ask, found, rest, "actor")
    else:
        await _show_list(ask, 1)


async def show_card(ask: Context, actor: Actor) -> None:
    """One actor's card."""
    found = await answer.actor_card(ask.store, actor, now=ask.now, floor=ask.newsroom.settings.position_floor)
    followed = follows(await ask.subscriber(), of_actor(actor))
    await ask.say(answers.actor(found, follows=followed, days=answer.WEEK.days))


async def _show_list(ask: Context, number: int) -> None:
    floor = ask.newsroom.settings.position_floor
    cards = await answer.actors(ask.store, now=ask.now, window=answer.WEEK, floor=floor, limit=LISTED)
    title = phrase("actors.title", days=answer.WEEK.days)
    if not cards:
        await ask.show(phrase("actors.none", days=answer.WEEK.days))
        return
    await ask.show(answers.actors(cards, title, number=number, data=("actors",)))


async def _show_story(ask: Context, edition_id: int, place: int, number: int) -> None:
    told = await answer.story(ask.store, edition_id, place)
    if told is None:
        await known.no_story(ask, place)
        return
    floor = ask.newsroom.settings.position_floor
    cards = await answer.story_actors(ask.store, edition_id, place, now=ask.now, floor=floor)
    title = phrase("actors.of_story", n=place)
    data = ("cast", edition_id, told.id)
    await ask.say(answers.actors(cards, title, number=number, data=data))


async def on_actors(ask: Context, press: Press) -> None:
    """Another page of the list."""
    await _show_list(ask, press.number(0) or 1)


async def on_actor(ask: Context, press: Press) -> None:
    """An actor's button."""
    async with ask.store.read() as books:
        actor = await books.actors.get(press.number(0) or 0)
    if actor is None:
        await ask.nod(words("press.expired"))
        return
    await show_card(ask, actor)


async def on_cast(ask: Context, press: Press) -> None:
    """The actors of an edition, or of one of its stories."""
    edition_id, story_id = press.number(0) or 0, press.word(1)
    edition = await known.edition(ask, edition_id)
    if edition is None:
        await ask.nod(words("press.expired"))
        return
    place = known.place_of_story(edition, story_id)
    stories = edition.stories if place is None else edition.stories[place - 1 : place]
    ids = [citation.article_id for told in stories for citation in told.citations]
    floor = ask.newsroom.settings.position_floor
    cards = await answer.actors(ask.store, now=ask.now, window=answer.WEEK, floor=floor, article_ids=ids, limit=LISTED)
    title = phrase("actors.of_briefing") if place is None else phrase("actors.of_story", n=place)
    number = press.number(2)
    shown = answers.actors(cards, title, number=number or 1, data=("cast", edition_id, story_id or ""))
    await (ask.show(shown) if number else ask.say(shown))


COMMAND = Command(name="actors", run=run, presses={"actors": on_actors, "actor": on_actor, "cast": on_cast})
