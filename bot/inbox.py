"""From Telegram into the store's inbox: written down first, acknowledged after, so that no crash loses an update.

The next call to getUpdates acknowledges everything before its offset; it is made only when the batch before is in the
store. Handling what is kept is left to bot/worker.py. PTB's own updater acknowledges what it has only put into a queue.
"""

import asyncio
import json
import logging
import re
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.rates import Gate, Verdict
from bot.voice import seconds_of
from digests.errors import ChannelClosed, StoreInUse
from digests.models import Update
from digests.store.base import Store

LOG = logging.getLogger(__name__)
KINDS: Final = ["message", "channel_post", "callback_query", "my_chat_member"]
HOLD = 30  # seconds that Telegram holds a call open when there is nothing to tell
_CONFLICTS = 8  # in a row; Telegram also answers so for a moment when a bot is restarted
_LONGEST_PAUSE = 30.0
_LEAVING = re.compile(r"/(stop|pause)(?![A-Za-z0-9_])")

Raw = Mapping[str, Any]


class Poller:
    """Fetches updates for ever and keeps them; `arrived` is set after each batch."""

    def __init__(
        self,
        bot: Bot,
        store: Store,
        *,
        now: Callable[[], datetime],
        gate: Gate,
        on_flood: Callable[[Raw], None],
        arrived: asyncio.Event,
        hold: int = HOLD,
    ) -> None:
        self._bot = bot
        self._store = store
        self._now = now
        self._gate = gate
        self._on_flood = on_flood
        self._arrived = arrived
        self._hold = hold
        self._leaving = Gate(a_second=0.2, burst=5)  # nobody has to leave more often
        self._conflicts = 0
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled. Raises ChannelClosed when the token is refused, StoreInUse when another bot has it."""
        # PTB would rather have us call get_updates, but that loses a whole batch when one update can't be parsed.
        warnings.filterwarnings("ignore", message=r"Please use 'Bot\.getUpdates'")
        async with self._store.read() as books:
            offset = await books.inbox.next_offset()
        while True:
            batch = await self._fetch(offset)
            if batch:
                await self._keep(batch)
                offset = max(number for raw in batch if (number := id_of(raw)) is not None) + 1

    async def _fetch(self, offset: int | None) -> list[Raw]:
        """One call; a failure is met with a pause and comes back as an empty batch."""
        wanted = {"timeout": self._hold, "limit": 100, "allowed_updates": KINDS}
        if offset is not None:
            wanted["offset"] = offset
        try:
            answer = await self._bot.do_api_request("getUpdates", api_kwargs=wanted, read_timeout=self._hold + 10)
        except (EndPointNotFound, InvalidToken) as error:
            if "unauthorized" in f"{error} {error.__cause__}".lower():  # PTB says so for 401 and for any 404
                raise ChannelClosed("Telegram refuses the bot token; was it revoked?") from None
            await self._pause("there is no Bot API at this address", 0)
        except Conflict as error:
            await self._meet_conflict(error)
        except RetryAfter as error:
            await self._pause("asked to slow down", seconds_of(error))
        except (TelegramError, KeyError, ValueError, TypeError, AttributeError) as error:
            await self._pause(f"no updates: {type(error).__name__}: {error}", 0)
        else:
            self._failures = self._conflicts = 0
            return [raw for raw in answer if id_of(raw) is not None] if isinstance(answer, list) else []
        return []

    async def _meet_conflict(self, error: Conflict) -> None:
        self._conflicts += 1
        if "webhook" in error.message.lower():
            raise StoreInUse("A webhook is set for this bot; remove it with deleteWebhook, then start again.") from None
        if self._conflicts >= _CONFLICTS:
            raise StoreInUse("Another process is receiving this bot's messages; stop it, then start again.") from None
        LOG.warning("another process is receiving this bot's messages (%d of %d)", self._conflicts, _CONFLICTS)
        await asyncio.sleep(min(1.5 * self._conflicts, 5.0))

    async def _pause(self, why: str, at_least: float) -> None:
        self._failures += 1
        pause = max(at_least, min(_LONGEST_PAUSE, 0.5 * 2 ** min(self._failures, 10)))
        LOG.warning("%s; asking again in %.0f s", why, pause)
        await asyncio.sleep(pause)

    async def _keep(self, batch: Sequence[Raw]) -> None:
        received_at = self._now()
        updates = [
            Update(update_id=int(raw["update_id"]), raw=json.dumps(raw, ensure_ascii=False), received_at=received_at)
            for raw in batch
            if is_for_us(raw) and self._is_admitted(raw)
        ]
        async with self._store.write() as books:
            await books.inbox.put(updates)
        self._arrived.set()

    def _is_admitted(self, raw: Raw) -> bool:
        """Whether the sender keeps within bounds. Leaving has bounds of its own, so that it is never in a queue."""
        if is_leaving(raw) and self._leaving.ask(sender_of(raw)) is Verdict.ADMIT:
            return True
        verdict = self._gate.ask(sender_of(raw))
        if verdict is Verdict.WARN:
            self._on_flood(raw)
        return verdict is Verdict.ADMIT


def id_of(raw: object) -> int | None:
    """An update's number, or None for something that is no update."""
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    return number if isinstance(number, int) else None


def content_of(raw: Raw) -> Raw:
    """What an update is about: its message, press or change of membership."""
    return next((raw[kind] for kind in KINDS if isinstance(raw.get(kind), Mapping)), {})


def sender_of(raw: Raw) -> int | None:
    """Who caused an update; the chat in whose name it was written, where no person is named.

    All anonymous administrators everywhere, and all linked channels, share one stand-in for a person.
    """
    content = content_of(raw)
    sender = content.get("sender_chat") or content.get("from")
    found = sender.get("id") if isinstance(sender, Mapping) else None
    return found if isinstance(found, int) else chat_of(raw)


def chat_of(raw: Raw) -> int | None:
    """The chat that an update belongs to."""
    content = content_of(raw)
    message = content.get("message") if "data" in content else content
    chat = message.get("chat") if isinstance(message, Mapping) else None
    found = chat.get("id") if isinstance(chat, Mapping) else None
    return found if isinstance(found, int) else None


def is_leaving(raw: Raw) -> bool:
    """Whether somebody unsubscribes or has blocked us, which always counts."""
    words = content_of(raw).get("text")
    return "my_chat_member" in raw or (isinstance(words, str) and _LEAVING.match(words) is not None)


def is_for_us(raw: Raw) -> bool:
    """Whether there is anything to do: what people say to each other in groups and channels is not even kept."""
    content = content_of(raw)
    if content is not raw.get("message") and content is not raw.get("channel_post"):
        return True
    chat, words = content.get("chat"), content.get("text")
    if "migrate_to_chat_id" in content or not isinstance(chat, Mapping) or chat.get("type") == "private":
        return True
    return isinstance(words, str) and words.startswith("/")
