"""/start: welcome, a briefing at once, then /setup. Codes with it claim the bot or come from an invitation."""

from bot.access import same_code
from bot.command import Command
from bot.commands import brief, setup
from bot.context import Context, settled
from bot.markup import lines
from bot.owners import owns_settings
from bot.phrases.speak import phrase
from bot.schedule import next_line


async def run(ask: Context, rest: str) -> None:
    """Let the chat in where it may come in, then greet it and tell it the news."""
    if not await _let_in(ask, rest.strip()):
        await ask.say(phrase("access.closed"))
        return
    is_owner = await owns_settings(ask)
    subscriber = await ask.change(settled) if is_owner else await ask.subscriber()
    if subscriber.zone is not None:
        await ask.say(lines(phrase("start.back"), await next_line(ask, subscriber)))
        await brief.run(ask, "")
        return
    await ask.say(phrase("start.sandbox") if ask.house.is_sandbox else phrase("start.welcome"))
    await brief.run(ask, "")
    if is_owner:
        await setup.run(ask, "")


async def _let_in(ask: Context, code: str) -> bool:
    user = ask.user.id if ask.user else None
    known = await ask.access()
    if ask.house.claim and user and ask.is_private and same_code(code, ask.house.claim):
        await ask.change_access(lambda kept: kept.with_admin(user))
        ask.house.claim = None
        await ask.say(phrase("access.claimed"))
        return True
    invite = next((invite for invite in known.invites if same_code(code, invite)), None)
    if known.admits(chat=ask.chat.id, user=user) or invite or (user is not None and user in known.guests):
        if not known.is_open and ask.chat.id not in known.guests and not known.is_admin(ask.chat.id):
            await ask.change_access(lambda kept: kept.welcome(ask.chat.id, invite))
        return True
    return False


COMMAND = Command(name="start", run=run, always=True)
