"""/families: which publishers are one voice; administrators add and remove."""

from bot import listings
from bot.command import Command, Who
from bot.context import Context
from digests.editorial.families import FAMILIES


async def run(ask: Context, rest: str) -> None:
    """The table; "add Family: Publisher, Publisher" and "remove Name" change it."""
    await listings.run(ask, rest, FAMILIES)


COMMAND = Command(name="families", run=run, who=Who.ADMINS)
