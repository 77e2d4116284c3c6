"""/names: which forms of a name are which actor; administrators add and remove."""

from bot import listings
from bot.command import Command, Who
from bot.context import Context
from digests.names import NAMES


async def run(ask: Context, rest: str) -> None:
    """The table; "add Actor: form, form" and "remove NAME" change it."""
    await listings.run(ask, rest, NAMES, removed="listing.names_removed")


COMMAND = Command(name="names", run=run, who=Who.ADMINS)
