"""/search: articles that have the words."""

from bot import answers
from bot.command import Command
from bot.context import Context
from bot.phrases.speak import phrase
from bot.when import zone_of
from digests.flows import answer


async def run(ask: Context, rest: str) -> None:
    """Search the last month."""
    if not rest:
        await ask.say(phrase("search.ask"))
        return
    found = await answer.search(ask.store, rest, now=ask.now)
    if not found:
        await ask.say(phrase("search.none", asked=rest))
        return
    await ask.say(answers.hits(found, rest, zone=zone_of(await ask.subscriber())))


COMMAND = Command(name="search", run=run)
