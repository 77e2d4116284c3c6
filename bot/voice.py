"""Saying something to a chat: sends and edits messages, and meets Telegram's refusals the same way everywhere."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions
from telegram import Message as Posted
from telegram.constants import ParseMode
from telegram.error import BadRequest, RetryAfter

from bot.message import Message
from digests.channels.pace import Pace

LOG = logging.getLogger(__name__)
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_LONGEST_WAIT = 60.0  # seconds; whoever asked has given up by then
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "message is too old")


class Voice:
    """Speaks for the bot, in turn with everything else that is sent (`Pace`)."""

    def __init__(self, bot: Bot, pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    async def say(self, address: str, message: Message) -> Posted:
        """Send a message. Raises telegram.error.TelegramError when it can't be sent."""
        return await self._in_turn(address, message, None)

    async def edit(self, address: str, message_id: int, message: Message) -> None:
        """Change a message in place; send a new one where the old can't be changed any more, or to show a picture."""
        try:
            await self._in_turn(address, message, message_id)
        except BadRequest as error:
            reason = error.message.lower()
            if any(gone in reason for gone in _GONE):
                await self._in_turn(address, message, None)
            elif "not modified" not in reason:
                raise

    async def hand(self, address: str, name: str, content: bytes, caption: Message) -> Posted:
        """Send a file. Raises telegram.error.TelegramError when it can't be sent."""
        chat, _, thread = address.partition("/")

        async def put() -> Posted:
            return await self._bot.send_document(
                int(chat),
                content,
                filename=name,
                caption=caption.html,
                parse_mode=ParseMode.HTML,
                message_thread_id=int(thread) if thread else None,
            )

        return await self._wait(address, put)

    async def _in_turn(self, address: str, message: Message, message_id: int | None) -> Posted:
        return await self._wait(address, partial(self._put, address, message, message_id))

    async def _wait(self, address: str, put: Callable[[], Awaitable[Posted]]) -> Posted:
        await self._pace.turn(address, interactive=True)
        try:
            return await put()
        except RetryAfter as error:
            wait = seconds_of(error)
            self._pace.halt(address, timedelta(seconds=wait))
            if wait > _LONGEST_WAIT:
                raise
            await asyncio.sleep(wait)
            return await put()

    async def _put(self, address: str, message: Message, message_id: int | None) -> Posted:
        try:
            return await self._call(address, message, message_id, as_html=True)
        except BadRequest as error:
            if "can't parse entities" not in error.message.lower():
                raise
            LOG.error("Telegram could not read our markup (%s): sent as plain text", error.message)
            return await self._call(address, message, message_id, as_html=False)

    async def _call(self, address: str, message: Message, message_id: int | None, *, as_html: bool) -> Posted:
        chat, _, thread = address.partition("/")
        text, mode = (message.html, ParseMode.HTML) if as_html else (message.plain, None)
        if message.photo is not None:
            return await self._bot.send_photo(
                int(chat),
                InputFile(message.photo, filename="picture.png"),
                caption=text,
                parse_mode=mode,
                message_thread_id=int(thread) if thread else None,
                reply_markup=_keyboard(message),
            )
        if message_id is None:
            return await self._bot.send_message(
                int(chat),
                text,
                parse_mode=mode,
                message_thread_id=int(thread) if thread else None,
                reply_markup=_keyboard(message),
                link_preview_options=_NO_PREVIEW,
            )
        edited = await self._bot.edit_message_text(
            text,
            int(chat),
            message_id,
            parse_mode=mode,
            reply_markup=_keyboard(message),
            link_preview_options=_NO_PREVIEW,
        )
        if not isinstance(edited, Posted):
            raise BadRequest("message to edit not found")
        return edited


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    after = error.retry_after  # an int, or a timedelta where PTB_TIMEDELTA is set
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    if not message.buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(button.label, callback_data=button.data, url=button.url) for button in line]
            for line in message.buttons
        ]
    )
