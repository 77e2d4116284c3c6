"""How the bot presents itself in Telegram: its menu of commands and its description, set only when they changed."""

import hashlib
import logging
from collections.abc import Iterable

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.command import Command, Who
from bot.phrases.speak import words
from digests.store.base import Store

LOG = logging.getLogger(__name__)
NOTE = "profile"


async def present(bot: Bot, store: Store, commands: Iterable[Command]) -> bool:
    """Tell Telegram, unless the store notes that this bot was presented just so; whether something was told."""
    menu = [(command.name, command.about) for command in commands if command.listed and command.who is not Who.ADMINS]
    about, short = words("profile.about"), words("profile.short")
    mark = hashlib.sha256(repr((bot.id, menu, about, short)).encode()).hexdigest()[:16]
    async with store.read() as books:
        if await books.notes.get(NOTE) == mark:
            return False
    try:
        await bot.set_my_commands([BotCommand(name, text) for name, text in menu])
        await bot.set_my_description(about)
        await bot.set_my_short_description(short)
    except TelegramError as error:
        LOG.warning("the menu of commands could not be set: %s", type(error).__name__)
        return False
    async with store.write() as books:
        await books.notes.set(NOTE, mark)
    return True
