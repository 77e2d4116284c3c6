"""Asking back when a name is nobody's or several people's, and finding what an earlier message was about."""

from bot import answers
from bot.context import Context
from bot.phrases.speak import phrase
from digests.editorial.actors import Found, Nobody, Several
from digests.models import Edition


async def ask_back(ask: Context, found: Found, asked: str, verb: str, *rest: str | int) -> None:
    """Offer those whom a name may mean, or those with nearly this name; each button sends `verb` and the actor."""
    if isinstance(found, Several):
        await ask.say(answers.choice(phrase("known.which", asked=asked), found.actors, verb, *rest))
        return
    nearest = found.nearest if isinstance(found, Nobody) else ()
    if len(nearest) == 1:
        await ask.say(answers.choice(phrase("known.mean_one", name=nearest[0].name), nearest, verb, *rest))
    elif nearest:
        await ask.say(answers.choice(phrase("known.mean", asked=asked), nearest, verb, *rest))
    else:
        await ask.say(phrase("known.nobody", asked=asked))


async def edition(ask: Context, edition_id: int) -> Edition | None:
    """The edition that a button belongs to, while it is kept."""
    async with ask.store.read() as books:
        return await books.editions.get(edition_id)


def place_of_story(told: Edition, story_id: str | None) -> int | None:
    """Where a story stands in its edition, from 1."""
    return next((place for place, story in enumerate(told.stories, 1) if story.id == story_id), None)


async def no_story(ask: Context, place: int | None) -> None:
    """Say that there is no such story, and what there is."""
    subscriber = await ask.subscriber()
    last = await edition(ask, subscriber.last_edition) if subscriber.last_edition else None
    if last is None or not last.stories:
        await ask.say(phrase("story.none_yet"))
    elif place is None:
        await ask.say(phrase("story.ask", n=len(last.stories)))
    else:
        await ask.say(phrase("story.no_such", asked=place, n=len(last.stories)))
