"""/start: welcome, a briefing at once, then /setup. Codes with it claim the bot or come from an invitation."""

from bot.access import same_code
from bot.audit import note
from bot.command import Command
from bot.commands import brief, setup
from bot.context import Context, settled
from bot.markup import lines
from bot.owners import owns_settings
from bot.phrases.speak import phrase
from bot.schedule import next_line
from digests.errors import DigestsError


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
    greeting = phrase("start.sandbox") if ask.house.is_sandbox else phrase("start.welcome")
    await ask.say(lines(greeting, phrase("start.first" if is_owner else "start.first_only")))
    await brief.run(ask, "")
    if is_owner:
        await setup.run(ask, "")


async def _let_in(ask: Context, code: str) -> bool:
    if await _claims(ask, code):
        return True
    chat, access = ask.chat.id, await ask.access()
    if access.is_open or chat in access.guests or access.is_admin(chat):
        return True
    if access.is_admin(ask.user.id if ask.user else None):  # in a group or channel that is new to us
        await ask.change_access(lambda kept: kept.welcome(chat))
        note(ask.user, f"let chat {chat} in")
        return True
    if not any(same_code(code, invite) for invite in access.invites):
        return False
    # Looked at once more inside the transaction: of two who come at the same time, only one was invited.
    if chat not in (await ask.change_access(lambda kept: kept.invited(chat, code))).guests:
        return False
    note(ask.user, f"brought chat {chat} in by an invitation")
    return True


async def _claims(ask: Context, code: str) -> bool:
    """Whether this is the first administrator, who is told so."""
    claim, user = ask.house.claim, ask.user
    if claim is None or user is None or not ask.is_private or not same_code(code, claim):
        return False
    ask.house.claim = None  # before anything is waited for: nobody else can have it meanwhile
    try:
        await ask.change_access(lambda kept: kept.with_admin(user.id))
    except DigestsError:
        ask.house.claim = claim
        raise
    note(user, "claimed the bot and is its administrator")
    await ask.say(phrase("access.claimed"))
    return True


COMMAND = Command(name="start", run=run, always=True)
