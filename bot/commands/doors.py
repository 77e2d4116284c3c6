"""/open, /close and /invite: to whom the bot talks besides its administrators."""

from dataclasses import replace

from telegram.helpers import create_deep_linked_url

from bot.access import new_code
from bot.audit import note
from bot.command import Command, Who
from bot.context import CHANNEL, Context
from bot.markup import link, text
from bot.phrases.speak import phrase
from digests.models import Subscriber, SubscriberState


async def open_bot(ask: Context, _: str) -> None:
    """Everybody may come in."""
    await ask.change_access(lambda kept: replace(kept, is_open=True))
    note(ask.user, "opened the bot")
    await ask.say(phrase("doors.opened"))


async def close_bot(ask: Context, _: str) -> None:
    """Only those who are in already, and the invited: whoever is sent briefings must be able to change and end that."""
    if ask.house.is_sandbox:
        await ask.say(phrase("doors.sandbox"))
        return
    async with ask.store.read() as books:
        chats = [_chat(each) for each in await books.subscribers.all() if _is_in(each)]
    await ask.change_access(lambda kept: replace(kept, is_open=False).welcome(*chats))
    note(ask.user, f"closed the bot; {len(set(chats))} chats are in")
    await ask.say(phrase("doors.closed"))


def _is_in(subscriber: Subscriber) -> bool:
    return subscriber.channel == CHANNEL and subscriber.state not in (SubscriberState.STOPPED, SubscriberState.GONE)


def _chat(subscriber: Subscriber) -> int:
    return int(subscriber.address.partition("/")[0])


async def invite(ask: Context, _: str) -> None:
    """A link that lets one chat in."""
    code = new_code()
    await ask.change_access(lambda kept: kept.with_invite(code))
    note(ask.user, "made an invitation")
    address = create_deep_linked_url(ask.house.username, code)
    await ask.say(phrase("doors.invite", link=link(text(address), address)))


OPEN = Command(name="open", run=open_bot, who=Who.ADMINS)
CLOSE = Command(name="close", run=close_bot, who=Who.ADMINS)
INVITE = Command(name="invite", run=invite, who=Who.ADMINS)
