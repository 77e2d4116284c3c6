"""What an update asks for, and whether its sender may: commands, presses, plain words, comings and goings."""

import logging
import re
from datetime import timedelta
from typing import Final

from rapidfuzz import fuzz, process
from telegram import Message as Posted
from telegram.constants import ChatMemberStatus

from bot import access as doors
from bot.access import Access
from bot.command import Command, Who
from bot.commands import words as plain_words
from bot.context import CHANNEL, Context
from bot.markup import Row, own
from bot.owners import owns_settings
from bot.phrases.speak import phrase, words
from bot.press import parse
from digests.store.base import Store

LOG = logging.getLogger(__name__)
TOO_OLD: Final = timedelta(minutes=10)
LONGEST: Final = 256  # characters of what follows a command that are looked at
LEAVING: Final = ("stop", "pause")  # commands
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+|$)")


async def on_message(_: object, ask: Context) -> None:
    """A message was written, here or in a channel that we belong to."""
    post = ask.happened.effective_message
    if post is None or post.forward_origin is not None:
        return
    if post.migrate_to_chat_id is not None:
        await _move(ask, post.migrate_to_chat_id)
        return
    if not post.text:
        return
    asked = _COMMAND.match(post.text)
    if asked is None:
        await _on_words(ask, post)
    elif asked.group(2) is None or asked.group(2).lower() == ask.house.username.lower():
        await _on_command(ask, post, asked.group(1).lower(), post.text[asked.end() :].strip()[:LONGEST])


async def _on_command(ask: Context, post: Posted, name: str, rest: str) -> None:
    command = ask.house.commands.get(name)
    if command is not None and not command.always and ask.now - post.date > TOO_OLD:
        await _skip_old(ask)
        return
    access = await ask.access()
    if not _is_served(ask, access) and name != "start" and not await _may_leave(ask, command):
        if ask.is_private:
            await ask.say(phrase("access.closed"))
    elif command is None:
        if ask.is_private:
            await ask.say(_unknown(ask, name))
    elif (refusal := await _refusal(ask, access, command)) is not None:
        await ask.say(phrase(refusal))
    else:
        await command.run(ask, rest)


async def _on_words(ask: Context, post: Posted) -> None:
    """Plain words are taken as a question in a private chat, and left alone among several people."""
    if not ask.is_private or post.text is None:
        return
    if ask.now - post.date > TOO_OLD:
        await _skip_old(ask)
    elif _is_served(ask, await ask.access()):
        await plain_words.run(ask, post.text.strip()[:LONGEST])
    else:
        await ask.say(phrase("access.closed"))


async def on_press(_: object, ask: Context) -> None:
    """A button was pressed. What it sends is not trusted: it is parsed, and its presser is asked for again."""
    query = ask.query
    press = parse(query.data) if query else None
    command = _command_of(ask, press.verb) if press else None
    if query is None or query.message is None:
        return
    if press is None or command is None or ask.post is None:
        await ask.nod(words("press.expired"))
        return
    access = await ask.access()
    is_served = _is_served(ask, access) or await _may_leave(ask, command)
    refusal = await _refusal(ask, access, command) if is_served else "access.closed"
    if refusal is not None:
        await ask.nod(words(refusal))
        return
    await command.presses[press.verb](ask, press)
    await ask.nod()


async def on_membership(_: object, ask: Context) -> None:
    """We were added, removed, blocked or unblocked."""
    change = ask.happened.my_chat_member
    if change is None or change.new_chat_member.status not in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        ask.house.admins_of.pop(ask.chat.id, None)
        return
    await mark_gone(ask.store, ask.chat.id, "blocked" if ask.is_private else "removed")


async def mark_gone(store: Store, chat: int, why: str) -> None:
    """Nothing more is sent to a chat or its topics until it writes again."""
    async with store.write() as books:
        for subscriber in await books.subscribers.active():
            if subscriber.channel == CHANNEL and subscriber.address.partition("/")[0] == str(chat):
                await books.subscribers.mark_gone(subscriber.id, why)


async def _move(ask: Context, new: int) -> None:
    """A group has become a supergroup: its settings follow it to its new number."""
    async with ask.store.write() as books:
        known = await books.subscribers.at(CHANNEL, str(ask.chat.id))
        if known is not None:
            await books.subscribers.move(known.id, str(new))
        old = await doors.load(books)
        if (moved := old.moved(ask.chat.id, new)) != old:
            await doors.keep(books, moved)


def _is_served(ask: Context, access: Access) -> bool:
    return access.admits(chat=ask.chat.id, user=ask.user.id if ask.user else None)


async def _may_leave(ask: Context, command: Command | None) -> bool:
    """Whoever has ever been let in may always leave, also when the bot is closed to them now."""
    return command is not None and command.name in LEAVING and (await ask.subscriber()).id != 0


async def _refusal(ask: Context, access: Access, command: Command) -> str | None:
    """The phrase with which a command is refused to this person, or None."""
    if command.who is Who.ADMINS:
        if not access.is_admin(ask.user.id if ask.user else None):
            return "access.admins_only"
        return None if ask.is_private else "access.private_only"
    if command.who is Who.OWNERS and not await owns_settings(ask):
        return "access.owners_only"
    return None


def _command_of(ask: Context, verb: str) -> Command | None:
    return next((command for command in ask.house.commands.values() if verb in command.presses), None)


def _unknown(ask: Context, name: str) -> Row:
    listed = [command.name for command in ask.house.commands.values() if command.listed]
    near = process.extractOne(name, listed, scorer=fuzz.ratio, score_cutoff=60)
    return phrase("unknown.near_command", command=own(f"/{near[0]}")) if near else phrase("unknown.command")


async def _skip_old(ask: Context) -> None:
    """One line for all that was asked while the bot was away: it is settled by the first of them."""
    mine = f"away:{ask.address}"
    last = ask.bot_data.get(mine)
    if last is None or ask.now - last > TOO_OLD:
        ask.bot_data[mine] = ask.now
        await ask.say(phrase("unknown.away"))
