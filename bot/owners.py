"""To whom a chat's settings belong: to the person in a private chat, elsewhere to the chat's administrators."""

import time

from telegram import Message as Posted
from telegram.constants import ChatType
from telegram.error import TelegramError

from bot.context import Context

FRESH = 60.0  # seconds that a list of administrators is believed
ANONYMOUS = 1087968824  # Telegram's stand-in for an administrator who writes as the group


async def owns_settings(ask: Context) -> bool:
    """Whether the sender or presser may change this chat's settings; no, where Telegram doesn't say."""
    if ask.is_private:
        return True
    if ask.query is None and (post := ask.happened.effective_message) is not None and post.sender_chat is not None:
        return _writes_as_chat(ask, post)
    user = ask.user
    return user is not None and user.id != ANONYMOUS and user.id in await _administrators(ask)


def _writes_as_chat(ask: Context, post: Posted) -> bool:
    """Only administrators can write as their own group or channel; a linked or foreign channel is nobody here."""
    return post.sender_chat is not None and post.sender_chat.id == ask.chat.id and ask.chat.type != ChatType.PRIVATE


async def _administrators(ask: Context) -> frozenset[int]:
    known = ask.house.admins_of
    asked_at, ids = known.get(ask.chat.id, (-FRESH, frozenset[int]()))
    if time.monotonic() - asked_at < FRESH:
        return ids
    try:
        members = await ask.bot.get_chat_administrators(ask.chat.id)
    except TelegramError:
        return frozenset()
    ids = frozenset(member.user.id for member in members)
    known[ask.chat.id] = (time.monotonic(), ids)
    return ids
