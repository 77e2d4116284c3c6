"""/open, /close and /invite: to whom the bot talks besides its administrators."""

from dataclasses import replace

from telegram.helpers import create_deep_linked_url

from bot.access import new_code
from bot.command import Command, Who
from bot.context import Context
from bot.markup import link, text
from bot.phrases.speak import phrase


async def open_bot(ask: Context, _: str) -> None:
    """Everybody may come in."""
    await ask.change_access(lambda kept: replace(kept, is_open=True))
    await ask.say(phrase("doors.opened"))


async def close_bot(ask: Context, _: str) -> None:
    """Only those who are in already, and the invited."""
    if ask.house.is_sandbox:
        await ask.say(phrase("doors.sandbox"))
        return
    await ask.change_access(lambda kept: replace(kept, is_open=False))
    await ask.say(phrase("doors.closed"))


async def invite(ask: Context, _: str) -> None:
    """A link that lets one chat in."""
    code = new_code()
    await ask.change_access(lambda kept: kept.with_invite(code))
    address = create_deep_linked_url(ask.house.username, code)
    await ask.say(phrase("doors.invite", link=link(text(address), address)))


OPEN = Command(name="open", run=open_bot, who=Who.ADMINS)
CLOSE = Command(name="close", run=close_bot, who=Who.ADMINS)
INVITE = Command(name="invite", run=invite, who=Who.ADMINS)
