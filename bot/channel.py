"""Telegram as a channel: a delivery's payload becomes a message, and Telegram's answer an outcome.

Every error of the library is told apart here and nowhere else, narrowest class first, by one question: was it sent?
What follows from an outcome is left to digests/flows/deliver.py; how a briefing looks, to render.py.
"""

import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.render import briefing
from digests.channels.base import Gone, Later, Moved, Outcome, Refused, Sent, Unclear
from digests.errors import ChannelClosed
from digests.models import Delivery, Edition, Subscriber

log = logging.getLogger(__name__)

# How long to wait comes as a timedelta then, which the library will do anyway one day and until then warns of.
os.environ.setdefault("PTB_TIMEDELTA", "true")

NAME = "telegram"

_NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""Causes that lie before the first byte of the request; any other cause may lie after Telegram took the message."""

_NO_PLACE = (
    "chat not found",
    "not enough rights",
    "have no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "user_is_blocked",
    "group is deactivated",
)
_NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
_NO_MARKUP = ("can't parse entities",)

_FLOOD_REST = timedelta(seconds=5)  # a 429 that does not say how long
_LOST_REST = timedelta(seconds=30)  # something between us and Telegram answers in its place
_TOGETHER = 2.0  # seconds: floods of two chats this close mean all of us
_PATIENCE = 20.0  # seconds to wait for an answer; a slow answer is not a lost one
_CONNECT, _WRITE, _POOL = 5.0, 10.0, 5.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """A delivery as Telegram takes it."""

    key: str
    chat: int
    thread: int | None
    html: str
    plain: str
    buttons: InlineKeyboardMarkup | None
    as_html: bool = True


class TelegramChannel:
    """The channel contract for Telegram. It waits `patience` seconds for an answer; `clock` never goes back."""

    def __init__(self, bot: Bot, *, patience: float = _PATIENCE, clock: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._patience = patience
        self._clock = clock
        self._flooded: dict[str, float] = {}

    @property
    def name(self) -> str:
        """As kept in `Subscriber.channel`."""
        return NAME

    def render(self, edition: Edition, subscriber: Subscriber, *, now: datetime, planned_at: datetime) -> str:
        """The briefing as a payload (bot/message.py); an edition's stories are told as they are."""
        return briefing(edition, subscriber, now=now, planned_at=planned_at)

    async def send(self, delivery: Delivery) -> Outcome:
        """Send it once; once more without markup, or outside its topic, where Telegram refused only that.

        Raises ChannelClosed when the token is worth nothing any more.
        """
        try:
            letter = _letter(delivery)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            return Refused(why=f"not a message: {type(error).__name__}")
        return await self._post(letter)

    async def _post(self, letter: _Letter) -> Outcome:
        try:
            posted = await self._bot.send_message(
                letter.chat,
                letter.html if letter.as_html else letter.plain,
                parse_mode=ParseMode.HTML if letter.as_html else None,
                message_thread_id=letter.thread,
                reply_markup=letter.buttons,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                read_timeout=self._patience,
                connect_timeout=_CONNECT,
                write_timeout=_WRITE,
                pool_timeout=_POOL,
            )
        except TelegramError as error:
            if other := _otherwise(letter, error):
                log.error("delivery %s: %s; sent again without that", letter.key, _words(error))
                return await self._post(other)
            return self._outcome(letter, error)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            # An answer with status 200 that is not what the Bot API promises: the library trips over it.
            return Unclear(why=f"answer not understood: {type(error).__name__}")
        return Sent(message_id=str(posted.message_id))

    def _outcome(self, letter: _Letter, error: TelegramError) -> Outcome:
        match error:
            case RetryAfter():
                return self._flood(letter, _span(error))
            case ChatMigrated(new_chat_id=chat):
                return Moved(address=str(chat))
            case Forbidden():
                return Gone(why=_words(error))
            case InvalidToken():
                return _closed(error)
            case BadRequest():
                return _refused(error)
            case NetworkError():
                return self._network(letter, error)
            case _:
                return Unclear(why=_words(error))

    def _network(self, letter: _Letter, error: NetworkError) -> Outcome:
        cause = error.__cause__
        words = _words(error)
        if isinstance(cause, _NOT_SENT):
            return Later(after=timedelta(0), why=f"not connected: {type(cause).__name__}")
        if isinstance(cause, httpx.HTTPError):
            return Unclear(why=type(cause).__name__)
        if "too many requests" in words.lower():
            return self._flood(letter, _FLOOD_REST)
        if "entity too large" in words.lower():
            return Refused(why=words)
        return Unclear(why=words)

    def _flood(self, letter: _Letter, span: timedelta) -> Later:
        """One chat that floods waits alone; when others were told to wait just now, all of us are meant."""
        now, chat = self._clock(), str(letter.chat)
        self._flooded = {name: at for name, at in self._flooded.items() if now - at < _TOGETHER}
        self._flooded[chat] = now
        return Later(after=span, why="flood limit", everyone=len(self._flooded) > 1, counted=False)


def _letter(delivery: Delivery) -> _Letter:
    """Raises ValueError and its like for a payload or an address that is none of ours."""
    chat, _, thread = delivery.address.partition("/")
    payload = json.loads(delivery.payload)
    buttons = payload.get("reply_markup")
    return _Letter(
        key=delivery.slot_key,
        chat=int(chat),
        thread=int(thread) if thread else None,
        html=payload["text"],
        plain=payload["plain"],
        buttons=InlineKeyboardMarkup.de_json(buttons) if buttons else None,
    )


def _otherwise(letter: _Letter, error: TelegramError) -> _Letter | None:
    """The same letter without what Telegram objects to, where there is something to leave out."""
    if not isinstance(error, BadRequest):
        return None
    if letter.as_html and _says(error, _NO_MARKUP):
        return replace(letter, as_html=False)
    if letter.thread is not None and _says(error, _NO_TOPIC):
        return replace(letter, thread=None)
    return None


def _closed(error: InvalidToken) -> Outcome:
    # The library says InvalidToken for 401 and for any 404, which a proxy on the way may answer as well.
    if "unauthorized" in error.message.lower() or error.message == "Invalid token":
        raise ChannelClosed(
            "Telegram refuses the bot token (401): was it revoked? @BotFather gives a new one"
        ) from None
    return Later(after=_LOST_REST, why=f"not Telegram's answer: {_words(error)}")


def _refused(error: BadRequest) -> Outcome:
    return Gone(why=_words(error)) if _says(error, _NO_PLACE) else Refused(why=_words(error))


def has_no_place(error: TelegramError) -> bool:
    """Whether Telegram says that we can't write there: nobody's mistake, and another try won't help."""
    return _says(error, _NO_PLACE + _NO_TOPIC)


def _says(error: TelegramError, phrases: tuple[str, ...]) -> bool:
    said = error.message.lower()
    return any(phrase in said for phrase in phrases)


def _words(error: TelegramError) -> str:
    """Telegram's words in one short line; of an answer that is none of Telegram's, only its status."""
    return " ".join(error.message.partition(". Parsing the server response")[0].split())[:200]


def _span(error: RetryAfter) -> timedelta:
    after = error.retry_after  # an int, or a timedelta where PTB_TIMEDELTA is set
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
